"""Working on cases: steps, proposals, supplements; and what one may see of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.workflow.absences import Absences
from services.workflow.domain import Case
from services.workflow.domain.account import account
from services.workflow.domain.consultation import Question
from services.workflow.domain.explanation import clock_account
from services.workflow.domain.payment import Charge
from services.workflow.domain.state import Act
from services.workflow.domain.steps import Completion
from shared.actor import Actor


class Handling(Absences):
    """Commands answer the position in the log at which they became true."""

    def claim_step(self, case_id: UUID, step: str, *, by: Actor) -> int:
        return self.act_on(case_id, lambda case, act: case.claim(step, act=act), by=by)

    def assign_step(self, case_id: UUID, step: str, assignee: str, *, by: Actor) -> int:
        return self.act_on(
            case_id, lambda case, act: case.assign(step, assignee, act=act), by=by
        )

    def finish_step(
        self, case_id: UUID, step: str, completion: Completion, *, by: Actor
    ) -> int:
        return self.act_on(
            case_id, lambda case, act: case.finish(step, completion, act=act), by=by
        )

    def propose_result(
        self, case_id: UUID, step: str, outcome: str, *, text: str, by: Actor
    ) -> int:
        return self.act_on(
            case_id,
            lambda case, act: case.propose(step, outcome, text=text, act=act),
            by=by,
        )

    def send_back(self, case_id: UUID, step: str, *, note: str, by: Actor) -> int:
        return self.act_on(
            case_id, lambda case, act: case.send_back(step, note=note, act=act), by=by
        )

    def recall(self, case_id: UUID, step: str, *, by: Actor) -> int:
        return self.act_on(case_id, lambda case, act: case.recall(step, act=act), by=by)

    def withdraw_result(
        self, case_id: UUID, reason: str, legal_basis: str, *, by: Actor
    ) -> int:
        return self.act_on(
            case_id,
            lambda case, act: case.withdraw_result(reason, legal_basis, act=act),
            by=by,
        )

    def ask_supplement(
        self,
        case_id: UUID,
        step: str,
        items: Sequence[Mapping[str, Any]],
        *,
        note: str,
        by: Actor,
    ) -> int:
        return self.act_on(
            case_id, lambda case, act: case.ask(step, items, note=note, act=act), by=by
        )

    def allow_supplement(self, case_id: UUID, legal_basis: str, *, by: Actor) -> int:
        return self.act_on(
            case_id,
            lambda case, act: case.allow_supplement(legal_basis, act=act),
            by=by,
        )

    def ask_payment(
        self, case_id: UUID, step: str, charge: Charge, *, by: Actor
    ) -> int:
        return self.act_on(
            case_id, lambda case, act: case.ask_payment(step, charge, act=act), by=by
        )

    def consult(
        self, case_id: UUID, step: str, question: Question, *, by: Actor
    ) -> int:
        return self.act_on(
            case_id, lambda case, act: case.consult(step, question, act=act), by=by
        )

    def cancel_consultation(
        self, case_id: UUID, step: str, *, reason: str, by: Actor
    ) -> int:
        return self.act_on(
            case_id,
            lambda case, act: case.cancel_consultation(step, reason=reason, act=act),
            by=by,
        )

    def add_co_handler(
        self, case_id: UUID, step: str, officer: str, *, by: Actor
    ) -> int:
        return self.act_on(
            case_id,
            lambda case, act: case.add_co_handler(step, officer, act=act),
            by=by,
        )

    def give_opinion(self, case_id: UUID, step: str, text: str, *, by: Actor) -> int:
        return self.act_on(
            case_id, lambda case, act: case.give_opinion(step, text, act=act), by=by
        )

    def suspend(
        self, case_id: UUID, reason: str, legal_basis: str, *, by: Actor
    ) -> int:
        return self.act_on(
            case_id, lambda case, act: case.suspend(reason, legal_basis, act=act), by=by
        )

    def resume(self, case_id: UUID, *, note: str, by: Actor) -> int:
        return self.act_on(case_id, lambda case, act: case.resume(note, act=act), by=by)

    def stop(self, case_id: UUID, reason: str, legal_basis: str, *, by: Actor) -> int:
        return self.act_on(
            case_id, lambda case, act: case.stop(reason, legal_basis, act=act), by=by
        )

    def decide_withdrawal(
        self, case_id: UUID, *, granted: bool, reason: str, by: Actor
    ) -> int:
        def decide(case: Case, act: Act) -> None:
            case.decide_withdrawal(granted=granted, reason=reason, act=act)

        return self.act_on(case_id, decide, by=by)

    def case(self, case_id: UUID, *, by: Actor) -> dict[str, Any]:
        """A case as its applicant's side, the officers involved and auditors see it."""
        case = self._case(case_id)
        if not self._helps(case, by):
            case.require_visible(by)
        deputies = list(self.deputies(by))
        act = self._act(case, by)
        told = account(case, act, deputies=deputies)
        return told | {"clock": clock_account(case, act)}

    def _helps(self, case: Case, by: Actor) -> bool:
        """The applicant let them act."""
        dossier_id = case.dossier_id
        return dossier_id is not None and self.event_log.is_concerned(
            dossier_id, [by.party]
        )

    def case_of(self, dossier_id: UUID, *, by: Actor) -> dict[str, Any]:
        return self.case(Case.create_id(dossier_id), by=by)
