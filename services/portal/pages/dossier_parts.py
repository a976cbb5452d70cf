"""What a dossier's page is made of: each area adds its part, in a file of its own.

A part is a function with `@part`, in any module of the pages that the router imports,
and the template `dossier/<name>.html`. What the function answers stands there as `own`;
besides it the template sees `dossier`, `content`, `case`, `lines`, `holder`, `here`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from services.portal.desk import UNANSWERED, Desk
from services.portal.read_models import Row


@dataclass(frozen=True)
class Sight:
    """A dossier as whoever looks at its page may see it."""

    dossier: Row  # of the read models: status, dates, code
    content: dict[str, Any]  # as intake says it: documents, fees, supplement
    case: dict[str, Any]  # as workflow says it: clock, suspension
    lines: list[Row]  # of the timeline
    holder: str  # who has to act


Values = Callable[[Desk, Sight], Awaitable[dict[str, Any]]]
Test = Callable[[Desk, Sight], bool]


def always(desk: Desk, sight: Sight) -> bool:
    return True


@dataclass(frozen=True)
class Part:
    """`place` orders the parts; a live one is renewed on an open page."""

    name: str
    place: int
    values: Values
    is_shown: Test = always
    is_live: bool = False

    @property
    def template(self) -> str:
        return f"dossier/{self.name}.html"


@dataclass(frozen=True)
class Shown:
    """A part with what it shows; with nothing when who knows it does not answer."""

    part: Part
    own: dict[str, Any] | None


PARTS: dict[str, Part] = {}


def part(
    name: str, *, place: int, shown: Test = always, live: bool = False
) -> Callable[[Values], Values]:
    """Make a function the values of a part of every dossier's page."""

    def add(values: Values) -> Values:
        PARTS[name] = Part(name, place, values, shown, live)
        return values

    return add


async def parts_of_page(desk: Desk, sight: Sight) -> list[Shown]:
    """The parts to show, in their order; one that is away does not hide the rest."""
    wanted = sorted(
        (each for each in PARTS.values() if each.is_shown(desk, sight)),
        key=lambda each: each.place,
    )
    return list(await asyncio.gather(*(shown(desk, sight, each) for each in wanted)))


async def shown(desk: Desk, sight: Sight, part: Part) -> Shown:
    try:
        return Shown(part, await part.values(desk, sight))
    except UNANSWERED:
        return Shown(part, None)
