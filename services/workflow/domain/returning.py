"""The way back: a step is done again, by who did it, because somebody asks for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.workflow.domain.memory import RESULT, Decided, Text
from services.workflow.domain.route import Opening
from services.workflow.domain.state import Act, CaseState, require_grounds
from services.workflow.domain.step import NOT_OURS, Effect, State, Step
from services.workflow.domain.steps import StepWork
from services.workflow.domain.way_back import receivers, step_before, undone_with
from services.workflow.errors import (
    ReasonMissingError,
    ReceiverActedError,
    ResultUnderwayError,
    StepNotFinishedError,
)
from shared.actor import Actor, require_stepped_up
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Personal

REVOKERS = ("clerk", "agency_leader")


class WayBack(StepWork):
    def send_back(self, key: str, *, note: str, act: Act) -> None:
        """What came here cannot be worked with: its sender does it again."""
        step = self.open_step(key)
        before, taken = self.require_returnable(step, act)
        if not note.strip():
            raise ReasonMissingError(key)
        self._clear(taken, before)
        self.trigger_event(
            self.StepSentBack,
            step=key,
            to=before.key,
            taken=taken,
            note=self.personal(note),
            sent_by=act.by.subject,
            sent_at=act.now,
            on_behalf_of=act.by.on_behalf_of,
        )
        self._begin_again(before, act)

    class StepSentBack(Aggregate.Event):
        """`taken` are the steps that will open again when their turn comes."""

        TOPIC = "workflow.case.step-sent-back"

        step: str
        to: str
        taken: list[str]
        note: Text
        sent_by: str
        sent_at: datetime
        on_behalf_of: str | None = None

        def apply(self, aggregate: CaseState) -> None:
            aggregate.sent_back(self.step, self.sent_by, self.note)
            aggregate.take_out(self.taken)

    def recall(self, key: str, *, act: Act) -> None:
        """Take back what one has finished, while nobody behind has acted."""
        step, taken = self.require_recallable(key, act)
        self._clear(taken, step)
        self.trigger_event(
            self.StepRecalled,
            step=key,
            taken=taken,
            recalled_by=act.by.subject,
            recalled_at=act.now,
        )
        self._begin_again(step, act)

    class StepRecalled(Aggregate.Event):
        TOPIC = "workflow.case.step-recalled"

        step: str
        taken: list[str]
        recalled_by: str
        recalled_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.take_out(self.taken)

    def withdraw_result(self, reason: str, legal_basis: str, *, act: Act) -> None:
        """Call a sealed result back before its applicant has it: decide again."""
        if not act.by.has(*REVOKERS) or not self.is_handled_by(act.by):
            raise NotAllowedError(str(self.id))
        self.require_transition("T16", RESULT)
        if not self.paper or not self.approval:
            raise self.forbidden(RESULT)
        require_grounds(reason, legal_basis)
        require_stepped_up(act.by)
        approving = self.steps[self.approval.step]
        taken = self._undone_after(approving, act)
        self._clear(taken, approving)
        self.trigger_event(
            self.ResultWithdrawn,
            step=approving.key,
            paper_id=self.paper.id,
            taken=taken,
            reason=Personal(self.applicant, reason),
            legal_basis=legal_basis,
            withdrawn_by=act.by.subject,
            withdrawn_at=act.now,
        )
        self._begin_again(approving, act)

    class ResultWithdrawn(Aggregate.Event):
        TOPIC = "workflow.case.result-withdrawn"

        step: str
        paper_id: UUID
        taken: list[str]
        reason: Text
        legal_basis: str
        withdrawn_by: str
        withdrawn_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.paper, aggregate.is_requested = None, False
            aggregate.decided[RESULT] = Decided(self.withdrawn_by, self.withdrawn_at)
            aggregate.is_released, aggregate.processed_at = False, None
            aggregate.take_out(self.taken)

    def require_returnable(self, step: Step, act: Act) -> tuple[Step, list[str]]:
        """To whom it would go back, and what would be taken out with it."""
        self.require_worker(step, act.by)
        self.require_transition("T10")
        before = step_before(step, act.route, self.steps)
        return before, self._taken_with(before, act, sender=step)

    def require_recallable(self, key: str, act: Act) -> tuple[Step, list[str]]:
        """One's own step, and what would be taken out with it."""
        step = self._own_step(key, act.by)
        self.require_transition("T15")
        taken = self._taken_with(step, act)
        self._require_untouched(step, act)
        return step, taken

    def _own_step(self, key: str, by: Actor) -> Step:
        """What this person has finished, or whom he stands for."""
        step = self.steps.get(key)
        if not self.is_involved(by):
            raise NotAllowedError(key)
        self.require_awake()
        self.require_alive()
        if step is None or step.state != State.DONE or key in self.consultations:
            raise StepNotFinishedError(key)
        own = {by.subject, by.on_behalf_of}
        if own.isdisjoint({step.finished_by, step.on_behalf_of or step.finished_by}):
            raise NotAllowedError(key)
        return step

    def _taken_with(
        self, step: Step, act: Act, *, sender: Step | None = None
    ) -> list[str]:
        """What has to be done again with this step, unless a paper says it already."""
        taken = undone_with(step, act.route, self.steps, sender=sender)
        approved = self.approval.step if self.approval else None
        numbers = act.route.definition_of(step.key).numbers_results
        if self.is_requested and (numbers or approved in taken):
            raise ResultUnderwayError(step.key)
        if not self.branch_results.keys().isdisjoint(taken):
            raise ResultUnderwayError(step.key)
        return taken

    def _undone_after(self, approving: Step, act: Act) -> list[str]:
        """The approval, the numbering, what leads there, and what needs the paper."""
        route = act.route
        after = route.downstream(approving.id)
        numbering = [each for each in after if each.numbers_results]
        between = {
            each.id
            for each in after
            if any(number in route.downstream(each.id) for number in numbering)
        }
        ids = {*route.after_paper, route.last.id, *between}
        ids |= {each.id for each in numbering}
        return [approving.key, *(k for k, step in self.steps.items() if step.id in ids)]

    def _require_untouched(self, step: Step, act: Act) -> None:
        """No receiver has taken it, ended it, or said something about it."""
        behind = receivers(step, act.route, self.steps)
        for each in behind:
            if each.finished_by:
                raise ReceiverActedError(each.key, each.finished_by, each.finished_at)
            if each.assignee and each.assignee == each.assigned_by:
                raise ReceiverActedError(each.key, each.assignee, each.assigned_at)
        keys = {each.key for each in behind}
        said = [(each.step, each.by, each.at) for each in self.opinions]
        asked = [(x.step, x.by, x.at) for x in self.consultations.values()]
        for key, by, at in said + asked:
            if key in keys:
                raise ReceiverActedError(key, by, at)

    def _clear(self, taken: list[str], again: Step) -> None:
        """Out of the queues with what is open; with it, what was asked there."""
        for key in taken:
            if key != again.key and self.steps[key].state == State.OPEN:
                self.skip(key, Effect.TAKEN_BACK)
        self.drop_consultations()

    def _begin_again(self, step: Step, act: Act) -> None:
        """Where it was done, by whom it was done."""
        definition = act.route.definition_of(step.key)
        self.open(Opening(step.key, definition, step.unit), act)
        if step.finished_by and step.role not in NOT_OURS:
            self.give(step.key, step.finished_by, act)
        self.proceed(act)
