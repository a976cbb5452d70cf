"""How a case goes on: steps open, or turn out to be needless."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.workflow.domain.deadline import Deadline
from services.workflow.domain.route import Move, Opening, Skipping
from services.workflow.domain.state import Act, CaseState
from services.workflow.domain.step import (
    Effect,
    Silence,
    State,
    Step,
    StepDefinition,
)
from shared.directory import Unit
from shared.eventsourcing import Aggregate
from shared.statuses import Status


class Progress(Deadline):
    def advance(self, act: Act) -> None:
        """Open what can be opened, skip what is needless, until nothing moves.

        A step that stops the whole dossier waits while something else does.
        """
        place = act.route.directory.unit(self.unit)
        while moves := self._moves(act, place):
            for move in filter(self._may_move, moves):
                if isinstance(move, Opening):
                    self.open(move, act)
                else:
                    self.skip(move.key, move.effect)

    def _moves(self, act: Act, place: Unit) -> list[Move]:
        moves = act.route.moves(self.steps, self.names(act), place)
        return list(filter(self._may_move, moves))

    def _may_move(self, move: Move) -> bool:
        """Branches of one step open side by side, whatever its status is."""
        together = (Status.ACCEPTED, Status.IN_PROGRESS, move.step.status)
        is_skipped = isinstance(move, Skipping)
        return is_skipped or not move.step.rests or self.status in together

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
            aggregate.has_begun = True
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
            aggregate.handed_to(self.step, self.unit, self.opened_at)

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
        """`effect` tells why: continue by its condition, or what made it needless."""

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
                aggregate.taken_away(self.step, self.effect)
                aggregate.await_no_more(self.step, self.timestamp)
