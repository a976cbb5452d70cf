"""The days that legal notices make worked or free, as intake was told of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from shared.directory import Unit
from shared.eventsourcing import Aggregate
from shared.legal_time import Calendar, Override

Kind = Literal["off", "work"]
Scope = Literal["national", "province", "agency"]


@dataclass(frozen=True)
class Notice:
    """One day, for all offices or for some: national, of a province, of an agency."""

    day: str
    kind: str
    scope: str
    scope_id: str | None
    legal_notice: str
    valid_from: datetime

    @property
    def override(self) -> Override:
        return Override(
            date.fromisoformat(self.day),
            cast(Kind, self.kind),
            cast(Scope, self.scope),
            self.scope_id or "",
            self.legal_notice,
        )


class OfficeCalendar(Aggregate):
    """One for all offices here; what workflow's officers enter is copied into it."""

    TOPIC = "intake.office-calendar"

    class Begun(Aggregate.Event, AggregateCreated):
        TOPIC = "intake.office-calendar.begun"

    def __init__(self) -> None:
        self.notices: dict[UUID, Notice] = {}

    @staticmethod
    def create_id() -> UUID:
        """There is one."""
        return uuid5(NAMESPACE_URL, "intake/office-calendar")

    def learn(self, notice_id: UUID, notice: Notice) -> None:
        """A notice was entered; hearing it again changes nothing."""
        if self.notices.get(notice_id) != notice:
            about = vars(notice)
            self.trigger_event(self.NoticeEntered, notice_id=notice_id, **about)

    class NoticeEntered(Aggregate.Event):
        TOPIC = "intake.office-calendar.notice-entered"

        notice_id: UUID
        day: str
        kind: str
        scope: str
        scope_id: str | None
        legal_notice: str
        valid_from: datetime

        def apply(self, aggregate: OfficeCalendar) -> None:
            aggregate.notices[self.notice_id] = Notice(
                day=self.day,
                kind=self.kind,
                scope=self.scope,
                scope_id=self.scope_id,
                legal_notice=self.legal_notice,
                valid_from=self.valid_from,
            )

    def revoke(self, notice_id: UUID) -> None:
        if notice_id in self.notices:
            self.trigger_event(self.NoticeRevoked, notice_id=notice_id)

    class NoticeRevoked(Aggregate.Event):
        TOPIC = "intake.office-calendar.notice-revoked"

        notice_id: UUID

        def apply(self, aggregate: OfficeCalendar) -> None:
            del aggregate.notices[self.notice_id]

    def calendar(self, unit: Unit, now: datetime) -> Calendar:
        """When one office works, by the notices that are in force."""
        valid = [each for each in self.notices.values() if each.valid_from <= now]
        return Calendar(
            tuple(unit.office_hours),
            tuple(each.override for each in valid),
            province=unit.province,
            agency=unit.id,
        )
