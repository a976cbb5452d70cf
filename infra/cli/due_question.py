"""One question for a due date, as the options of the command put it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, TypeVar

from infra.cli import legal_input as read
from infra.cli.legal_input import InputError
from infra.cli.published import Definition, published
from shared.legal_time import (
    OFFICE_HOURS,
    Calendar,
    Counted,
    LegalTime,
    Line,
    Stop,
    count,
)

CHANNELS = ("counter", "online", "post")

Read = TypeVar("Read")


@dataclass(frozen=True)
class Options:
    """As they were written."""

    procedure: str | None
    value: int | None
    unit: str | None
    cutoff: str | None
    received: str | None
    channel: str | None
    hours: str | None
    pauses: list[str]
    restarts: list[str]
    overrides: list[str]

    def require_empty(self) -> None:
        """A file of dossiers says everything itself."""
        for each in fields(self):
            if getattr(self, each.name):
                raise InputError(
                    f"--{each.name.removesuffix('s')}: the dossiers of --scenario say "
                    "it themselves; leave one of them out"
                )


@dataclass(frozen=True)
class Question:
    """What is asked, read and complete; `longer` are times that may apply as well."""

    received: datetime
    legal: LegalTime
    calendar: Calendar
    stops: list[Stop]
    longer: tuple[Line, ...] = ()

    def counted(self) -> Counted:
        return count(self.received, self.legal, self.calendar, stops=self.stops)


def question(options: Options) -> Question:
    """The question; what cannot be read is refused under the name of its option."""
    if not options.received:
        raise InputError("--received is missing: write it, as 2026-11-20T10:00")
    received = under("--received", read.moment, options.received)
    channel = under("--channel", channel_of, options.channel)
    notices = [under("--override", read.override, each) for each in options.overrides]
    hours = options.hours and under("--hours", read.hours, options.hours)
    pauses = [under("--pause", read.stop, each) for each in options.pauses]
    anew = [under("--restart", read.stop, each, "restart") for each in options.restarts]
    stops = [*pauses, *anew]
    if options.procedure:
        require_alone(options)
        content = under("--procedure", published, options.procedure)
        found = under("--channel", Definition, content, received, channel)
        calendar = Calendar(hours or found.office_hours, tuple(notices))
        return Question(received, found.legal, calendar, stops, found.longer)
    calendar = Calendar(hours or OFFICE_HOURS, tuple(notices))
    return Question(received, given_time(options), calendar, stops)


def given_time(options: Options) -> LegalTime:
    if options.unit is None or (options.value is None and options.unit != "same_day"):
        raise InputError(
            "the legal time is missing: write --procedure SLUG, or --value 3 --unit "
            "working_day"
        )
    value = under("--value", read.days, options.value or 0, options.unit)
    cutoff = options.cutoff and under("--cutoff", read.hour, options.cutoff)
    return LegalTime(value, options.unit, cutoff)


def require_alone(options: Options) -> None:
    for name in ("value", "unit", "cutoff"):
        if getattr(options, name) is not None:
            raise InputError(f"--{name}: the procedure says it; leave one of them out")


def channel_of(written: str | None) -> str | None:
    if written and written not in CHANNELS:
        raise InputError(f"{written!r} is no channel: write {', '.join(CHANNELS)}")
    return written


def under(option: str, parse: Callable[..., Read], *written: Any) -> Read:
    try:
        return parse(*written)
    except InputError as error:
        raise InputError(f"{option}: {error}") from None
