"""The gazette: legal notices about the calendar, and decrees about many dossiers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.workflow.domain.decree import Decree, wrong
from services.workflow.errors import (
    CalendarNoticeNotFoundError,
    DecreeInvalidError,
    DecreeNotFoundError,
    LegalNoticeMissingError,
    NoticeDoubledError,
    ScopeUnknownError,
)
from shared.actor import Actor
from shared.directory import Directory, Unit
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.legal_time import Calendar, Override

Kind = Literal["off", "work"]
Scope = Literal["national", "province", "agency"]

EDITORS = ("manager", "administrator")


@dataclass(frozen=True)
class CalendarNotice:
    """A day becomes free or worked, for all, for a province or for one agency."""

    id: UUID
    day: date
    kind: Kind
    scope: Scope
    scope_id: str | None
    legal_notice: str
    valid_from: datetime
    entered_by: str = ""
    is_revoked: bool = False

    @property
    def subject(self) -> tuple[date, str, str | None]:
        return self.day, self.scope, self.scope_id

    def is_same_as(self, other: CalendarNotice | None) -> bool:
        return other is not None and (self.subject, self.kind, self.legal_notice) == (
            other.subject,
            other.kind,
            other.legal_notice,
        )

    @property
    def override(self) -> Override:
        scope_id = self.scope_id or ""
        return Override(self.day, self.kind, self.scope, scope_id, self.legal_notice)


class Gazette(Aggregate):
    """What the authorities have published in this deployment: there is one."""

    TOPIC = "workflow.gazette"

    class Opened(Aggregate.Event, AggregateCreated):
        TOPIC = "workflow.gazette.opened"

    def __init__(self) -> None:
        self.notices: dict[UUID, CalendarNotice] = {}
        self.decrees: dict[UUID, Decree] = {}

    @staticmethod
    def create_id() -> UUID:
        return uuid5(NAMESPACE_URL, "workflow/gazette")

    def notices_in_force(self, now: datetime) -> Iterator[CalendarNotice]:
        return (
            each
            for each in self.notices.values()
            if not each.is_revoked and each.valid_from <= now
        )

    def enter_notice(
        self, notice: CalendarNotice, *, directory: Directory, by: Actor
    ) -> None:
        """Make a day free or worked. Entering the same notice again changes nothing."""
        require_editor(by)
        if not notice.legal_notice.strip():
            raise LegalNoticeMissingError(str(notice.id))
        require_scope(notice, directory)
        if notice.is_same_as(self.notices.get(notice.id)):
            return
        self._require_single(notice)
        self.trigger_event(
            self.NoticeEntered,
            notice_id=notice.id,
            date=notice.day.isoformat(),
            kind=notice.kind,
            scope=notice.scope,
            scope_id=notice.scope_id,
            legal_notice=notice.legal_notice,
            valid_from=notice.valid_from,
            entered_by=by.subject,
        )

    class NoticeEntered(Aggregate.Event):
        TOPIC = "workflow.gazette.notice-entered"

        notice_id: UUID
        date: str
        kind: str
        scope: str
        scope_id: str | None
        legal_notice: str
        valid_from: datetime
        entered_by: str

        def apply(self, aggregate: Gazette) -> None:
            aggregate.notices[self.notice_id] = CalendarNotice(
                self.notice_id,
                date.fromisoformat(self.date),
                cast(Kind, self.kind),
                cast(Scope, self.scope),
                self.scope_id,
                self.legal_notice,
                self.valid_from,
                self.entered_by,
            )

    def revoke_notice(
        self, notice_id: UUID, legal_notice: str, *, by: Actor, now: datetime
    ) -> None:
        """Take a notice back; dates that were promised because of it stay."""
        require_editor(by)
        notice = self.notices.get(notice_id)
        if notice is None:
            raise CalendarNoticeNotFoundError(str(notice_id))
        if not legal_notice.strip():
            raise LegalNoticeMissingError(str(notice_id))
        if not notice.is_revoked:
            self.trigger_event(
                self.NoticeRevoked,
                notice_id=notice_id,
                date=notice.day.isoformat(),
                kind=notice.kind,
                scope=notice.scope,
                scope_id=notice.scope_id,
                legal_notice=legal_notice,
                revoked_by=by.subject,
                revoked_at=now,
            )

    class NoticeRevoked(Aggregate.Event):
        TOPIC = "workflow.gazette.notice-revoked"

        notice_id: UUID
        date: str
        kind: str
        scope: str
        scope_id: str | None
        legal_notice: str
        revoked_by: str
        revoked_at: datetime

        def apply(self, aggregate: Gazette) -> None:
            notice = aggregate.notices[self.notice_id]
            aggregate.notices[self.notice_id] = replace(notice, is_revoked=True)

    def issue_decree(self, decree: Decree, *, directory: Directory, by: Actor) -> None:
        """Freeze, extend or prefer many dossiers by one act of law."""
        require_editor(by)
        if found := wrong(decree, {each.id for each in directory.units}):
            raise DecreeInvalidError(str(decree.id), found)
        if decree.id in self.decrees:
            return
        self.trigger_event(
            self.DecreeIssued,
            decree_id=decree.id,
            selection=decree.selection,
            effect=decree.effect,
            legal_basis=decree.legal_basis,
            since=decree.since,
            until=decree.until,
            value=decree.value,
            unit=decree.unit,
            issued_by=by.subject,
        )

    class DecreeIssued(Aggregate.Event):
        """`effect` is freeze, extend (by `value` and `unit`) or priority."""

        TOPIC = "workflow.gazette.decree-issued"

        decree_id: UUID
        selection: dict[str, Any]
        effect: str
        legal_basis: str
        since: datetime
        until: datetime | None
        value: int | None
        unit: str | None
        issued_by: str

        def apply(self, aggregate: Gazette) -> None:
            aggregate.decrees[self.decree_id] = Decree(
                self.decree_id,
                self.selection,
                self.effect,
                self.legal_basis,
                self.since,
                self.until,
                self.value,
                self.unit,
                self.issued_by,
            )

    def end_decree(
        self, decree_id: UUID, legal_basis: str, *, by: Actor, now: datetime
    ) -> None:
        """From now on the decree has no effect; what was extended stays so."""
        require_editor(by)
        decree = self.decrees.get(decree_id)
        if decree is None:
            raise DecreeNotFoundError(str(decree_id))
        if not legal_basis.strip():
            raise LegalNoticeMissingError(str(decree_id))
        if not decree.has_ended(now):
            self.trigger_event(
                self.DecreeEnded,
                decree_id=decree_id,
                selection=decree.selection,
                legal_basis=legal_basis,
                ended_by=by.subject,
                ended_at=now,
            )

    class DecreeEnded(Aggregate.Event):
        TOPIC = "workflow.gazette.decree-ended"

        decree_id: UUID
        selection: dict[str, Any]
        legal_basis: str
        ended_by: str
        ended_at: datetime

        def apply(self, aggregate: Gazette) -> None:
            decree = aggregate.decrees[self.decree_id]
            aggregate.decrees[self.decree_id] = replace(decree, ended_at=self.ended_at)

    def _require_single(self, notice: CalendarNotice) -> None:
        """One notice in force for a day and scope; an id is used once."""
        if notice.id in self.notices or any(
            each.subject == notice.subject and not each.is_revoked
            for each in self.notices.values()
        ):
            raise NoticeDoubledError(str(notice.id))


def calendar_of(unit: Unit, notices: Iterable[CalendarNotice] = ()) -> Calendar:
    """When a unit works."""
    overrides = tuple(each.override for each in notices)
    hours = tuple(unit.office_hours)
    return Calendar(hours, overrides, province=unit.province, agency=unit.id)


def require_editor(by: Actor) -> None:
    if by.kind != "staff" or not by.has(*EDITORS):
        raise NotAllowedError(by.subject)


def require_scope(notice: CalendarNotice, directory: Directory) -> None:
    """A province or a unit of this deployment; a national notice names none."""
    known: dict[str, set[str | None]] = {
        "national": {None},
        "province": {each.province for each in directory.units},
        "agency": {each.id for each in directory.units},
    }
    if notice.scope_id not in known.get(notice.scope, set()):
        raise ScopeUnknownError(str(notice.id), notice.scope)
