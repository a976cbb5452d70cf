"""Working on cases: steps, proposals, supplements; and what one may see of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.workflow.casework import Casework
from services.workflow.domain import Case
from services.workflow.domain.account import account
from services.workflow.domain.explanation import clock_account
from services.workflow.domain.steps import Completion
from shared.actor import Actor


class Handling(Casework):
    """Commands answer the position in the log at which they became true."""

    def claim_step(self, case_id: UUID, step: str, *, by: Actor) -> int:
        case = self._case(case_id)
        case.claim(step, act=self._act(case, by))
        return self.commit(case)

    def assign_step(self, case_id: UUID, step: str, assignee: str, *, by: Actor) -> int:
        case = self._case(case_id)
        case.assign(step, assignee, act=self._act(case, by))
        return self.commit(case)

    def finish_step(
        self, case_id: UUID, step: str, completion: Completion, *, by: Actor
    ) -> int:
        case = self._case(case_id)
        case.finish(step, completion, act=self._act(case, by))
        return self.commit(case)

    def propose_result(
        self, case_id: UUID, step: str, outcome: str, *, text: str, by: Actor
    ) -> int:
        case = self._case(case_id)
        case.propose(step, outcome, text=text, act=self._act(case, by))
        return self.commit(case)

    def ask_supplement(
        self,
        case_id: UUID,
        step: str,
        items: Sequence[Mapping[str, Any]],
        *,
        note: str,
        by: Actor,
    ) -> int:
        case = self._case(case_id)
        case.ask(step, items, note=note, act=self._act(case, by))
        return self.commit(case)

    def case(self, case_id: UUID, *, by: Actor) -> dict[str, Any]:
        """A case as its applicant, the officers involved and auditors may see it."""
        case = self._case(case_id)
        case.require_visible(by)
        told = account(case, self._route_of(case), by=by)
        return told | {"clock": clock_account(case, self._act(case, by))}

    def case_of(self, dossier_id: UUID, *, by: Actor) -> dict[str, Any]:
        return self.case(Case.create_id(dossier_id), by=by)
