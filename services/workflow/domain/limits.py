"""The limits of one step: its own deadline, and the moment at which silence decides."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from services.workflow.domain.route import Opening
from services.workflow.domain.state import Act
from shared.clock import LOCAL
from shared.working_time import DAY, Calendar, Stop, due_date

WORKING_DAY = 480  # minutes

Limits = dict[str, Any]


def limits_of(opening: Opening, act: Act) -> Limits:
    """What is known of a step's time at the moment it opens."""
    step, calendar = opening.step, act.calendar(opening.unit)
    timeout = dict(step.timeout) if step.timeout else None
    ends = timeout and counted(act.now, timeout, calendar)
    return {
        "clock": step.clock,
        "deadline_at": share(opening, act) or budget(opening, act),
        "timeout": timeout,
        "timeout_at": ends,
        "remind_at": ends and reminder(act.now, ends, calendar),
    }


def share(opening: Opening, act: Act) -> datetime | None:
    """Where the law gives each agency a part of the time, until its end."""
    legal = act.route.definition["legal_time"]
    parts = {each["agency"]: each["value"] for each in legal.get("parts", ())}
    if (value := parts.get(opening.step.agency)) is None:
        return None
    limit = {"value": value, "unit": legal["unit"]}
    return counted(act.now, limit, act.calendar(opening.unit))


def budget(opening: Opening, act: Act) -> datetime | None:
    """Working minutes in the calendar of the step's unit (C6); pure waits have none."""
    minutes = opening.step.duration_minutes
    return minutes_after(act.now, minutes, act.calendar(opening.unit)) or None


def counted(
    start: datetime,
    limit: dict[str, Any],
    calendar: Calendar,
    stops: tuple[Stop, ...] = (),
) -> datetime:
    """The end of so many days after a moment, by the rules of their unit (C1 to C8)."""
    return due_date(
        start,
        value=limit["value"],
        unit=limit["unit"],
        cutoff=None,
        calendar=calendar,
        stops=stops,
    )


def reminder(start: datetime, end: datetime, calendar: Calendar) -> datetime:
    """One working day before the end, or half-way when that is later."""
    return max(minutes_before(end, WORKING_DAY, calendar), start + (end - start) / 2)


def minutes_after(start: datetime, minutes: int, calendar: Calendar) -> datetime | None:
    """The moment at which so many working minutes are used; none of none."""
    left, day = timedelta(minutes=minutes), start.astimezone(LOCAL).date()
    while left:
        for opens, closes in office_hours(day, calendar):
            begin = max(start, opens)
            if begin < closes:
                if left <= closes - begin:
                    return begin + left
                left -= closes - begin
        day += DAY
    return None


def minutes_before(end: datetime, minutes: int, calendar: Calendar) -> datetime:
    """The moment from which so many working minutes remain until the end."""
    left, day = timedelta(minutes=minutes), end.astimezone(LOCAL).date()
    while True:
        for opens, closes in reversed(office_hours(day, calendar)):
            finish = min(end, closes)
            if opens < finish:
                if left <= finish - opens:
                    return finish - left
                left -= finish - opens
        day -= DAY


def office_hours(day: date, calendar: Calendar) -> list[tuple[datetime, datetime]]:
    if not calendar.is_working_day(day):
        return []
    return [
        (at(day, opens), at(day, closes)) for opens, closes in calendar.office_hours
    ]


def at(day: date, hour: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(hour), LOCAL)
