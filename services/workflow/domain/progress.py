"""How a case goes on: steps open, or turn out to be needless."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.workflow.domain.deadline import Deadline
from services.workflow.domain.route import Opening
from services.workflow.domain.state import Act, CaseState
from services.workflow.domain.step import (
    Effect,
    Silence,
    State,
    Step,
    StepDefinition,
)
from shared.eventsourcing import Aggregate


class Progress(Deadline):
    def advance(self, act: Act) -> None:
        """Open what can be opened, skip what is needless, until nothing moves."""
        place = act.route.directory.unit(self.unit)
        while moves := act.route.moves(self.steps, self.names(act), place):
            for move in moves:
                if isinstance(move, Opening):
                    self.open(move, act)
                else:
                    self.skip(move.key, move.effect)

    def open(self, opening: Opening, act: Act) -> None:
        self.trigger_event(
            self.StepOpened,
            step=opening.key,
            name=opening.step.name,
            unit=opening.unit,
            role=opening.step.role,
            status=opening.step.status,
            opened_at=act.now,
            due_at=self.due_at,
            **self.deadlines_of(opening, act),
        )

    class StepOpened(Aggregate.Event):
        TOPIC = "workflow.case.step-opened"

        step: str
        name: dict[str, str]
        unit: str
        role: str
        status: int
        opened_at: datetime
        due_at: datetime | None = None
        clock: str = "counts"
        deadline_at: datetime | None = None
        timeout: dict[str, Any] | None = None
        timeout_at: datetime | None = None
        remind_at: datetime | None = None

        def apply(self, aggregate: CaseState) -> None:
            aggregate.steps[self.step] = Step(
                self.step,
                self.unit,
                self.role,
                status=self.status,
                opened_at=self.opened_at,
                deadline_at=self.deadline_at,
                silence=Silence(
                    self.timeout, self.opened_at, self.timeout_at, self.remind_at
                )
                if self.timeout and self.timeout_at
                else None,
            )

    def stop_needless(self, refused: StepDefinition, act: Act) -> None:
        """After a refusal only what signs, numbers and hands it over goes on."""
        for definition in act.route.needless_after_refusal(refused):
            begun = [each for each in self.steps.values() if each.id == definition.id]
            for step in begun or [Step(definition.id, "", definition.role)]:
                if not step.is_settled:
                    self.skip(step.key, Effect.REFUSE)

    def skip(self, key: str, effect: str) -> None:
        step = self.steps.get(key)
        unit = step.unit if step else ""
        self.trigger_event(self.StepSkipped, step=key, unit=unit, effect=str(effect))

    class StepSkipped(Aggregate.Event):
        """`effect` tells why: continue by its condition, else what was refused."""

        TOPIC = "workflow.case.step-skipped"

        step: str
        unit: str
        effect: str

        def apply(self, aggregate: CaseState) -> None:
            skipped = Step(self.step, self.unit, "", state=State.SKIPPED)
            step = aggregate.steps.setdefault(self.step, skipped)
            step.effect = self.effect
            if step.state != State.SKIPPED:
                step.state = State.STOPPED
