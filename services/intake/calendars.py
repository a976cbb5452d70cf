"""When the offices work, as far as legal notices were told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from eventsourcing.application import AggregateNotFoundError

from services.intake.domain import OfficeCalendar
from services.intake.domain.office_calendar import Notice
from shared.directory import Unit
from shared.eventsourcing import Application, replayed
from shared.legal_time import Calendar

RECENT = timedelta(seconds=1)


class Calendars(Application):
    _known: tuple[datetime, OfficeCalendar] | None = None

    def calendar(self, unit: Unit) -> Calendar:
        """The office's hours and days, with the notices that concern it."""
        return self._notices().calendar(unit, self.clock())

    def told_of_notice(self, notice_id: UUID, notice: Notice | None) -> OfficeCalendar:
        """The calendar with what was entered, or without what was revoked."""
        calendar = self._office_calendar()
        if notice:
            calendar.learn(notice_id, notice)
        else:
            calendar.revoke(notice_id)
        self._known = None
        return calendar

    def _notices(self) -> OfficeCalendar:
        """As they were a second ago at most: every date asks for them."""
        now = self.clock()
        if self._known is None or now - self._known[0] > RECENT:
            self._known = now, self._office_calendar()
        return self._known[1]

    def _office_calendar(self) -> OfficeCalendar:
        return self._find(OfficeCalendar.create_id()) or OfficeCalendar()

    def _find(self, aggregate_id: UUID) -> Any:
        try:
            return self.repository.get(aggregate_id, projector_func=replayed)
        except AggregateNotFoundError:
            return None
