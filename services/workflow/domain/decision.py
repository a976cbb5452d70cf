"""The result: proposed by one person, approved by another, sealed, released."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.workflow.domain.clock import Clock
from services.workflow.domain.completion import Completion, Completions
from services.workflow.domain.memory import Approval, Paper, Proposal, Text
from services.workflow.domain.outcomes import GRANTS, REFUSAL, decisive
from services.workflow.domain.route import Opening
from services.workflow.domain.state import Act, CaseState
from services.workflow.domain.step import STAND_INS, Effect, State, Step
from services.workflow.errors import (
    AlreadyRefusedError,
    ChecksFailedError,
    NothingProposedError,
    OutcomeUnknownError,
    SamePersonError,
    WithdrawalUndecidedError,
)
from shared.actor import SYSTEM, Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.expressions import evaluate
from shared.personal import Personal
from shared.statuses import Status

TOLD = ("code", "kind", "title", "signer", "form", "number_format", "validity_months")


class Decisions(Completions, Clock):
    def propose(self, key: str, outcome: str, *, text: str, act: Act) -> None:
        """Say how the dossier should end, and what the decision should say."""
        self.require_proposer_at(self.open_step(key), act)
        found = proposable(outcome, act)
        self._require_proposable(found["kind"])
        self._require_grantable(found["kind"], act)
        self.propose_outcome(found, text, act)

    def propose_outcome(self, outcome: dict[str, Any], text: str, act: Act) -> None:
        self.trigger_event(
            self.ResultProposed,
            outcome={key: outcome[key] for key in TOLD},
            text=Personal(self.applicant, text),
            proposed_by=act.by.subject,
            proposed_at=act.now,
            on_behalf_of=act.by.on_behalf_of,
        )

    class ResultProposed(Aggregate.Event):
        TOPIC = "workflow.case.result-proposed"

        outcome: dict[str, Any]
        text: Text
        proposed_by: str
        proposed_at: datetime
        on_behalf_of: str | None = None

        def apply(self, aggregate: CaseState) -> None:
            aggregate.proposal = Proposal(
                self.outcome,
                self.text,
                self.proposed_by,
                self.proposed_at,
                self.on_behalf_of,
            )

    def require_approvable(self, act: Act) -> None:
        """Four eyes: somebody else has proposed, and nothing stands against it.

        A deputy and the one he stands for count as one person.
        """
        if self.proposal is None:
            raise NothingProposedError(str(self.id))
        if not self.proposal.people.isdisjoint({act.by.subject, act.by.on_behalf_of}):
            raise SamePersonError(str(self.id))
        if self.withdrawal_wished_at:
            since = self.withdrawal_wished_at
            raise WithdrawalUndecidedError(str(self.id), self.applicant, since)
        self._require_unrefused(self.proposal.kind)
        self._require_grantable(self.proposal.kind, act)

    def approve(self, step: Step, act: Act) -> None:
        """Answer for the result. Where several sign, the last signature decides."""
        if self.approval or not act.route.has_all_approvals(self.steps):
            return
        self.trigger_event(
            self.ResultApproved,
            step=step.key,
            unit=step.unit,
            approved_by=act.by.subject,
            approver=Personal(act.by.subject, act.by.name),
            approved_at=act.now,
            on_behalf_of=act.by.on_behalf_of,
        )

    class ResultApproved(Aggregate.Event):
        TOPIC = "workflow.case.result-approved"

        step: str
        unit: str
        approved_by: str
        approver: Text
        approved_at: datetime
        on_behalf_of: str | None = None

        def apply(self, aggregate: CaseState) -> None:
            aggregate.approval = Approval(
                self.step,
                self.unit,
                self.approved_by,
                self.approver,
                self.approved_at,
                self.on_behalf_of,
            )

    def proceed(self, act: Act) -> None:
        """Whatever follows now: steps, the approval, the paper, the release.

        A case that rests goes on when it is resumed; one that has ended, never.
        """
        if self.suspension or self.is_ended:
            return
        self.advance(act)
        while self._end_paid_steps(act):
            self.advance(act)
        self._request_decision(act)
        self._conclude(act)
        self.mind_clock(act)

    def _end_paid_steps(self, act: Act) -> bool:
        """A step that waits for money ends by itself when nothing remains to pay."""
        paid = [
            each
            for each in self.steps.values()
            if each.state == State.OPEN and each.status == Status.PAYMENT_ASKED
        ]
        if self.payment or not self.fees_settled:
            return False
        for step in paid:
            definition = act.route.definition_of(step.key)
            done = Completion(act.route.usual_outcome(definition))
            by_itself = replace(act, by=SYSTEM)
            self.record(step, done, effect=Effect.CONTINUE, act=by_itself)
        return bool(paid)

    def _conclude(self, act: Act) -> None:
        """Released when all its papers are sealed: one package, one date."""
        route, approval, last = act.route, act.route.approval, act.route.last
        has_branches = len(self.branch_papers) >= len(self.branch_results)
        is_last = route.has_reached_last(self.steps) and last.id not in self.steps
        if not self.approval and approval.id not in self.steps:
            if route.has_reached_paper(self.steps):
                self.open(Opening(approval.id, approval, self.last_unit), act)
        elif self.paper and has_branches and is_last:
            place = route.directory.unit(self.unit)
            self.open(route.opening(last, place), act)
            self._release(self.paper, self.steps[last.id])

    def _request_decision(self, act: Act) -> None:
        """Have the paper made, once a clerk has dealt with the approved result."""
        if not self.approval or not self.proposal or self.is_requested:
            return
        if act.route.is_numbered(self.approval.step, self.steps):
            self.trigger_event(
                self.DecisionRequested,
                **self.about(),
                legal_basis=act.route.definition["legal_basis"],
                outcome=self.proposal.outcome,
                unit=self.approval.unit,
                due_at=self.due_at,
                proposed_by=self.proposal.by,
                approved_by=self.approval.by,
                approver=self.approval.approver,
                text=self.proposal.text,
                on_behalf_of=self.approval.on_behalf_of,
            )

    class DecisionRequested(Aggregate.Event):
        TOPIC = "workflow.case.decision-requested"

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
            aggregate.is_requested, aggregate.requested_at = True, self.timestamp

    def record_paper(self, paper_id: UUID, *, number: str, act: Act) -> None:
        """The decision is sealed and has its number."""
        self.trigger_event(self.PaperRecorded, paper_id=paper_id, number=number)
        self.proceed(act)

    class PaperRecorded(Aggregate.Event):
        TOPIC = "workflow.case.paper-recorded"

        paper_id: UUID
        number: str

        def apply(self, aggregate: CaseState) -> None:
            aggregate.paper = Paper(self.paper_id, self.number)

    def _release(self, paper: Paper, last: Step) -> None:
        outcome = self.proposal.outcome if self.proposal else {}
        self.trigger_event(
            self.ResultReleased,
            outcome=outcome["code"],
            outcome_kind=outcome["kind"],
            outcome_title=outcome["title"],
            paper_id=paper.id,
            unit=last.unit,
        )

    class ResultReleased(Aggregate.Event):
        TOPIC = "workflow.case.result-released"

        outcome: str
        outcome_kind: str
        outcome_title: dict[str, str]
        paper_id: UUID
        unit: str

        def apply(self, aggregate: CaseState) -> None:
            aggregate.is_released, aggregate.processed_at = True, self.timestamp

    def require_proposer_at(self, step: Step, act: Act) -> None:
        """Whoever has the step; where a leader is to sign, those who advise him."""
        if act.route.definition_of(step.key).is_approval:
            self._require_adviser(step, act.by)
        else:
            self.require_worker(step, act.by)

    def _require_adviser(self, step: Step, by: Actor) -> None:
        """Where a leader is to sign: his officers, and who worked on the case."""
        has_worked = by.subject in {each.finished_by for each in self.steps.values()}
        is_of_unit = by.agency == step.unit and by.has(*STAND_INS, "unit_leader")
        if by.kind != "staff" or not (has_worked or is_of_unit):
            raise NotAllowedError(step.key)

    def _require_proposable(self, kind: str) -> None:
        self.require_undecided()
        self._require_unrefused(kind)

    def _require_unrefused(self, kind: str) -> None:
        """A refused step, be it by silence, leaves nothing to be granted."""
        if self.is_refused and kind != REFUSAL:
            raise AlreadyRefusedError(str(self.id))

    def _require_grantable(self, kind: str, act: Act) -> None:
        """Nothing is granted against a rule that the review has to enforce."""
        if kind not in GRANTS:
            return
        names = self.names(act)
        failed = [
            {"check": each["id"], "code": each["id"], "message": each["message"]}
            for each in act.route.definition["checks"]
            if each["stage"] == "review" and each["severity"] == "error"
            if not evaluate(each["rule"], names)
        ]
        if failed:
            raise ChecksFailedError(str(self.id), failed)


def proposable(code: str, act: Act) -> dict[str, Any]:
    """The outcome of this code, if it decides on what the applicant wants."""
    for outcome in decisive(act.route.definition):
        if outcome["code"] == code:
            return outcome
    raise OutcomeUnknownError(code)


def refusal(act: Act) -> dict[str, Any]:
    """The outcome by which this procedure refuses."""
    found = decisive(act.route.definition)
    return next(each for each in found if each["kind"] == REFUSAL)
