"""Moments and dates as tests write them, in local time."""

from __future__ import annotations

from datetime import datetime

from shared.clock import LOCAL
from shared.legal_time import Calendar, Counted, Extension, LegalTime, Stop, count

EVERYWHERE = Calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def a_stop(since: str, until: str | None, effect: str = "pause") -> Stop:
    return Stop(at(since), (until and at(until)) or None, effect)


def counted(
    received: str,
    legal: LegalTime,
    *stops: Stop,
    calendar: Calendar = EVERYWHERE,
    extensions: tuple[Extension, ...] = (),
) -> Counted:
    return count(at(received), legal, calendar, stops=stops, extensions=extensions)


def due(
    received: str,
    legal: LegalTime,
    *stops: Stop,
    calendar: Calendar = EVERYWHERE,
    extensions: tuple[Extension, ...] = (),
) -> str:
    found = counted(received, legal, *stops, calendar=calendar, extensions=extensions)
    return f"{found.due:%Y-%m-%d %H:%M}"
