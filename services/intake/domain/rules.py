"""One version of a procedure as intake applies it to a dossier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from services.intake.domain.form import Form
from shared.directory import Directory, Unit
from shared.expressions import evaluate
from shared.legal_time import Calendar, LegalTime, count

ACKNOWLEDGE_WITHIN = 8 * 60  # working minutes


@dataclass(frozen=True)
class Rules:
    definition: dict[str, Any]
    directory: Directory

    @property
    def slug(self) -> str:
        return str(self.definition["slug"])

    @property
    def number(self) -> int:
        return int(self.definition["version"]["number"])

    @cached_property
    def form(self) -> Form:
        return Form(self.definition, self.directory.common)

    @property
    def first_step(self) -> dict[str, Any]:
        step: dict[str, Any] = self.definition["steps"][0]
        return step

    @property
    def receiving_unit(self) -> Unit:
        return self.directory.unit_of(self.first_step["agency"])

    @property
    def returning_unit(self) -> Unit:
        return self.directory.unit_of(self.definition["steps"][-1]["agency"])

    def document(self, code: str) -> dict[str, Any] | None:
        """A paper of the procedure, or a field of the form that takes a file."""
        for each in self.definition["documents"]:
            if each["code"] == code:
                found: dict[str, Any] = each
                return found
        field = self.form.fields.get(code)
        if field is None or field["type"] != "file":
            return None
        return {**field, "name": field["label"], "code": code}

    def result_channel(self, values: Mapping[str, Any]) -> str:
        """As chosen on the form; without a choice, the only way there is."""
        return str(
            values.get("result_channel") or self.definition["result_channels"][0]
        )

    def limit(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """The legal time: the largest of the usual one and all variants that apply."""
        legal = self.definition["legal_time"]
        longer = [
            variant["value"]
            for variant in legal["variants"]
            if evaluate(variant["when"], names) is True
        ]
        return {"value": max([legal["value"], *longer]), "unit": legal["unit"]}

    def due(self, received: datetime, limit: Mapping[str, Any], unit: Unit) -> datetime:
        """The end of the legal time, at the hour of the receipt or at closing."""
        legal = self.definition["legal_time"]
        allowed = LegalTime(
            limit["value"],
            limit["unit"],
            cutoff=legal["cutoff"] and legal["cutoff"]["time"],
            due_time=legal["due_time"],
        )
        return count(received, allowed, calendar(unit)).due

    def answer_by(self, asked: datetime, unit: Unit) -> datetime | None:
        """How long the applicant has for a supplement."""
        span = self.definition["supplement"]["answer_limit"]
        if span is None:
            return None
        allowed = LegalTime(span["value"], span["unit"])
        return count(asked, allowed, calendar(unit)).due

    def about(self) -> dict[str, Any]:
        """What every message says of the procedure."""
        return {
            "procedure": self.slug,
            "version": self.number,
            "procedure_code": self.definition["code"],
            "procedure_name": self.definition["names"],
        }


def calendar(unit: Unit) -> Calendar:
    return Calendar(tuple(unit.office_hours))


def acknowledge_by(filed: datetime, unit: Unit) -> datetime:
    """Eight working hours after filing (Decree 45/2020)."""
    return calendar(unit).after(filed, ACKNOWLEDGE_WITHIN)
