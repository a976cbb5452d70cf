"""One version of a procedure as intake applies it to a dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from services.intake.domain.form import Form
from services.intake.domain.reasons import REASONS
from shared.directory import Directory, Unit
from shared.expressions import bound, evaluate, names_in
from shared.legal_time import Calendar, LegalTime, count

OUTCOME = ("code", "kind", "title")

ACKNOWLEDGE_WITHIN = 8 * 60  # working minutes

Calendars = Callable[[Unit], Calendar]


def usual(unit: Unit) -> Calendar:
    """When an office works as long as no notice says otherwise."""
    return Calendar(tuple(unit.office_hours))


@dataclass(frozen=True)
class Rules:
    definition: dict[str, Any]
    directory: Directory
    is_emergency: bool = False
    calendar: Calendars = usual

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

    @property
    def supplement_reasons(self) -> list[dict[str, Any]]:
        """Why a paper may have to come again: for all procedures, and for this one."""
        return [*REASONS, *self.definition["refusal_reasons"]]

    @property
    def void_outcome(self) -> dict[str, Any] | None:
        """How the procedure calls a dossier that was never completed."""
        if self.definition["supplement"]["on_expiry"] != "void_dossier":
            return None
        closed = (o for o in self.definition["outcomes"] if o["kind"] == "closed")
        return next(({key: o[key] for key in OUTCOME} for o in closed), None)

    @property
    def collectors(self) -> set[str]:
        """The units that collect a fee of their own; else the receiving centre does."""
        named = (fee.get("collector") for fee in self.definition["fees"])
        return {self.directory.unit_of(agency).id for agency in named if agency}

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

    @cached_property
    def charges_by_findings(self) -> bool:
        """Some fee depends on what a step found out."""
        formulas = (
            r["formula"] for fee in self.definition["fees"] for r in fee["rates"]
        )
        used = {name for each in formulas for name in names_in(each)}
        return not used.isdisjoint({"facts", "outcomes", *self._of_reviewers})

    @cached_property
    def _of_reviewers(self) -> dict[str, Mapping[str, Any]]:
        fields = self.form.fields.items()
        return {name: x for name, x in fields if x.get("set_by") == "reviewer"}

    def with_findings(
        self,
        names: Mapping[str, Any],
        outcomes: Mapping[str, str | None],
        facts: Mapping[str, Any],
    ) -> dict[str, Any]:
        """What expressions know once the agencies are at work."""
        declared = {each: facts.get(each) for each in names["facts"]}
        ended = {each: outcomes.get(each) for each in names["outcomes"]}
        reviewed = {
            name: bound(each, facts[name])
            for name, each in self._of_reviewers.items()
            if name in facts
        }
        return {**names, **reviewed, "facts": declared, "outcomes": ended}

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
        return count(received, allowed, self.calendar(unit)).due

    def answer_by(self, asked: datetime, unit: Unit) -> datetime | None:
        """How long the applicant has for a supplement."""
        span = self.definition["supplement"]["answer_limit"]
        if span is None:
            return None
        allowed = LegalTime(span["value"], span["unit"])
        return count(asked, allowed, self.calendar(unit)).due

    def acknowledge_by(self, filed: datetime, unit: Unit) -> datetime:
        """Eight working hours after filing (Decree 45/2020)."""
        return self.calendar(unit).after(filed, ACKNOWLEDGE_WITHIN)

    def about(self) -> dict[str, Any]:
        """What every message says of the procedure."""
        return {
            "procedure": self.slug,
            "version": self.number,
            "procedure_code": self.definition["code"],
            "procedure_name": self.definition["names"],
        }
