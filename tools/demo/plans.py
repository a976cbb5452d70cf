"""What is to happen to each dossier of a demonstration: decided by a seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, cycle, islice
from random import Random
from typing import Any

Definition = dict[str, Any]


class Ending(StrEnum):
    GRANTED = "granted"
    SUPPLEMENTED = "granted after a supplement"
    REFUSED = "refused after review"
    NOT_RECEIVED = "refused at intake"
    WITHDRAWN = "withdrawn"


FINAL_STATUS = {
    Ending.GRANTED: 10,
    Ending.SUPPLEMENTED: 10,
    Ending.REFUSED: 10,
    Ending.NOT_RECEIVED: 3,
    Ending.WITHDRAWN: 7,
}
SHARES = {  # of a large demonstration
    Ending.GRANTED: 80,
    Ending.SUPPLEMENTED: 8,
    Ending.REFUSED: 4,
    Ending.NOT_RECEIVED: 4,
    Ending.WITHDRAWN: 4,
}
GRANTS = ("grant", "partial")
CHANNELS = ("online", "counter", "post")
BY_THE_APPLICANT = {
    Ending.SUPPLEMENTED,
    Ending.WITHDRAWN,
}  # so they must have signed in


@dataclass(frozen=True)
class Plan:
    """One dossier to be: which procedure, how it comes in, how it ends."""

    number: int
    procedure: str
    channel: str
    ending: Ending
    seed: str


def planned(
    definitions: dict[str, Definition], *, dossiers: int, seed: str
) -> list[Plan]:
    """Each procedure once, each other ending once, then a mix: as many as asked."""
    chosen = chain(once_each(definitions), mixed(definitions, seed))
    return [
        Plan(number, slug, channel, ending, f"{seed}-{number}")
        for number, (slug, channel, ending) in enumerate(islice(chosen, dossiers))
    ]


Choice = tuple[str, str, Ending]


def once_each(definitions: dict[str, Definition]) -> Iterator[Choice]:
    wanted = cycle(CHANNELS)
    for slug, definition in sorted(definitions.items(), key=fewest_channels):
        yield slug, channel_for(definition, next(wanted)), Ending.GRANTED
    used: set[str] = set()
    for ending in list(Ending)[1:]:
        for slug, definition in sorted(definitions.items()):
            if slug not in used and can_end(definition, ending):
                used.add(slug)
                yield (
                    slug,
                    fit_for(ending, channel_for(definition, next(wanted))),
                    ending,
                )
                break


def mixed(definitions: dict[str, Definition], seed: str) -> Iterator[Choice]:
    random, slugs = Random(seed), cycle(sorted(definitions))
    while True:
        slug = next(slugs)
        [ending] = random.choices([*SHARES], [*SHARES.values()])
        definition = definitions[slug]
        if not can_end(definition, ending):
            ending = Ending.GRANTED
        channel = random.choice(sorted(definition["channels"]))
        yield slug, fit_for(ending, channel), ending


def fewest_channels(item: tuple[str, Definition]) -> tuple[int, str]:
    """Those that leave no choice come last: the others have used all channels then."""
    slug, definition = item
    return -len(definition["channels"]), slug


def channel_for(definition: Definition, wanted: str) -> str:
    offered = definition["channels"]
    return wanted if wanted in offered else str(offered[0])


def fit_for(ending: Ending, channel: str) -> str:
    return "online" if ending in BY_THE_APPLICANT else channel


def can_end(definition: Definition, ending: Ending) -> bool:
    if ending in BY_THE_APPLICANT and "online" not in definition["channels"]:
        return False
    kinds = {each["kind"] for each in definition["outcomes"]}
    match ending:
        case Ending.GRANTED:
            return not kinds.isdisjoint(GRANTS)
        case Ending.SUPPLEMENTED:
            is_asked = supplement_step(definition) is not None
            return is_asked and not kinds.isdisjoint(GRANTS)
        case Ending.REFUSED:
            return "refuse" in kinds
        case _:
            return True


def supplement_step(definition: Definition) -> str | None:
    """The first step after the front desk that may ask for more, if one may.

    Not while the whole dossier waits for the step.
    """
    if not definition["supplement"]["max_requests_per_stage"]:
        return None
    for step in definition["steps"]:
        may_ask = "supplement" in step.get("outcomes", ()) and "status" not in step
        if step["depends_on"] and may_ask:
            return str(step["id"])
    return None
