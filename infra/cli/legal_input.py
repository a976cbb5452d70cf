"""What a person writes about times, read strictly: else it says what to write."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from shared.clock import LOCAL
from shared.legal_time import OfficeHours, Override, Stop

YEARS = range(2000, 2100)
LONGEST = 3650  # days; a time limit is far below, and the calendar ends somewhere
UNITS = ("working_day", "day", "same_day")

HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class InputError(ValueError):
    """What was written cannot be read; the message says what to write instead."""


def moment(text: Any) -> datetime:
    """A moment in ISO form; without a zone it is local time."""
    example = "write day and time, as 2026-11-20T10:00"
    if not isinstance(text, str) or DAY.fullmatch(text):
        raise InputError(f"{text!r} is not a moment: {example}")
    try:
        found = datetime.fromisoformat(text)
        local = found if found.tzinfo else found.replace(tzinfo=LOCAL)
        found = local.astimezone(LOCAL)
    except (ValueError, OverflowError):
        raise InputError(f"{text!r} is not a moment: {example}") from None
    require_year(found.date())
    return found


def day(text: Any) -> date:
    example = "write a date that exists, as 2026-11-20"
    if not isinstance(text, str) or not DAY.fullmatch(text):
        raise InputError(f"{text!r} is not a date: {example}")
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{text!r} is not a date: {example}") from None
    require_year(found)
    return found


def require_year(day: date) -> None:
    if day.year not in YEARS:
        first, last = YEARS[0], YEARS[-1]
        raise InputError(f"the calendar knows {first} to {last}, not {day.year}")


def hour(text: Any) -> str:
    if not isinstance(text, str) or not HOUR.fullmatch(text):
        raise InputError(f"{text!r} is not an hour: write HH:MM, as 15:00")
    return text


def office_hours(spans: OfficeHours) -> OfficeHours:
    """In the order of the day, each after the one before."""
    if not spans:
        raise InputError("an office works some hours: write 07:30-11:30,13:00-17:00")
    for opens, closes in spans:
        if opens >= closes:
            raise InputError(f"{opens}-{closes} ends before it begins: write it anew")
    for (_, before), (after, _) in pairwise(spans):
        if after < before:
            raise InputError(
                f"what opens at {after} overlaps what closes at {before}: write the "
                "hours in their order, as 07:30-11:30,13:00-17:00"
            )
    return spans


def hours(text: str) -> OfficeHours:
    """Office hours as 07:30-11:30,13:00-17:00."""
    spans = [span.strip().partition("-") for span in text.split(",")]
    return office_hours(tuple((hour(a.strip()), hour(b.strip())) for a, _, b in spans))


def override(text: str) -> Override:
    """A day off or worked, as 2026-11-20=off."""
    written, _, kind = text.partition("=")
    match kind:
        case "off" | "work":
            return Override(day(written), kind)
    raise InputError(f"{text!r} is no notice: write 2026-11-20=off or 2026-11-21=work")


def stop(text: str, effect: str = "pause") -> Stop:
    """A stop as FROM/TO; TO is `-` while it lasts."""
    since, _, until = text.partition("/")
    begin = moment(since)
    end = None if until == "-" else moment(until)
    return in_order(Stop(begin, end, effect))


def in_order(stop: Stop) -> Stop:
    if stop.until and stop.until < stop.since:
        raise InputError(
            f"it ends at {stop.until:%Y-%m-%dT%H:%M}, before it begins at "
            f"{stop.since:%Y-%m-%dT%H:%M}: write its beginning first"
        )
    return stop


def days(number: int, unit: str) -> int:
    """The days allowed; what is due on the same day has none."""
    if unit == "same_day" and number >= 0:
        return 0
    if not 1 <= number <= LONGEST:
        raise InputError(f"{number} is no legal time: write 1 to {LONGEST}")
    return number
