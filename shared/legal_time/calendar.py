"""When an office works: its hours, the holidays, and notices that say otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Literal

from shared.clock import LOCAL
from shared.legal_time.vietnam import is_holiday, is_working_day

OfficeHours = tuple[tuple[str, str], ...]
Span = tuple[datetime, datetime]

OFFICE_HOURS: OfficeHours = (("07:30", "11:30"), ("13:00", "17:00"))
SCOPES = ("national", "province", "agency")  # a nearer one decides

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

Why = Literal["ordinary", "weekend", "holiday", "make-up", "notice"]


@dataclass(frozen=True)
class Override:
    """A dated legal notice that makes one day a day off, or a day that is worked."""

    date: date
    kind: Literal["off", "work"]
    scope: Literal["national", "province", "agency"] = "national"
    scope_id: str = ""
    legal_notice: str = ""


@dataclass(frozen=True)
class Day:
    """Whether one day is worked, and by what rule."""

    date: date
    is_worked: bool
    why: Why
    notice: Override | None = None


@dataclass(frozen=True)
class Calendar:
    """The working time of one office: notices of the agency, of its province, of the
    nation, then the law's holidays decide, in this order."""

    office_hours: OfficeHours = OFFICE_HOURS
    overrides: tuple[Override, ...] = ()
    province: str = ""
    agency: str = ""

    @cached_property
    def day_minutes(self) -> int:
        """The working minutes of a full day."""
        day = date.min
        return sum((ends - starts) // MINUTE for starts, ends in self._hours_of(day))

    def day(self, day: date) -> Day:
        """Whether it is worked, and why; a notice only where it changes the answer."""
        by_law = is_working_day(day)
        notice = self._notices.get(day)
        if notice and (notice.kind == "work") is not by_law:
            return Day(day, not by_law, "notice", notice)
        is_weekday = day.weekday() < 5
        if by_law:
            return Day(day, True, "ordinary" if is_weekday else "make-up")
        return Day(day, False, "holiday" if is_holiday(day) else "weekend")

    def is_working_day(self, day: date) -> bool:
        if notice := self._notices.get(day):
            return notice.kind == "work"
        return is_working_day(day)

    def next_working_day(self, day: date, number: int = 1) -> date:
        """The first working day after this one, or the n-th."""
        days = self._working_days(day + DAY)
        return [next(days) for _ in range(number)][-1]

    def opening(self, day: date) -> datetime:
        return hour_of(day, self.office_hours[0][0])

    def closing(self, day: date) -> datetime:
        return hour_of(day, self.office_hours[-1][1])

    def working_minutes(self, start: datetime, end: datetime) -> int:
        """Whole minutes of office hours between two moments."""
        worked = timedelta(0)
        for opens, closes in self.office_time(start):
            if opens >= end:
                break
            worked += min(end, closes) - opens
        return worked // MINUTE

    def day_of_receipt(self, moment: datetime, cutoff: str | None) -> date:
        """The day, when it is a working day and not too late on it (C1)."""
        local = moment.astimezone(LOCAL)
        limit = hour_of(local.date(), cutoff or self.office_hours[-1][1])
        if self.is_working_day(local.date()) and local < limit:
            return local.date()
        return self.next_working_day(local.date())

    def after(self, moment: datetime, minutes: int) -> datetime:
        """When this many working minutes from now are used up."""
        left = minutes * MINUTE
        for opens, closes in self.office_time(moment):
            if closes - opens >= left:
                break
            left -= closes - opens
        return opens + left

    def before(self, moment: datetime, minutes: int) -> datetime:
        """When this many working minutes are left until then."""
        left = minutes * MINUTE
        for opens, closes in self._office_time_until(moment):
            if closes - opens >= left:
                break
            left -= closes - opens
        return closes - left

    def office_time(self, since: datetime) -> Iterator[Span]:
        """The office hours to come, for as long as one asks."""
        since = since.astimezone(LOCAL)
        for day in self._working_days(since.date()):
            for opens, closes in self._hours_of(day):
                if closes > since:
                    yield max(opens, since), closes

    def _office_time_until(self, end: datetime) -> Iterator[Span]:
        """The office hours gone by, from the latest back."""
        end = end.astimezone(LOCAL)
        for day in self._working_days(end.date(), step=-DAY):
            for opens, closes in reversed(self._hours_of(day)):
                if opens < end:
                    yield opens, min(closes, end)

    def _hours_of(self, day: date) -> list[Span]:
        return [(hour_of(day, a), hour_of(day, b)) for a, b in self._clock]

    def _working_days(self, day: date, step: timedelta = DAY) -> Iterator[date]:
        """This day, if it is worked, and all working days after it."""
        while True:
            if self.is_working_day(day):
                yield day
            day += step

    @cached_property
    def _clock(self) -> list[tuple[time, time]]:
        hours = self.office_hours
        return [(time.fromisoformat(a), time.fromisoformat(b)) for a, b in hours]

    @cached_property
    def _notices(self) -> dict[date, Override]:
        """The one notice that decides each day; of two of one scope, the later."""
        return {each.date: each for each in sorted(self._ours(), key=_nearness)}

    def _ours(self) -> Iterable[Override]:
        places = {"national": None, "province": self.province, "agency": self.agency}
        for each in self.overrides:
            if each.scope == "national" or each.scope_id == places[each.scope]:
                yield each


def _nearness(notice: Override) -> int:
    return SCOPES.index(notice.scope)


def hour_of(day: date, hour: str | time) -> datetime:
    """This hour of a day in local time."""
    clock = time.fromisoformat(hour) if isinstance(hour, str) else hour
    return datetime.combine(day, clock, LOCAL)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, LOCAL)
