"""The end of a step: its outcome, who ended it, and what was found out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.workflow.domain.memory import Text
from services.workflow.domain.progress import Progress
from services.workflow.domain.state import Act, CaseState
from services.workflow.domain.step import NOT_OURS, Effect, State, Step
from shared.eventsourcing import Aggregate


@dataclass(frozen=True)
class Completion:
    """How an officer ends a step: its outcome, a note, and what was found out."""

    outcome: str = "ok"
    note: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


class Completions(Progress):
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
            on_behalf_of=act.by.on_behalf_of,
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
        on_behalf_of: str | None = None

        def apply(self, aggregate: CaseState) -> None:
            step = aggregate.steps.get(self.step) or self.begun(aggregate)
            step.state, step.outcome = State.DONE, self.outcome
            step.effect, step.note = self.effect, self.note
            step.finished_by, step.finished_at = self.finished_by, self.finished_at
            step.on_behalf_of = self.on_behalf_of
            if self.facts:
                aggregate.facts.append(self.facts)
            aggregate.is_refused |= self.effect == Effect.REFUSE
            if self.role not in NOT_OURS and self.step not in aggregate.consultations:
                aggregate.last_unit = self.unit
            aggregate.ended_by(self.step, self.finished_by, self.outcome, self.note)

        def begun(self, aggregate: CaseState) -> Step:
            """By accepting the dossier its first step was done without having begun."""
            step = Step(self.step, self.unit, self.role, opened_at=self.finished_at)
            aggregate.steps[self.step] = step
            aggregate.handed_to(self.step, self.unit, self.finished_at)
            return step


def findings(completion: Completion) -> str:
    return json.dumps(dict(completion.facts)) if completion.facts else ""
