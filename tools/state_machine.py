"""Draws from the code the statuses of a dossier, and who leads from one to the next."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shared.directory import CATALOGUE, read
from shared.statuses import FINAL, TRANSITIONS, Status, Transition

LEGEND = ("No.", "From", "To", "Action", "Who", "Guard", "Effect")
STATUSES = ("Code", "Vietnamese", "English", "French", "Clock", "Reports as")


def page() -> str:
    statuses = read(CATALOGUE / "common.json")["statuses"]
    finals = ", ".join(str(int(each)) for each in FINAL)
    return f"""# The statuses of a dossier

Drawn from `shared/statuses.py`. A status is never stored: each service derives it from
what has happened. Late is no status but a fact about the deadline; money, delivery and
synchronisation are told apart from it, too.

```mermaid
{diagram()}
```

## Statuses

{table(STATUSES, map(status_row, statuses))}

Nothing leads out of {finals}, nor out of 8 when the case was stopped for good by
notice (form 05). To go on, a new dossier is linked to the old one.

## Transitions

{table(LEGEND, map(transition_row, TRANSITIONS))}

While one branch of parallel work is open the status is 4. A step of the procedure with
a status of its own opens by T11 or T13 and closes by T12 or T14; such a step waits
while the dossier stands at another status than 4.
"""


def diagram() -> str:
    names = [f'    state "{each:d} {called(each)}" as {each.name}' for each in Status]
    ends = [f"    {each.name} --> [*]" for each in FINAL]
    return "\n".join(["stateDiagram-v2", *names, *arrows(), *ends])


def arrows() -> Iterator[str]:
    """One for each pair, with everything that leads along it."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in TRANSITIONS:
        for source in each.sources:
            for target in each.targets:
                pair = (source.name if source else "[*]", target.name)
                found.setdefault(pair, []).append(f"{each.number} {each.action}")
    for (start, end), actions in found.items():
        yield f"    {start} --> {end} : {', '.join(actions)}"


def called(status: Status) -> str:
    return status.name.capitalize().replace("_", " ")


def status_row(status: dict[str, Any]) -> tuple[str, ...]:
    label = status["label"]
    clock = "runs" if status["clock_runs"] else "stands"
    group = str(status["report_group"]).replace("_", " ")
    return str(status["code"]), label["vi"], label["en"], label["fr"], clock, group


def transition_row(each: Transition) -> tuple[str, ...]:
    sources = ", ".join(str(int(x)) if x else "—" for x in each.sources)
    targets = ", ".join(str(int(x)) for x in each.targets)
    actors = ", ".join(each.actors).replace("_", " ")
    return each.number, sources, targets, each.action, actors, each.guard, each.effect


def table(columns: tuple[str, ...], rows: Any) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
