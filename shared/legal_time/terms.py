"""What the law allows, and what moves a date: stops of the clock, and extensions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from shared.clock import LOCAL


@dataclass(frozen=True)
class LegalTime:
    """How long an answer may take; `due_time` is the hour shown, at most closing."""

    value: int
    unit: str
    cutoff: str | None = None
    due_time: str | None = None


@dataclass(frozen=True)
class Stop:
    """The clock stood from, until (None: still does); after a restart it began anew."""

    since: datetime
    until: datetime | None
    effect: str = "pause"  # or restart
    reasons: tuple[str, ...] = ()  # what it waited for, in words of the sentences


@dataclass(frozen=True)
class Extension:
    """More time, counted from the date that was due when it was granted (C5)."""

    at: datetime
    value: int
    unit: str
    legal_notice: str = ""


def turns(
    received: datetime, stops: Iterable[Stop], extensions: Iterable[Extension]
) -> list[Stop | Extension]:
    """What moved the date, in its order; nothing moved it before the receipt."""
    begun = [
        replace(each, since=max(each.since, received).astimezone(LOCAL))
        for each in standstills(stops)
        if each.until is None or each.until > received
    ]
    return sorted([*begun, *extensions], key=moment_of)


def moment_of(turn: Stop | Extension) -> datetime:
    return turn.at if isinstance(turn, Extension) else turn.since


def standstills(stops: Iterable[Stop]) -> Iterator[Stop]:
    """The stops in their order; those that overlap are one."""
    whole: Stop | None = None
    for each in sorted(stops, key=moment_of):
        if whole and (whole.until is None or each.since < whole.until):
            whole = joined(whole, each)
            continue
        if whole:
            yield whole
        whole = each
    if whole:
        yield whole


def joined(first: Stop, second: Stop) -> Stop:
    effect = "restart" if "restart" in (first.effect, second.effect) else "pause"
    if first.until is None or second.until is None:
        until = None
    else:
        until = max(first.until, second.until)
    reasons = tuple(dict.fromkeys(first.reasons + second.reasons))
    return Stop(first.since, until, effect, reasons)
