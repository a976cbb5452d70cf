"""What leaders and deciders do with whole cases, over the bus."""

from __future__ import annotations

from uuid import UUID

from services.workflow.entrypoints.words import Text
from services.workflow.handling import Handling
from shared import actor
from shared.messaging.rpc import command


class DecisionEntrypoints:
    app: Handling

    @command
    def suspend(self, case_id: UUID, reason: Text, legal_basis: Text) -> int:
        return self.app.suspend(case_id, reason, legal_basis, by=actor.current())

    @command
    def resume(self, case_id: UUID, note: Text = "") -> int:
        return self.app.resume(case_id, note=note, by=actor.current())

    @command
    def stop(self, case_id: UUID, reason: Text, legal_basis: Text) -> int:
        return self.app.stop(case_id, reason, legal_basis, by=actor.current())

    @command
    def decide_withdrawal(self, case_id: UUID, granted: bool, reason: Text = "") -> int:
        by = actor.current()
        return self.app.decide_withdrawal(
            case_id, granted=granted, reason=reason, by=by
        )

    @command
    def withdraw_result(self, case_id: UUID, reason: Text, legal_basis: Text) -> int:
        by = actor.current()
        return self.app.withdraw_result(case_id, reason, legal_basis, by=by)

    @command
    def allow_supplement(self, case_id: UUID, legal_basis: Text) -> int:
        return self.app.allow_supplement(case_id, legal_basis, by=actor.current())
