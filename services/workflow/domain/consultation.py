"""Other minds: units that are consulted, and colleagues who give their opinion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.workflow.domain.completion import Completion
from services.workflow.domain.decision import Decisions
from services.workflow.domain.memory import Consultation, Opinion, Text
from services.workflow.domain.route import Opening
from services.workflow.domain.state import Act, CaseState
from services.workflow.domain.step import Effect, State, Step
from services.workflow.errors import (
    ConsultationOpenError,
    LimitInvalidError,
    OpinionMissingError,
    QuestionMissingError,
    StatusForbidsError,
    StepNotOpenError,
    UnitUnknownError,
)
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate

UNITS_OF_TIME = ("working_day", "day")


@dataclass(frozen=True)
class Question:
    """What is asked of which units, and how much time they have to answer."""

    units: tuple[str, ...]
    text: str
    value: int
    unit: str


class Consultations(Decisions):
    def consult(self, key: str, question: Question, *, act: Act) -> None:
        """Ask other units; each answers by its own deadline, or its silence does."""
        step = self.open_step(key)
        self.require_worker(step, act.by)
        self._require_askable_of(step, question, act)
        for unit in dict.fromkeys(question.units):
            self._ask_unit(unit, step, question, act)
        self.mind_clock(act)

    def _ask_unit(self, unit: str, step: Step, question: Question, act: Act) -> None:
        key = f"{act.route.consultation.id}:{len(self.consultations) + 1}"
        self.trigger_event(
            self.ConsultationAsked,
            step=step.key,
            consultation=key,
            unit=unit,
            question=self.personal(question.text),
            asked_by=act.by.subject,
            asked_at=act.now,
        )
        limit = {"value": question.value, "unit": question.unit, "effect": "accept"}
        definition = replace(act.route.consultation, timeout=limit)
        self.open(Opening(key, definition, unit), act)

    class ConsultationAsked(Aggregate.Event):
        TOPIC = "workflow.case.consultation-asked"

        step: str
        consultation: str
        unit: str
        question: Text
        asked_by: str
        asked_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.consultations[self.consultation] = Consultation(
                self.step, self.unit, self.question, self.asked_by, self.asked_at
            )

    def answer(self, step: Step, completion: Completion, act: Act) -> None:
        """The opinion of the unit that was asked."""
        if not completion.note.strip():
            raise OpinionMissingError(step.key)
        opinion = Completion(note=completion.note)
        self.record(step, opinion, effect=Effect.CONTINUE, act=act)
        self.proceed(act)

    def cancel_consultation(self, key: str, *, reason: str, act: Act) -> None:
        """Whoever asked wants no answer any more."""
        consultation = self.consultations.get(key)
        if consultation is None:
            raise StepNotOpenError(key)
        asking = self.steps.get(consultation.step)
        if asking is None or not self.may_do(asking, act.by):
            raise NotAllowedError(key)
        self.open_step(key)
        self.skip(key, Effect.CANCELLED)
        self.trigger_event(
            self.ConsultationCancelled,
            consultation=key,
            reason=self.personal(reason),
            cancelled_by=act.by.subject,
            cancelled_at=act.now,
        )
        self.mind_clock(act)

    class ConsultationCancelled(Aggregate.Event):
        TOPIC = "workflow.case.consultation-cancelled"

        consultation: str
        reason: Text | None
        cancelled_by: str
        cancelled_at: datetime

    def require_consulted(self, step: Step, act: Act) -> None:
        """All units that were asked at this step have answered, or their time is up."""
        awaited = [
            {"unit": each.unit, "since": said(each.opened_at), "deadline_at": said(end)}
            for each in self._asked_at(step)
            if (end := each.deadline_at) and end > act.now
        ]
        if awaited:
            raise ConsultationOpenError(step.key, awaited)

    def drop_consultations(self) -> None:
        """What nobody waits for any more needs no answer."""
        for key, each in self.consultations.items():
            asking = self.steps.get(each.step)
            is_needless = asking is None or asking.is_settled
            if is_needless and self.steps[key].state == State.OPEN:
                self.skip(key, Effect.CANCELLED)

    def _asked_at(self, step: Step) -> Iterable[Step]:
        keys = (key for key, x in self.consultations.items() if x.step == step.key)
        return [self.steps[key] for key in keys if self.steps[key].state == State.OPEN]

    def _require_askable_of(self, step: Step, question: Question, act: Act) -> None:
        if step.key in self.consultations:
            raise NotAllowedError(step.key)
        if self.is_over:
            raise StatusForbidsError(step.key, int(self.status))
        if not question.text.strip():
            raise QuestionMissingError(step.key)
        known = {each.id for each in act.route.directory.units} - {step.unit}
        if not question.units or set(question.units) - known:
            raise UnitUnknownError(step.key)
        if question.value < 1 or question.unit not in UNITS_OF_TIME:
            raise LimitInvalidError(step.key)

    def add_co_handler(self, key: str, officer: str, *, act: Act) -> None:
        """Have a colleague give an opinion at this step. A leader of the unit may."""
        step = self.open_step(key)
        self.require_leader_of(step, act.by)
        self.trigger_event(
            self.CoHandlerAdded,
            step=key,
            officer=officer,
            added_by=act.by.subject,
            added_at=act.now,
        )

    class CoHandlerAdded(Aggregate.Event):
        TOPIC = "workflow.case.co-handler-added"

        step: str
        officer: str
        added_by: str
        added_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            step = aggregate.steps[self.step]
            step.co_handlers = [*dict.fromkeys([*step.co_handlers, self.officer])]

    def give_opinion(self, key: str, text: str, *, act: Act) -> None:
        """Say what a co-handler thinks; whoever has the step decides."""
        step = self.open_step(key)
        if act.by.kind != "staff" or act.by.subject not in step.co_handlers:
            raise NotAllowedError(key)
        if not text.strip():
            raise OpinionMissingError(key)
        self.trigger_event(
            self.OpinionGiven,
            step=key,
            opinion=self.personal(text),
            given_by=act.by.subject,
            given_at=act.now,
        )

    class OpinionGiven(Aggregate.Event):
        TOPIC = "workflow.case.opinion-given"

        step: str
        opinion: Text
        given_by: str
        given_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.opinions.append(
                Opinion(self.step, self.opinion, self.given_by, self.given_at)
            )


def said(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
