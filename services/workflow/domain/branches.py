"""Interlinked procedures: what is decided in one branch has a paper of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from services.workflow.domain.completion import Completion
from services.workflow.domain.decision import TOLD, Decisions
from services.workflow.domain.memory import Paper, Text
from services.workflow.domain.outcomes import REFUSAL
from services.workflow.domain.state import Act, CaseState
from services.workflow.domain.step import NOT_OURS, Effect, Step, StepDefinition
from services.workflow.errors import ReasonMissingError
from shared.eventsourcing import Aggregate
from shared.personal import Personal


class Branches(Decisions):
    def require_branch_reason(
        self, step: StepDefinition, effect: str, completion: Completion, act: Act
    ) -> None:
        """Who refuses a branch says why: its paper has to."""
        is_refused = effect == Effect.END_BRANCH and step.group in act.route.partial
        if is_refused and not completion.note.strip():
            raise ReasonMissingError(step.id)

    def decide_branch(self, step: Step, completion: Completion, act: Act) -> None:
        """The unit of a branch that ends answers for its result."""
        if not has_own_result(step, act):
            return
        self.trigger_event(
            self.BranchResultApproved,
            branch=step.key,
            **self.about(),
            legal_basis=act.route.definition["legal_basis"],
            outcome=outcome_of(step, act),
            unit=step.unit,
            due_at=self.due_at,
            proposed_by=act.by.subject,
            approved_by=act.by.subject,
            approver=Personal(act.by.subject, act.by.name),
            text=Personal(self.applicant, completion.note),
            on_behalf_of=act.by.on_behalf_of,
        )

    class BranchResultApproved(Aggregate.Event):
        TOPIC = "workflow.case.branch-result-approved"

        branch: str
        code: str
        procedure: str
        procedure_code: str
        procedure_name: dict[str, str]
        legal_basis: list[str]
        outcome: dict[str, Any]
        unit: str
        language: str
        received_at: datetime
        due_at: datetime
        proposed_by: str
        approved_by: str
        approver: Text
        text: Text
        presentation: Text
        on_behalf_of: str | None = None

        def apply(self, aggregate: CaseState) -> None:
            aggregate.branch_results[self.branch] = self.timestamp

    def record_branch_paper(self, paper_id: UUID, *, number: str, act: Act) -> None:
        """The result of a branch is sealed: one paper more in the package."""
        self.trigger_event(self.BranchPaperRecorded, paper_id=paper_id, number=number)
        self.proceed(act)

    class BranchPaperRecorded(Aggregate.Event):
        TOPIC = "workflow.case.branch-paper-recorded"

        paper_id: UUID
        number: str

        def apply(self, aggregate: CaseState) -> None:
            aggregate.branch_papers.append(Paper(self.paper_id, self.number))


def has_own_result(step: Step, act: Act) -> bool:
    """Of a group whose results may be partial: its last step, or one that refused."""
    definition = act.route.definition_of(step.key)
    is_ours = definition.group in act.route.partial and step.role not in NOT_OURS
    ends = act.route.ends_branch(definition) or step.effect == Effect.END_BRANCH
    return is_ours and ends


def outcome_of(step: Step, act: Act) -> dict[str, Any]:
    """The catalogue's outcome, named as the step or of a refusal; else a plain one."""
    is_granted = step.effect == Effect.CONTINUE
    name = act.route.definition_of(step.key).name
    for each in act.route.definition["outcomes"]:
        if each["code"] == step.id if is_granted else each["kind"] == REFUSAL:
            return {key: each[key] for key in TOLD}
    kind = "grant" if is_granted else REFUSAL
    plain = {"code": step.id, "kind": kind, "title": name}
    return dict.fromkeys(TOLD) | plain
