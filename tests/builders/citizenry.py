"""The demonstration's people, before a Guichet that is all in one process."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from infra.embedded.running import Places
from infra.standins.citizens import CITIZENS
from shared import clock
from shared.actor import Actor
from shared.directory import Directory
from tests.builders.guichet import Entrance, Guichet
from tools.demo.citizens import Citizens
from tools.demo.client import Person
from tools.demo.staff import Staff
from tools.demo.world import World


class Neighbours(Citizens):
    """They are known by sight: no provider is asked."""

    def __init__(self, entrance: Entrance) -> None:
        super().__init__(cast(Any, None))
        self._entrance = entrance

    async def _come(self, sub: str) -> Person:
        http = await self._entrance.browser(Actor(f"citizen:{sub}", level=2))
        return Person(CITIZENS[sub].name, http, patience=0)


class Colleagues(Staff):
    """They need no account, and prove who they are by their face."""

    def __init__(self, entrance: Entrance) -> None:
        super().__init__(cast(Any, None), cast(Any, None))
        self._entrance = entrance

    async def _hire(self, post: Any) -> Person:
        unit, role, seat = post
        subject = f"staff:{role}{seat}.{unit}"
        by = Actor(subject, unit, (role,), kind="staff", level=2, name=f"Lê {role}")
        http = await self._entrance.browser(by)
        person = Person(f"{role} of {unit}", http, patience=0)
        person.prove_by(lambda one: self._entrance.step_up(one.http))
        return person


class Town(World):
    """Its clock is everybody's."""

    @property
    def today(self) -> date:
        return clock.now().astimezone(clock.LOCAL).date()


def a_world(
    definitions: list[dict[str, Any]], directory: Directory | None = None
) -> tuple[World, Entrance]:
    """Everybody and everything a demonstration needs."""
    directory = directory or Directory.load()
    guichet = Guichet(definitions, directory)
    entrance = Entrance(guichet)
    world = Town(
        places=cast(Places, None),
        administrator=cast(Person, None),
        staff=Colleagues(entrance),
        citizens=Neighbours(entrance),
        directory=directory,
        definitions={each["slug"]: each for each in definitions},
    )
    return world, entrance
