"""Working on cases, over the bus."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from services.workflow.domain.consultation import Question
from services.workflow.domain.payment import Charge
from services.workflow.domain.steps import Completion
from services.workflow.entrypoints.words import Amount, Days, Name, Names, Text
from services.workflow.handling import Handling
from shared import actor
from shared.messaging.rpc import command, question


class HandlingEntrypoints:
    app: Handling

    @command
    def claim_step(self, case_id: UUID, step: Name) -> int:
        return self.app.claim_step(case_id, step, by=actor.current())

    @command
    def assign_step(self, case_id: UUID, step: Name, assignee: Name) -> int:
        return self.app.assign_step(case_id, step, assignee, by=actor.current())

    @command
    def finish_step(
        self,
        case_id: UUID,
        step: Name,
        outcome: Name = "ok",
        note: Text = "",
        facts: dict[str, Any] | None = None,
    ) -> int:
        completion = Completion(outcome, note, facts or {})
        return self.app.finish_step(case_id, step, completion, by=actor.current())

    @command
    def propose_result(
        self, case_id: UUID, step: Name, outcome: Name, text: Text = ""
    ) -> int:
        by = actor.current()
        return self.app.propose_result(case_id, step, outcome, text=text, by=by)

    @command
    def ask_supplement(
        self, case_id: UUID, step: Name, items: list[dict[str, Any]], note: Text = ""
    ) -> int:
        by = actor.current()
        return self.app.ask_supplement(case_id, step, items, note=note, by=by)

    @command
    def send_back(self, case_id: UUID, step: Name, note: Text = "") -> int:
        return self.app.send_back(case_id, step, note=note, by=actor.current())

    @command
    def recall(self, case_id: UUID, step: Name) -> int:
        return self.app.recall(case_id, step, by=actor.current())

    @command
    def consult(
        self,
        case_id: UUID,
        step: Name,
        units: list[Name],
        question: Text,
        value: Days,
        unit: str = "working_day",
    ) -> int:
        asked = Question(tuple(units), question, value, unit)
        return self.app.consult(case_id, step, asked, by=actor.current())

    @command
    def cancel_consultation(self, case_id: UUID, step: Name, reason: Text = "") -> int:
        by = actor.current()
        return self.app.cancel_consultation(case_id, step, reason=reason, by=by)

    @command
    def add_co_handler(self, case_id: UUID, step: Name, officer: Name) -> int:
        return self.app.add_co_handler(case_id, step, officer, by=actor.current())

    @command
    def give_opinion(self, case_id: UUID, step: Name, text: Text) -> int:
        return self.app.give_opinion(case_id, step, text, by=actor.current())

    @command
    def ask_payment(
        self,
        case_id: UUID,
        step: Name,
        amount: Amount,
        name: Names,
        legal_basis: Text,
    ) -> int:
        charge = Charge(amount, cast(dict[str, str], name), legal_basis)
        return self.app.ask_payment(case_id, step, charge, by=actor.current())

    @question
    def case(self, case_id: UUID) -> dict[str, Any]:
        return self.app.case(case_id, by=actor.current())

    @question
    def case_of(self, dossier_id: UUID) -> dict[str, Any]:
        return self.app.case_of(dossier_id, by=actor.current())
