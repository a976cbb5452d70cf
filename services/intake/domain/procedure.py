"""Procedures: each version as it was published, and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.intake.errors import ProcedureNotInForceError, ProcedureUnknownError
from shared.eventsourcing import Aggregate


class Procedure(Aggregate):
    """One version of a procedure. What was published never changes."""

    TOPIC = "intake.procedure"

    class Published(Aggregate.Event, AggregateCreated):
        TOPIC = "intake.procedure.published"

        slug: str
        number: int
        definition: dict[str, Any]
        is_emergency: bool = False

    def __init__(
        self,
        *,
        slug: str,
        number: int,
        definition: dict[str, Any],
        is_emergency: bool = False,
    ) -> None:
        self.slug = slug
        self.number = number
        self.definition = definition
        self.is_emergency = is_emergency

    @staticmethod
    def create_id(slug: str, number: int) -> UUID:
        return uuid5(NAMESPACE_URL, f"intake/procedure/{slug}/{number}")


@dataclass(frozen=True)
class Edition:
    """A version in the list: what it is called, and when it is in force."""

    slug: str
    code: str
    number: int
    valid_from: str
    valid_to: str | None

    def is_in_force(self, day: date) -> bool:
        return self.valid_from <= day.isoformat() <= (self.valid_to or "9999-12-31")

    def overlaps(self, other: Edition) -> bool:
        start = max(self.valid_from, other.valid_from)
        return start <= min(each.valid_to or "9999-12-31" for each in (self, other))

    @classmethod
    def of(cls, definition: dict[str, Any]) -> Edition:
        version = definition["version"]
        return cls(
            definition["slug"],
            definition["code"],
            version["number"],
            version["valid_from"],
            version["valid_to"],
        )


class Catalogue(Aggregate):
    """Which procedures there are, and which version of each holds on a day."""

    TOPIC = "intake.catalogue"

    class Begun(Aggregate.Event, AggregateCreated):
        TOPIC = "intake.catalogue.begun"

    def __init__(self) -> None:
        self.editions: list[Edition] = []

    @staticmethod
    def create_id() -> UUID:
        """There is one."""
        return uuid5(NAMESPACE_URL, "intake/catalogue")

    def enter(self, edition: Edition) -> None:
        """A later version replaces earlier ones from the day it is valid."""
        self.trigger_event(
            self.Entered,
            slug=edition.slug,
            code=edition.code,
            number=edition.number,
            valid_from=edition.valid_from,
            valid_to=edition.valid_to,
        )

    class Entered(Aggregate.Event):
        TOPIC = "intake.catalogue.procedure-entered"

        slug: str
        code: str
        number: int
        valid_from: str
        valid_to: str | None

        def apply(self, aggregate: Catalogue) -> None:
            aggregate.editions.append(
                Edition(
                    self.slug, self.code, self.number, self.valid_from, self.valid_to
                )
            )

    def in_force(self, slug: str, day: date) -> Edition:
        """The version for a dossier that is opened or accepted on this day."""
        ours = [each for each in self.editions if each.slug == slug]
        if not ours:
            raise ProcedureUnknownError(slug)
        valid = [each for each in ours if each.is_in_force(day)]
        if not valid:
            raise ProcedureNotInForceError(slug)
        return max(valid, key=lambda each: (each.valid_from, each.number))

    def all_in_force(self, day: date) -> Iterator[Edition]:
        valid = {each.slug for each in self.editions if each.is_in_force(day)}
        for slug in sorted(valid):
            yield self.in_force(slug, day)
