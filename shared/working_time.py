"""Legal working time: when an answer is due, counted as the law counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from shared.clock import LOCAL

OfficeHours = tuple[tuple[str, str], ...]
Stop = tuple[datetime, datetime]  # the clock stood still from, until

WORKING_DAY = 480  # minutes
SAME_DAY_CUTOFF = "15:00"

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@cache
def _vietnam() -> holidays.HolidayBase:
    """Public holidays, days off in their place, and Saturdays worked for them."""
    return holidays.country_holidays("VN")


def _at(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), LOCAL)


@dataclass(frozen=True)
class Calendar:
    """When an office works: eight hours on each working day of Vietnam."""

    office_hours: OfficeHours = (("07:30", "11:30"), ("13:00", "17:00"))

    def is_working_day(self, day: date) -> bool:
        return _vietnam().is_working_day(day)

    def next_working_day(self, day: date) -> date:
        """The first working day after this one."""
        return next(self._working_days(day + DAY))

    def opening(self, day: date) -> datetime:
        return _at(day, self.office_hours[0][0])

    def closing(self, day: date) -> datetime:
        return _at(day, self.office_hours[-1][1])

    def working_minutes(self, start: datetime, end: datetime) -> int:
        """Whole minutes of office hours between two moments."""
        first, last = start.astimezone(LOCAL).date(), end.astimezone(LOCAL).date()
        worked = timedelta(0)
        for day in self._working_days(first):
            if day > last:
                break
            for opens, closes in self.office_hours:
                begin, finish = max(start, _at(day, opens)), min(end, _at(day, closes))
                worked += max(finish - begin, timedelta(0))
        return worked // MINUTE

    def day_of_receipt(self, moment: datetime, cutoff: str | None) -> date:
        """The day, when it is a working day and not too late on it (C1)."""
        local = moment.astimezone(LOCAL)
        limit = _at(local.date(), cutoff or self.office_hours[-1][1])
        if self.is_working_day(local.date()) and local < limit:
            return local.date()
        return self.next_working_day(local.date())

    def runs_out(self, start: datetime, minutes: int) -> datetime:
        """Closing time of the day on which this many working minutes are used up."""
        for day in self._working_days(start.astimezone(LOCAL).date()):
            closing = self.closing(day)
            worked = self.working_minutes(start, closing)
            if worked > 0 and worked >= minutes:
                break
        return closing

    def _working_days(self, day: date) -> Iterator[date]:
        """This day, if it is worked, and all working days after it."""
        while True:
            if self.is_working_day(day):
                yield day
            day += DAY


def due_date(
    received: datetime,
    *,
    value: int,
    unit: str,
    cutoff: str | None,
    calendar: Calendar,
    stops: Iterable[Stop] = (),
) -> datetime:
    """When the legal time ends, by closing time; stops after its end change nothing.

    `unit` is working_day, day or same_day; `stops` are in their order.
    """
    match unit:
        case "working_day":
            first = calendar.day_of_receipt(received, cutoff)
            return _in_working_days(first, value, calendar, stops)
        case "day":
            first = calendar.day_of_receipt(received, cutoff)
            return _in_days(first, value, calendar, stops)
        case "same_day":
            return _same_day(received, cutoff or SAME_DAY_CUTOFF, calendar, stops)
    raise ValueError(unit)


def _in_working_days(
    receipt: date, days: int, calendar: Calendar, stops: Iterable[Stop]
) -> datetime:
    """The minutes not used before a stop run from its end (C2, C7, C10)."""
    left = days * WORKING_DAY
    first = calendar.opening(calendar.next_working_day(receipt))
    running, due = first, calendar.runs_out(first, left)
    for stopped, restarted in stops:
        if stopped < due:
            left = max(0, left - calendar.working_minutes(running, stopped))
            running = max(first, restarted)
            due = max(due, calendar.runs_out(running, left))
    return due


def _in_days(
    receipt: date, days: int, calendar: Calendar, stops: Iterable[Stop]
) -> datetime:
    """Calendar days; the end moves from a day off to a working day (C3, C8, C10)."""
    nominal = receipt + days * DAY
    due = calendar.closing(calendar.next_working_day(nominal - DAY))
    for stopped, restarted in stops:
        if stopped < due:
            started = restarted.astimezone(LOCAL).date()
            nominal += started - stopped.astimezone(LOCAL).date()
            due = calendar.closing(calendar.next_working_day(nominal - DAY))
    return due


def _same_day(
    received: datetime, cutoff: str, calendar: Calendar, stops: Iterable[Stop]
) -> datetime:
    """Closing time of the day, or of the next after the cut-off (C4, C8, C10)."""
    due = calendar.closing(calendar.day_of_receipt(received, cutoff))
    for stopped, restarted in stops:
        if stopped < due:
            due = calendar.closing(calendar.day_of_receipt(restarted, cutoff))
    return due
