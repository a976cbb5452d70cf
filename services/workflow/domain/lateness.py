"""Near its due date, or past it: facts about the deadline, never a status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from services.workflow.domain.deadline import Deadline, due_soon
from services.workflow.domain.duty import Duty
from services.workflow.domain.state import Act, CaseState
from shared.eventsourcing import Aggregate

NEAR, LATE = "near", "late"


class Lateness(Deadline):
    def lateness_duties(self, act: Act) -> Iterator[Duty]:
        """While the clock stands no date comes nearer."""
        if self.clock_stands:
            return
        if self.told.get(NEAR) != self.due_at:
            soon = due_soon(self.due_at, act.calendar(self.unit))
            yield Duty(max(soon, self.received_at), self._note_nearness)
        if self.told.get(LATE) != self.due_at:
            yield Duty(self.due_at, self._note_lateness)

    def _note_nearness(self, act: Act) -> None:
        self.trigger_event(self.DueSoonReached, due_at=self.due_at, reached_at=act.now)

    class DueSoonReached(Aggregate.Event):
        """Less than 24 working hours are left."""

        TOPIC = "workflow.case.due-soon-reached"

        due_at: datetime
        reached_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.told[NEAR] = self.due_at

    def _note_lateness(self, act: Act) -> None:
        self.trigger_event(self.OverdueReached, due_at=self.due_at, reached_at=act.now)

    class OverdueReached(Aggregate.Event):
        """The date has passed. It gives nobody the power to refuse."""

        TOPIC = "workflow.case.overdue-reached"

        due_at: datetime
        reached_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.told[LATE] = self.due_at


def end_of(case: CaseState, now: datetime) -> datetime:
    """Processed, returned, refused or stopped, in this order; else as far as it is.

    While something is awaited it is as far as when the clock stopped.
    """
    ended = case.processed_at if case.is_released else case.ended_at
    return (ended if case.is_over else None) or case.stood_since or now


def is_late(case: CaseState, now: datetime) -> bool:
    """As the national index counts it (Decision 766): the first promise counts."""
    return case.requests > 1 or end_of(case, now) > case.original_due_at
