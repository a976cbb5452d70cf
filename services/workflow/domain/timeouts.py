"""Silence at a step: whoever has to act is reminded, then the law says what follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from services.workflow.domain.clock_state import Hold
from services.workflow.domain.decision import Decisions
from services.workflow.domain.duty import Duty
from services.workflow.domain.limits import counted
from services.workflow.domain.state import Act, CaseState
from services.workflow.domain.step import Effect, Silence, State, Step
from services.workflow.domain.supplement import Supplements
from shared.eventsourcing import Aggregate

FAILED = "fail"
LAST = 2  # reminders: one before the limit, one at it
RESTS = (Hold.SUSPENSION, Hold.DECREE)  # nobody's silence counts meanwhile


class Timeouts(Supplements, Decisions):
    def silence_duties(self, act: Act) -> Iterator[Duty]:
        """At each open step: a reminder before its limit, and what the limit does."""
        if not self.holds.keys().isdisjoint(RESTS):
            return
        for step in self.steps.values():
            if step.state == State.OPEN and step.silence:
                yield from self._duties_at(step, step.silence, act)

    def _duties_at(self, step: Step, silence: Silence, act: Act) -> Iterator[Duty]:
        limit = self.silence_ends(step, silence, act)
        if silence.remind_at and not step.reminders:
            rested = limit - silence.until
            yield Duty(silence.remind_at + rested, partial(self.remind, step, limit))
        match silence.effect:
            case "remind_then_suspend":
                if step.reminders < LAST:
                    yield Duty(limit, partial(self.remind, step, limit))
            case "supplement":
                if step.key not in self.drafts:
                    yield Duty(limit, partial(self._draft, step))
            case effect:
                yield Duty(limit, partial(self.end_by_silence, step, effect))

    def silence_ends(self, step: Step, silence: Silence, act: Act) -> datetime:
        """The limit as it was counted at the opening; later when the case rested."""
        rests = [
            each
            for each in self.stops_for(*RESTS)
            if each.until and each.until > silence.since
        ]
        if not rests:
            return silence.until
        calendar = act.calendar(step.unit)
        return counted(silence.since, silence.timeout, calendar, rests)

    def end_by_silence(self, step: Step, silence: str, act: Act) -> None:
        """Silence decides: the step is done, and the case goes on."""
        definition = act.route.definition_of(step.key)
        outcome = FAILED if silence == FAILED else act.route.usual_outcome(definition)
        follows = act.route.effect(definition, outcome)
        if follows == Effect.REFUSE and self.approval:
            follows = str(Effect.CONTINUE)  # what is decided no silence undoes
        self.trigger_event(
            self.StepTimedOut,
            step=step.key,
            unit=step.unit,
            role=step.role,
            silence=silence,
            outcome=outcome,
            effect=str(follows),
            timed_out_at=act.now,
        )
        if follows == Effect.REFUSE:
            self.stop_needless(definition, act)
        self.move_due_date("legal-time", act)
        self.proceed(act)

    class StepTimedOut(Aggregate.Event):
        """`silence` is accept or consent, or fail: what the law makes of it."""

        TOPIC = "workflow.case.step-timed-out"

        step: str
        unit: str
        role: str
        silence: str
        outcome: str
        effect: str
        timed_out_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            step = aggregate.steps[self.step]
            step.state, step.outcome, step.effect = (
                State.DONE,
                self.outcome,
                self.effect,
            )
            step.finished_by, step.finished_at = "system", self.timed_out_at
            aggregate.is_refused |= self.effect == Effect.REFUSE
            aggregate.ended_by(self.step, "system", self.silence, None)

    def _draft(self, step: Step, act: Act) -> None:
        self.draft_supplement(step.key, act=act)

    def remind(self, step: Step, limit: datetime, act: Act) -> None:
        """Whoever has to act at the step is told; at the limit, told again."""
        self.trigger_event(
            self.StepReminded,
            step=step.key,
            name=act.route.definition_of(step.key).name,
            unit=step.unit,
            role=step.role,
            deadline_at=limit,
            is_last=act.now >= limit,
            reminded_at=act.now,
        )

    class StepReminded(Aggregate.Event):
        """With `is_last` the limit is there: the agency leader may suspend now."""

        TOPIC = "workflow.case.step-reminded"

        step: str
        name: dict[str, str]
        unit: str
        role: str
        deadline_at: datetime
        is_last: bool
        reminded_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.steps[self.step].reminders = LAST if self.is_last else 1
