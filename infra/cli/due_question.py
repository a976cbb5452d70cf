"""One question for a due date, as the options of the command put it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from typing import Any, TypeVar

from infra.cli import legal_input as read
from infra.cli.legal_input import InputError
from shared.directory import CATALOGUE, Directory
from shared.directory import read as file_content
from shared.expressions import evaluate, names_for
from shared.legal_time import (
    OFFICE_HOURS,
    Calendar,
    Counted,
    LegalTime,
    Line,
    Number,
    OfficeHours,
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
        found = Definition(options.procedure, received, channel)
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


@dataclass(frozen=True)
class Definition:
    """A procedure of the catalogue, asked by what is known of a dossier."""

    slug: str
    received: datetime
    channel: str | None

    @cached_property
    def content(self) -> dict[str, Any]:
        known = {each.stem for each in CATALOGUE.glob("*.json")}
        procedures = sorted(each for each in known if self._is_procedure(each))
        if self.slug not in procedures:
            near = get_close_matches(self.slug, procedures, n=1)
            raise InputError(
                f"--procedure: {self.slug!r} is not in the catalogue: write "
                + (near[0] if near else ", ".join(procedures))
            )
        content = file_content(CATALOGUE / f"{self.slug}.json")
        if self.channel and self.channel not in content["channels"]:
            ways = ", ".join(content["channels"])
            raise InputError(
                f"--channel: {self.slug} is handed in by {ways}: write one"
            )
        return content

    @cached_property
    def directory(self) -> Directory:
        return Directory.load()

    @property
    def office_hours(self) -> OfficeHours:
        first = self.content["steps"][0]["agency"]
        return tuple(self.directory.unit_of(first).office_hours)

    @property
    def legal(self) -> LegalTime:
        """The largest of the usual time and of the variants known to apply."""
        usual = self.content["legal_time"]
        values = [each["value"] for each in self._variants if self._applies(each)]
        return LegalTime(
            max([usual["value"], *values]),
            usual["unit"],
            cutoff=usual["cutoff"] and usual["cutoff"]["time"],
            due_time=usual["due_time"],
        )

    @property
    def longer(self) -> tuple[Line, ...]:
        """The longer times whose conditions are not known to hold."""
        legal = self.legal
        return tuple(
            Line(
                "longer",
                self.received,
                {"value": Number(each["value"], legal.unit), "when": each["when"]},
            )
            for each in self._variants
            if each["value"] > legal.value
        )

    @property
    def _variants(self) -> list[dict[str, Any]]:
        variants: list[dict[str, Any]] = self.content["legal_time"]["variants"]
        return variants

    def _applies(self, variant: dict[str, Any]) -> bool:
        return evaluate(variant["when"], self._names) is True

    @cached_property
    def _names(self) -> dict[str, Any]:
        day = self.received.date().isoformat()
        return names_for(
            self.content,
            self.directory.common,
            answers={},
            channel=self.channel or self.content["channels"][0],
            submitted_on=day,
            received_on=day,
            today=day,
            exemption_groups=[],
            outcomes={},
            facts={},
        )

    @staticmethod
    def _is_procedure(name: str) -> bool:
        return file_content(CATALOGUE / f"{name}.json").get("kind") == "procedure"
