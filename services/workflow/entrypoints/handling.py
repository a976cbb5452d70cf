"""Working on cases, over the bus."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.workflow.domain.steps import Completion
from services.workflow.entrypoints.words import Name, Text
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

    @question
    def case(self, case_id: UUID) -> dict[str, Any]:
        return self.app.case(case_id, by=actor.current())

    @question
    def case_of(self, dossier_id: UUID) -> dict[str, Any]:
        return self.app.case_of(dossier_id, by=actor.current())
