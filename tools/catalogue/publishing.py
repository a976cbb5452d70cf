"""Publishes procedures where Guichet runs, as its administrator does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from infra.embedded.system import System
from tools.demo.client import Person, until
from tools.demo.world import world


@dataclass(frozen=True)
class Published:
    """A version, and which one was in force before and is now."""

    slug: str
    number: int
    valid_from: str
    before: int | None
    after: int | None
    is_emergency: bool


def publish(
    system: System, definitions: list[dict[str, Any]], *, is_emergency: bool
) -> list[Published]:
    """All of them or none; refusals come as the portal says them."""
    return asyncio.run(published(system, definitions, is_emergency=is_emergency))


async def published(
    system: System, definitions: list[dict[str, Any]], *, is_emergency: bool
) -> list[Published]:
    async with world(system.connect()) as here:
        administrator = here.administrator
        before = await in_force(administrator)
        content = {"definitions": definitions, "is_emergency": is_emergency}
        await administrator.order("PUT", "/catalogue", content)
        expected = {
            each["slug"]: each["version"]["number"]
            for each in definitions
            if is_valid(each["version"], here.today)
        }
        after = await until(
            lambda: in_force(administrator),
            lambda found: newer(found, expected.items()),
            what="the portal offers the new versions",
        )
    return [
        Published(
            slug=each["slug"],
            number=each["version"]["number"],
            valid_from=each["version"]["valid_from"],
            before=before.get(each["slug"]),
            after=after.get(each["slug"]),
            is_emergency=is_emergency,
        )
        for each in definitions
    ]


async def in_force(administrator: Person) -> dict[str, int]:
    answer = await administrator.ask("/procedures")
    return {each["slug"]: each["version"] for each in answer["items"]}


def is_valid(version: dict[str, Any], today: date) -> bool:
    end = version["valid_to"] or "9999-12-31"
    return bool(version["valid_from"] <= today.isoformat() <= end)


def newer(found: dict[str, int], expected: Iterable[tuple[str, int]]) -> bool:
    return all(found.get(slug, 0) >= number for slug, number in expected)
