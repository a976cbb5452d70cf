"""Working on steps: taking one, handing it out, finishing it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.workflow.domain.deadline import Deadline
from services.workflow.domain.decision import REFUSAL, Decisions, refusal
from services.workflow.domain.facts import require_valid
from services.workflow.domain.route import Route
from services.workflow.domain.state import Act, CaseState, Text
from services.workflow.domain.step import NOT_OURS, Effect, State, Step, StepDefinition
from services.workflow.errors import (
    AlreadyDecidedError,
    FeesUnpaidError,
    HandOverNeededError,
    ItemsMissingError,
    NothingProposedError,
    OutcomeUnknownError,
    ReasonMissingError,
    ResultNotSignedError,
)
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate


@dataclass(frozen=True)
class Completion:
    """How an officer ends a step: its outcome, a note, and what was found out."""

    outcome: str = "ok"
    note: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


class StepWork(Decisions, Deadline):
    def claim(self, key: str, *, act: Act) -> None:
        """Take this step: nobody else works on it from now on."""
        self.require_worker(self.open_step(key), act.by)
        self._assign(key, act.by.subject, act)

    def assign(self, key: str, assignee: str, *, act: Act) -> None:
        """Give this step to an officer, even from another. A leader of the unit may."""
        step = self.open_step(key)
        is_leader = act.by.has("unit_leader", "agency_leader")
        if not is_leader or act.by.agency != step.unit:
            raise NotAllowedError(key)
        self._assign(key, assignee, act)

    def _assign(self, key: str, assignee: str, act: Act) -> None:
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

    def finish(self, key: str, completion: Completion, *, act: Act) -> None:
        """End a step with one of its outcomes; what follows from it happens at once."""
        step, definition = self.open_step(key), act.route.definition_of(key)
        self.require_worker(step, act.by)
        effect = effect_of(completion.outcome, definition, act.route)
        self._require_requirements(definition, act)
        require_valid(
            completion.facts,
            step=definition,
            route=act.route,
            is_final=effect in (Effect.CONTINUE, Effect.END_BRANCH),
        )
        if effect == Effect.REPEAT:
            return self._repeat(step, completion, act)
        if effect == Effect.REFUSE:
            self._ensure_refusal(definition, completion.note, act)
        return self._end(step, completion, effect, act)

    def _end(self, step: Step, completion: Completion, effect: str, act: Act) -> None:
        definition = act.route.definition_of(step.key)
        if definition.is_approval:
            self.require_approvable(act)
        self.record(step, completion, effect=effect, act=act)
        if effect == Effect.REFUSE:
            self.stop_needless(definition, act)
        if definition.is_approval:
            self.approve(step, act)
        self.move_due_date("legal-time", act)
        self.proceed(act)

    def record(
        self, step: Step, completion: Completion, *, effect: str, act: Act
    ) -> None:
        self.trigger_event(
            self.StepFinished,
            step=step.key,
            unit=step.unit,
            role=step.role,
            outcome=completion.outcome,
            effect=str(effect),
            note=self.personal(completion.note),
            facts=self.personal(findings(completion)),
            finished_by=act.by.subject,
            finished_at=act.now,
        )

    class StepFinished(Aggregate.Event):
        TOPIC = "workflow.case.step-finished"

        step: str
        unit: str
        role: str
        outcome: str
        effect: str
        note: Text | None
        facts: Text | None
        finished_by: str
        finished_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            new = Step(self.step, self.unit, self.role, opened_at=self.finished_at)
            step = aggregate.steps.setdefault(self.step, new)
            step.state, step.outcome, step.effect = (
                State.DONE,
                self.outcome,
                self.effect,
            )
            step.finished_by, step.finished_at = self.finished_by, self.finished_at
            step.note = self.note
            if self.facts:
                aggregate.facts.append(self.facts)
            aggregate.is_refused |= self.effect == Effect.REFUSE
            if self.role not in NOT_OURS:
                aggregate.last_unit = self.unit

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
        if self.approval:
            raise AlreadyDecidedError(str(self.id))
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


def findings(completion: Completion) -> str:
    return json.dumps(dict(completion.facts)) if completion.facts else ""


def effect_of(outcome: str, definition: StepDefinition, route: Route) -> str:
    """What this choice of the officer leads to; a supplement is asked item by item."""
    if outcome not in definition.outcomes:
        raise OutcomeUnknownError(definition.id, outcome)
    effect = route.effect(definition, outcome)
    if effect == Effect.SUPPLEMENT:
        raise ItemsMissingError(definition.id)
    return effect
