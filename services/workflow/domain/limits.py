"""The limits of one step: its own deadline, and the moment at which silence decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from services.workflow.domain.route import Opening
from services.workflow.domain.state import Act
from shared.legal_time import Calendar, LegalTime, Stop, count

WORKING_DAY = 480  # minutes

REMINDED = ("accept", "consent", "remind_then_suspend")

Limits = dict[str, Any]


def limits_of(opening: Opening, act: Act) -> Limits:
    """What is known of a step's time at the moment it opens."""
    step, calendar = opening.step, act.calendar(opening.unit)
    timeout = dict(step.timeout) if step.timeout else None
    ends = counted(act.now, timeout, calendar) if timeout else None
    is_reminded = timeout is not None and timeout["effect"] in REMINDED
    return {
        "clock": step.clock,
        "deadline_at": share(opening, act) or budget(opening, act) or ends,
        "timeout": timeout,
        "timeout_at": ends,
        "remind_at": reminder(act.now, ends, calendar)
        if ends and is_reminded
        else None,
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
    if not minutes:
        return None
    return act.calendar(opening.unit).after(act.now, minutes)


def counted(
    start: datetime,
    limit: Mapping[str, Any],
    calendar: Calendar,
    stops: Iterable[Stop] = (),
) -> datetime:
    """The end of so many days after a moment, by the rules of their unit (C1 to C8)."""
    allowed = LegalTime(limit["value"], limit["unit"])
    return count(start, allowed, calendar, stops=stops).due


def reminder(start: datetime, end: datetime, calendar: Calendar) -> datetime:
    """On the morning of the working day before, or half-way when that is later."""
    morning = calendar.before(end, 2 * calendar.day_minutes)
    return max(morning, start + (end - start) / 2)
