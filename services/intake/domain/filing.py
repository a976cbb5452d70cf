"""Filling in the form and handing the dossier in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from services.intake.domain import documents
from services.intake.domain.fields import EMPTY, problem, root
from services.intake.domain.form import Filled
from services.intake.domain.money import Money
from services.intake.domain.papers import Papers
from services.intake.domain.presentation import contact, presentation
from services.intake.domain.record import APPLICANT, Text, sealed
from services.intake.domain.rules import Rules
from services.intake.errors import (
    DocumentsMissingError,
    DossierNotEditableError,
    FormInvalidError,
    SignInTooWeakError,
)
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate


class Filing(Papers, Money):
    def give_answers(
        self, given: Mapping[str, Any], *, rules: Rules, by: Actor, now: datetime
    ) -> None:
        """Fill in the form, wholly or in part; null takes an answer back."""
        self.require_editable(rules, by)
        current = self.fill(rules, now).values
        asked = self.open_fields(rules, by)
        refused = [
            problem(
                "not-asked" if self.supplement else "not-yours", name, each["label"]
            )
            for name, each in rules.form.fields.items()
            if name in given and name not in asked and differs(name, given, current)
        ]
        unasked = {name for name in rules.form.fields if name not in asked}
        own = {name: each for name, each in given.items() if name not in unasked}
        merged = {**self.given, **own}
        filled = rules.form.fill(merged, now=now, **self.circumstances(now))
        wrong = [each for each in filled.problems if root(each["field"]) in own]
        if problems := [*refused, *wrong]:
            raise FormInvalidError(str(self.id), problems)
        kept = self._kept(merged, filled)
        self.trigger_event(self.AnswersGiven, answers=sealed(self.applicant, kept))

    class AnswersGiven(Aggregate.Event):
        TOPIC = "intake.dossier.answers-given"

        answers: Text

        def apply(self, aggregate: Filing) -> None:
            aggregate.answers = self.answers

    def open_fields(self, rules: Rules, by: Actor) -> set[str]:
        """The fields that this person may fill in now."""
        is_theirs = self.speaks_for_applicant(by)
        setters = {"applicant"} if is_theirs else {"applicant", "front_desk"}
        if self.is_draft or self.supplement:
            asked = self.supplement["keys"] if self.supplement else rules.form.fields
        else:  # handed in: only what the front desk itself has to add
            setters, asked = {"front_desk"}, rules.form.fields
        return {
            name
            for name, each in rules.form.fields.items()
            if name in asked
            and "computed" not in each
            and each.get("set_by", "applicant") in setters
        }

    def _kept(self, merged: Mapping[str, Any], filled: Filled) -> dict[str, Any]:
        """In their one form; what has grown wrong with time stays as it was said."""
        troubled = {root(each["field"]) for each in filled.problems}
        return {
            name: answer if name in troubled else filled.values[name]
            for name, answer in merged.items()
            if name in filled.values
        }

    def submit(self, *, rules: Rules, by: Actor, now: datetime) -> None:
        """Hand the dossier to the administration. The applicant can edit no more."""
        if not self.may(by, "send") or self.channel != "online":
            raise NotAllowedError(str(self.id))
        if not self.is_draft:
            raise DossierNotEditableError(str(self.id))
        if by.level < 1:
            raise SignInTooWeakError(str(by.level))
        filled = self.fill(rules, now, APPLICANT)
        self.require_complete(rules, filled)
        self.assess_fees(rules, now)
        warnings = [each["check"] for each in self.warned(rules, filled)]
        unit = rules.directory.unit(self.unit)
        self.trigger_event(
            self.Submitted,
            about=self.about(rules, filled),
            warnings=warnings,
            acknowledge_by=rules.acknowledge_by(now, unit),
            submitted_at=now,
            **self.told(rules, filled),
        )

    class Submitted(Aggregate.Event):
        TOPIC = "intake.dossier.submitted"

        about: dict[str, Any]
        warnings: list[str]
        acknowledge_by: datetime
        submitted_at: datetime
        contact: Text
        presentation: Text

        def apply(self, aggregate: Filing) -> None:
            aggregate.procedure_version = self.about["version"]
            aggregate.result_channel = self.about["result_channel"]
            aggregate.language = self.about["language"]
            aggregate.submitted_at = self.submitted_at
            aggregate.acknowledge_by = self.acknowledge_by
            aggregate.warnings = self.warnings

    def require_complete(self, rules: Rules, filled: Filled) -> None:
        """All that is wrong or missing, at once."""
        form = [*filled.problems, *self._errors(rules, filled)]
        papers = self.paper_problems(rules, filled)
        if form:
            raise FormInvalidError(str(self.id), [*form, *papers])
        if papers:
            raise DocumentsMissingError(str(self.id), papers)

    def paper_problems(self, rules: Rules, filled: Filled) -> list[dict[str, Any]]:
        return list(
            documents.problems(
                rules.definition["documents"],
                self.papers,
                names=filled.names,
                channel=self.channel,
            )
        )

    def _errors(self, rules: Rules, filled: Filled) -> Iterable[dict[str, Any]]:
        found = rules.form.checks(filled.names, "submission")
        return (each for each in found if each["severity"] == "error")

    def warned(self, rules: Rules, filled: Filled) -> Iterable[dict[str, Any]]:
        found = rules.form.checks(filled.names, "submission")
        return (each for each in found if each["severity"] == "warning")

    def about(self, rules: Rules, filled: Filled) -> dict[str, Any]:
        """What every message about a filed dossier says of it."""
        return {
            **rules.about(),
            "channel": self.channel,
            "applicant": self.applicant,
            "unit": self.unit,
            "tracking_code": self.tracking_code,
            "language": self.given.get("language") or self.language,
            "result_channel": rules.result_channel(filled.values),
        }

    def told(self, rules: Rules, filled: Filled) -> dict[str, Text]:
        """The applicant and the form in words, under the applicant's key."""
        shown = presentation(rules.form, filled.values, filled.visible)
        return {
            "contact": sealed(self.applicant, contact(filled.values)),
            "presentation": sealed(self.applicant, shown),
        }


def differs(name: str, given: Mapping[str, Any], current: Mapping[str, Any]) -> bool:
    return given[name] not in EMPTY and given[name] != current.get(name)
