"""Working on steps: taking one, handing it out, finishing it."""

from __future__ import annotations

from datetime import datetime

from services.workflow.domain.branches import Branches
from services.workflow.domain.completion import Completion as Completion
from services.workflow.domain.consultation import Consultations
from services.workflow.domain.decision import Decisions, refusal
from services.workflow.domain.facts import expected, require_valid
from services.workflow.domain.memory import Text
from services.workflow.domain.outcomes import REFUSAL
from services.workflow.domain.route import Route
from services.workflow.domain.state import Act, CaseState
from services.workflow.domain.step import Effect, Step, StepDefinition
from services.workflow.errors import (
    FeesUnpaidError,
    HandOverNeededError,
    ItemsMissingError,
    NothingProposedError,
    OutcomeUnknownError,
    PaymentOpenError,
    ReasonMissingError,
    ResultNotSignedError,
    SupplementOpenError,
)
from shared.actor import require_stepped_up
from shared.eventsourcing import Aggregate


class StepWork(Branches, Consultations, Decisions):
    def claim(self, key: str, *, act: Act) -> None:
        """Take this step: nobody else works on it from now on."""
        self.require_worker(self.open_step(key), act.by)
        self.give(key, act.by.subject, act)

    def assign(self, key: str, assignee: str, *, act: Act) -> None:
        """Give this step to an officer, even from another. A leader of the unit may."""
        step = self.open_step(key)
        self.require_leader_of(step, act.by)
        self.give(key, assignee, act)

    def give(self, key: str, assignee: str, act: Act) -> None:
        self.trigger_event(
            self.StepAssigned,
            step=key,
            assignee=assignee,
            assigned_by=act.by.subject,
            assigned_at=act.now,
        )

    class StepAssigned(Aggregate.Event):
        TOPIC = "workflow.case.step-assigned"

        step: str
        assignee: str
        assigned_by: str
        assigned_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            step = aggregate.steps[self.step]
            step.assignee, step.assigned_at = self.assignee, self.assigned_at
            step.assigned_by = self.assigned_by
            aggregate.taken_by(self.step, self.assignee)

    def finish(self, key: str, completion: Completion, *, act: Act) -> None:
        """End a step with one of its outcomes; what follows from it happens at once."""
        step, definition = self.open_step(key), act.route.definition_of(key)
        self.require_worker(step, act.by)
        if key in self.consultations:
            return self.answer(step, completion, act)
        effect = effect_of(completion.outcome, definition, act.route)
        self._require_requirements(definition, act)
        require_valid(
            completion.facts,
            expected(definition, act.route, self.known_facts),
            step=step.id,
            is_final=effect in (Effect.CONTINUE, Effect.END_BRANCH),
        )
        if effect == Effect.REPEAT:
            return self._repeat(step, completion, act)
        self._require_answers(step, effect, act)
        if effect == Effect.REFUSE:
            self._ensure_refusal(definition, completion.note, act)
        return self._end(step, completion, effect, act)

    def _require_answers(self, step: Step, effect: str, act: Act) -> None:
        """Nobody who was asked, and still has time, is passed over."""
        self.require_consulted(step, act)
        if effect == Effect.REFUSE and self.asked:
            raise SupplementOpenError(str(self.id), self.applicant, self.asked.since)
        if effect == Effect.REFUSE and self.payment:
            raise PaymentOpenError(str(self.id), self.applicant, self.payment.since)

    def _end(self, step: Step, completion: Completion, effect: str, act: Act) -> None:
        definition = act.route.definition_of(step.key)
        if definition.is_approval:
            self.require_approvable(act)
            require_stepped_up(act.by)
        self.require_branch_reason(definition, effect, completion, act)
        self.record(step, completion, effect=effect, act=act)
        if effect == Effect.REFUSE:
            self.stop_needless(definition, act)
        self.drop_consultations()
        if definition.is_approval:
            self.approve(step, act)
        self.decide_branch(step, completion, act)
        self.move_due_date("legal-time", act)
        self.proceed(act)

    def _repeat(self, step: Step, completion: Completion, act: Act) -> None:
        """The step is to be done again, by the same officer."""
        self.trigger_event(
            self.StepRepeated,
            step=step.key,
            outcome=completion.outcome,
            note=self.personal(completion.note),
            repeated_by=act.by.subject,
            repeated_at=act.now,
        )

    class StepRepeated(Aggregate.Event):
        TOPIC = "workflow.case.step-repeated"

        step: str
        outcome: str
        note: Text | None
        repeated_by: str
        repeated_at: datetime

    def _ensure_refusal(self, definition: StepDefinition, note: str, act: Act) -> None:
        """A refusal stands on a proposal; the note of who refuses becomes one."""
        self.require_undecided()
        if self.proposal and self.proposal.kind == REFUSAL:
            return
        if definition.is_approval:
            raise NothingProposedError(str(self.id))
        outcome = refusal(act)
        if not note.strip():
            raise ReasonMissingError(definition.id)
        self.propose_outcome(outcome, note, act)

    def _require_requirements(self, definition: StepDefinition, act: Act) -> None:
        if definition is act.route.last:
            raise HandOverNeededError(definition.id)
        if "fees_settled" in definition.requires and not self.fees_settled:
            raise FeesUnpaidError(definition.id)
        if "result_signed" in definition.requires and self.paper is None:
            raise ResultNotSignedError(definition.id)


def effect_of(outcome: str, definition: StepDefinition, route: Route) -> str:
    """What this choice of the officer leads to; a supplement is asked item by item."""
    if outcome not in definition.outcomes:
        raise OutcomeUnknownError(definition.id, outcome)
    effect = route.effect(definition, outcome)
    if effect == Effect.SUPPLEMENT:
        raise ItemsMissingError(definition.id)
    return effect
