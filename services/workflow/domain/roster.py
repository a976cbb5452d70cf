"""Who of a unit is away, until when, and who stands in for a leader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.workflow.errors import AbsenceInvalidError, AbsenceNotFoundError
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate

LEADERS = ("unit_leader", "agency_leader")


@dataclass(frozen=True)
class Absence:
    """Both days belong to it; the deputy acts with these roles while it lasts."""

    id: UUID
    officer: str
    since: date
    until: date
    deputy: str | None
    roles: tuple[str, ...]

    def lasts(self, day: date) -> bool:
        return self.since <= day <= self.until


@dataclass(frozen=True)
class Leave:
    """Who wants to be away, or is said to be, and who stands in."""

    officer: str
    since: date
    until: date
    deputy: str | None = None


class Roster(Aggregate):
    """The absences of one unit."""

    TOPIC = "workflow.roster"

    class Begun(Aggregate.Event, AggregateCreated):
        TOPIC = "workflow.roster.begun"

        unit: str

    def __init__(self, *, unit: str) -> None:
        self.unit = unit
        self.absences: dict[UUID, Absence] = {}
        self.entered = 0

    @staticmethod
    def create_id(unit: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"workflow/roster/{unit}")

    def enter(self, leave: Leave, *, by: Actor, now: datetime) -> None:
        """Note an absence. Only a leader has a deputy, and names him himself."""
        self._require_own(leave.officer, by)
        is_own = by.subject == leave.officer
        if leave.deputy and not (is_own and by.has(*LEADERS)):
            raise NotAllowedError(leave.officer)
        if leave.until < leave.since or leave.deputy == leave.officer:
            raise AbsenceInvalidError(leave.officer)
        self.trigger_event(
            self.AbsenceEntered,
            absence_id=uuid5(self.id, f"{leave.officer}/{self.entered}"),
            officer=leave.officer,
            since=leave.since.isoformat(),
            until=leave.until.isoformat(),
            deputy=leave.deputy,
            roles=[each for each in LEADERS if leave.deputy and by.has(each)],
            entered_by=by.subject,
            entered_at=now,
        )

    class AbsenceEntered(Aggregate.Event):
        TOPIC = "workflow.roster.absence-entered"

        absence_id: UUID
        officer: str
        since: str
        until: str
        deputy: str | None
        roles: list[str]
        entered_by: str
        entered_at: datetime

        def apply(self, aggregate: Roster) -> None:
            aggregate.entered += 1
            aggregate.absences[self.absence_id] = Absence(
                self.absence_id,
                self.officer,
                date.fromisoformat(self.since),
                date.fromisoformat(self.until),
                self.deputy,
                tuple(self.roles),
            )

    def end(self, officer: str, id: UUID, *, by: Actor, now: datetime) -> None:
        """The officer is back, or never left; his deputy acts for him no more."""
        self._require_own(officer, by)
        absence = self.absences.get(id)
        if absence is None or absence.officer != officer:
            raise AbsenceNotFoundError(str(id))
        self.trigger_event(
            self.AbsenceEnded, absence_id=id, ended_by=by.subject, ended_at=now
        )

    class AbsenceEnded(Aggregate.Event):
        TOPIC = "workflow.roster.absence-ended"

        absence_id: UUID
        ended_by: str
        ended_at: datetime

        def apply(self, aggregate: Roster) -> None:
            aggregate.absences.pop(self.absence_id, None)

    def away(self, day: date) -> set[str]:
        """Who is absent on this day."""
        return {x.officer for x in self.absences.values() if x.lasts(day)}

    def stands_for(self, deputy: str, day: date) -> list[Absence]:
        """For whom this officer acts on this day."""
        mine = (each for each in self.absences.values() if each.deputy == deputy)
        return [each for each in mine if each.lasts(day)]

    def told(self, day: date) -> list[dict[str, Any]]:
        """Those that last, and those to come."""
        ordered = sorted(self.absences.values(), key=lambda x: (x.since, x.officer))
        return [
            {
                "absence_id": str(each.id),
                "officer": each.officer,
                "since": each.since.isoformat(),
                "until": each.until.isoformat(),
                "deputy": each.deputy,
                "lasts": each.lasts(day),
            }
            for each in ordered
            if each.until >= day
        ]

    def _require_own(self, officer: str, by: Actor) -> None:
        """The officer himself, or a leader of the unit."""
        is_own = by.subject == officer or by.has(*LEADERS)
        if by.kind != "staff" or by.agency != self.unit or not is_own:
            raise NotAllowedError(officer)
