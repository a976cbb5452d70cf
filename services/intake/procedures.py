"""What one can ask of the catalogue: publish procedures, and read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from eventsourcing.utils import EnvType

from services.intake.calendars import RECENT, Calendars
from services.intake.domain import Catalogue, Edition, Procedure, Rules
from services.intake.domain.catalogue import check
from services.intake.errors import (
    CatalogueInvalidError,
    ProcedureUnknownError,
    ProcedureVersionTakenError,
)
from services.intake.ports import COUNTER_ONLY, Treasury
from shared import clock
from shared.actor import Actor
from shared.clock import LOCAL, Clock
from shared.directory import Directory
from shared.errors import NotAllowedError
from shared.personal import Keys

Definition = dict[str, Any]


class Procedures(Calendars):
    def __init__(
        self,
        env: EnvType,
        *,
        keys: Keys,
        directory: Directory,
        clock: Clock = clock.now,
        treasury: Treasury = COUNTER_ONLY,
    ) -> None:
        self.directory = directory
        self.treasury = treasury
        self._read: dict[tuple[str, int], Rules] = {}
        self._remembered: tuple[datetime, Catalogue] | None = None
        super().__init__(env, keys=keys, clock=clock)

    def publish_procedures(
        self, definitions: Sequence[Any], *, by: Actor, is_emergency: bool = False
    ) -> int:
        """Put versions of procedures in force: all of them, or none."""
        if not by.has("administrator"):
            raise NotAllowedError("catalogue")
        catalogue = self._catalogue()
        if faults := self.check_procedures(definitions, by=by):
            raise CatalogueInvalidError("catalogue", faults)
        published = list(self._new(definitions, is_emergency=is_emergency))
        for procedure in published:
            catalogue.enter(Edition.of(procedure.definition))
        if not published:
            return self.recorder.max_notification_id() or 0
        self._remembered = None
        return self.commit(catalogue, *published)

    def check_procedures(
        self, definitions: Sequence[Any], *, by: Actor
    ) -> list[dict[str, Any]]:
        """All that is wrong with them, before anybody publishes them."""
        if not by.has("administrator"):
            raise NotAllowedError("catalogue")
        files = [(file_of(*each), each[1]) for each in enumerate(definitions)]
        faults = check(files, self.directory, self._catalogue().editions)
        return [fault.detail() for fault in faults]

    def procedures(self) -> list[dict[str, Any]]:
        """Those in force today, by name."""
        editions = self._recent().all_in_force(self.today())
        return [card(self._rules_of(each.slug, each.number)) for each in editions]

    def procedure(self, slug: str, version: int | None = None) -> Definition:
        """A definition: of this version, or of the one in force today."""
        if version is not None:
            return self._rules_of(slug, version).definition
        return self._in_force(slug).definition

    def today(self) -> date:
        return self.clock().astimezone(LOCAL).date()

    def _new(
        self, definitions: Sequence[Definition], *, is_emergency: bool
    ) -> Iterator[Procedure]:
        """What is not yet published; other content needs another number."""
        seen: dict[UUID, Definition] = {}
        for definition in definitions:
            slug, number = definition["slug"], definition["version"]["number"]
            id_ = Procedure.create_id(slug, number)
            known = self._find(id_)
            content = known.definition if known else seen.get(id_)
            is_upgrade = known and is_emergency and not known.is_emergency
            if is_upgrade or content not in (None, definition):
                raise ProcedureVersionTakenError(slug, number)
            if content is None:
                yield Procedure(
                    slug=slug,
                    number=number,
                    definition=definition,
                    is_emergency=is_emergency,
                )
            seen[id_] = definition

    def _in_force(self, slug: str) -> Rules:
        edition = self._recent().in_force(slug, self.today())
        return self._rules_of(slug, edition.number)

    def _rules_of(self, slug: str, number: int) -> Rules:
        """Versions never change, so each is read once."""
        if (slug, number) not in self._read:
            procedure = self._find(Procedure.create_id(slug, number))
            if procedure is None:
                raise ProcedureUnknownError(slug, number)
            self._read[slug, number] = Rules(
                procedure.definition,
                self.directory,
                procedure.is_emergency,
                self.calendar,
            )
        return self._read[slug, number]

    def _recent(self) -> Catalogue:
        """As it was a second ago at most: every command asks what is in force."""
        now = self.clock()
        if self._remembered is None or now - self._remembered[0] > RECENT:
            self._remembered = now, self._catalogue()
        return self._remembered[1]

    def _catalogue(self) -> Catalogue:
        return self._find(Catalogue.create_id()) or Catalogue()


def file_of(place: int, definition: Any) -> str:
    """As whoever sent it knows it: by its name, or else by its place."""
    slug = definition.get("slug") if isinstance(definition, dict) else None
    return f"{slug[:60]}.json" if isinstance(slug, str) else f"definitions[{place}]"


def card(rules: Rules) -> dict[str, Any]:
    """A procedure in a list."""
    definition = rules.definition
    keys = ("slug", "code", "names", "sector", "level", "channels", "result_channels")
    more = ("online_level", "applicant_types", "legal_time", "version")
    return {key: definition[key] for key in (*keys, *more)}
