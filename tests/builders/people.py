"""Everybody who may ever ask: each role in each kind of place, and two citizens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from services.portal.domain import ROLES
from shared.actor import Actor
from shared.errors import DomainError, NotAllowedError

NO_ROLE = "nothing"
CITIZENS = frozenset({"applicant", "neighbour"})


@dataclass(frozen=True)
class Town:
    """The unit a dossier is with, another reception, and a unit it is no affair of."""

    home: str
    reception: str = "ttpvhcc_tinh"
    elsewhere: str = "ca_xa"

    @property
    def people(self) -> dict[str, Actor]:
        """By name: `reviewer@home`, `auditor@nowhere`, `applicant`."""
        places = {
            "home": self.home,
            "reception": self.reception,
            "elsewhere": self.elsewhere,
            "nowhere": None,
        }
        staff = {
            f"{role}@{place}": Actor(
                f"staff:{role}.{place}",
                unit,
                () if role == NO_ROLE else (role,),
                kind="staff",
                level=3,
                name="Trần Văn Minh",
            )
            for role in (*sorted(ROLES), NO_ROLE)
            for place, unit in places.items()
        }
        citizens = {"applicant": "citizen-1", "neighbour": "citizen-2"}
        return staff | {name: Actor(subject) for name, subject in citizens.items()}

    def at(self, places: str, *roles: str) -> frozenset[str]:
        """Whoever has one of these roles, or any, in one of these places."""
        wanted = {f"{role}@{place}" for role in roles for place in places.split()}
        if not roles:
            wanted = {f"{each}@{places}" for each in (*ROLES, NO_ROLE)}
        return frozenset(wanted)


def anywhere(role: str) -> frozenset[str]:
    places = ("home", "reception", "elsewhere", "nowhere")
    return frozenset(f"{role}@{place}" for place in places)


def those_let_in(people: dict[str, Actor], act: Callable[[Actor], Any]) -> set[str]:
    """Who is not refused for who they are; other refusals are about the matter."""
    return {name for name, by in people.items() if is_let_in(by, act)}


def is_let_in(by: Actor, act: Callable[[Actor], Any]) -> bool:
    try:
        act(by)
    except NotAllowedError:
        return False
    except DomainError:
        return True
    return True


def on_the_bus(service: type[Any], *, besides: Iterable[str] = ("told",)) -> set[str]:
    """What a service answers to people: nobody adds to it without a row in a table."""
    entrypoints = {
        name
        for name in dir(service)
        if getattr(getattr(service, name), "nameko_entrypoints", None)
    }
    of_all = {"on_message", "on_access", "repair", "standing", "redrive"}
    return entrypoints - {*of_all, *besides}
