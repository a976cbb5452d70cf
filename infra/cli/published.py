"""The legal time of a procedure, by what is known of a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from infra.cli.legal_input import InputError
from shared.directory import CATALOGUE, Directory, read
from shared.expressions import evaluate, names_for, program
from shared.legal_time import LegalTime, Line, Number, OfficeHours

DATES = {"submitted_on", "received_on", "today"}


def published(slug: str) -> dict[str, Any]:
    """A procedure of the catalogue, or the name that is nearest."""
    files = {each.stem: read(each) for each in sorted(CATALOGUE.glob("*.json"))}
    known = {
        name: each for name, each in files.items() if each.get("kind") == "procedure"
    }
    if slug not in known:
        near = get_close_matches(slug, known, n=1) or known
        raise InputError(f"{slug!r} is not in the catalogue: write {', '.join(near)}")
    return known[slug]


@dataclass(frozen=True)
class Definition:
    content: dict[str, Any]
    received: datetime
    channel: str | None = None

    def __post_init__(self) -> None:
        ways = self.content["channels"]
        if self.channel and self.channel not in ways:
            slug = self.content["slug"]
            raise InputError(f"{slug} is not handed in so: write {', '.join(ways)}")

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
        """The longer times that depend on what nobody said."""
        legal = self.legal
        return tuple(
            Line(
                "longer",
                self.received,
                {"value": Number(each["value"], legal.unit), "when": each["when"]},
            )
            for each in self._variants
            if each["value"] > legal.value and not self._is_decided(each)
        )

    @property
    def _variants(self) -> list[dict[str, Any]]:
        variants: list[dict[str, Any]] = self.content["legal_time"]["variants"]
        return variants

    def _applies(self, variant: dict[str, Any]) -> bool:
        return evaluate(variant["when"], self._names) is True

    def _is_decided(self, variant: dict[str, Any]) -> bool:
        known = DATES | ({"channel"} if self.channel else set())
        return set(program(variant["when"]).variables()) <= known

    @cached_property
    def _names(self) -> dict[str, Any]:
        day = self.received.date().isoformat()
        return names_for(
            self.content,
            self.directory.common,
            answers={},
            channel=self.channel or "",
            submitted_on=day,
            received_on=day,
            today=day,
            exemption_groups=[],
            outcomes={},
            facts={},
        )
