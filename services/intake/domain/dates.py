"""Dates on forms: real ones, and how far from today they may be."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from shared.clock import LOCAL

Broken = (
    tuple[str, str] | None
)  # too-early or too-late, and the limit as people read it


def real_date(words: str) -> bool:
    """The date, month or moment exists."""
    try:
        if "T" in words:
            return datetime.fromisoformat(words).utcoffset() is not None
        parts = [*map(int, words.split("-")), 1, 1]
        date(*parts[:3])
    except ValueError:
        return False
    return True


def bounded_date(field: Mapping[str, Any], words: str, now: datetime) -> Broken:
    given = date.fromisoformat(words)
    return beyond(
        field, given, lambda bound: moved(now.astimezone(LOCAL), bound).date()
    )


def bounded_datetime(field: Mapping[str, Any], words: str, now: datetime) -> Broken:
    given = datetime.fromisoformat(words)

    def limit(bound: Mapping[str, Any]) -> datetime:
        """A bound by the day takes in the whole day."""
        exact = moved(now.astimezone(LOCAL), bound)
        if bound["anchor"] == "now":
            return exact
        edge = time.max if bound is field.get("latest") else time.min
        return datetime.combine(exact.date(), edge, LOCAL)

    return beyond(field, given, limit)


def beyond(
    field: Mapping[str, Any],
    given: Any,
    limit: Callable[[Mapping[str, Any]], Any],
) -> Broken:
    if "earliest" in field and given < (first := limit(field["earliest"])):
        return "too-early", f"{first:%d/%m/%Y}"
    if "latest" in field and given > (last := limit(field["latest"])):
        return "too-late", f"{last:%d/%m/%Y}"
    return None


def moved(moment: datetime, bound: Mapping[str, Any]) -> datetime:
    """Years, months, days, in this order; missing days become the month's last."""
    for months in (12 * bound.get("years", 0), bound.get("months", 0)):
        year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        moment = moment.replace(year=year, month=month + 1, day=min(moment.day, last))
    return moment + timedelta(days=bound.get("days", 0))
