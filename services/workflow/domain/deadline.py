"""The legal time of a case: it may grow, and it waits while the clock stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.workflow.domain.apology import DRAFT
from services.workflow.domain.limits import WORKING_DAY, limits_of
from services.workflow.domain.route import Names, Opening, Route
from services.workflow.domain.state import Act, CaseState
from shared.eventsourcing import Aggregate
from shared.expressions import evaluate
from shared.legal_time import Calendar, Counted, Extension, LegalTime, count

NEAR = 3 * WORKING_DAY  # minutes before the due date from which it is near: 24 hours


class Deadline(CaseState):
    def deadlines_of(self, opening: Opening, act: Act) -> dict[str, Any]:
        """The limits of a step that opens now: its own, and that of its silence."""
        return limits_of(opening, act)

    def move_due_date(
        self, reason: str, act: Act, *, at_least: datetime | None = None
    ) -> None:
        """Count again; what was promised never becomes shorter."""
        first = max(self.original_due_at, self.counted(act, self.decreed).due)
        promised = max(self.due_at, at_least or self.due_at)
        due = max(promised, first, self.counted(act).due)
        if (due, first) != (self.due_at, self.original_due_at):
            self.trigger_event(
                self.DueDateMoved,
                old_due_at=self.due_at,
                new_due_at=due,
                reason=reason,
                original_due_at=first,
                due_soon_at=due_soon(due, act.calendar(self.unit)),
            )

    class DueDateMoved(Aggregate.Event):
        """`reason` is a hold that ended, legal-time, extension, calendar or decree.

        The original date is the one without extensions: lateness is judged by it.
        """

        TOPIC = "workflow.case.due-date-moved"

        old_due_at: datetime
        new_due_at: datetime
        reason: str
        original_due_at: datetime | None = None
        due_soon_at: datetime | None = None

        def apply(self, aggregate: CaseState) -> None:
            aggregate.due_at = self.new_due_at
            aggregate.original_due_at = self.original_due_at or self.new_due_at
            if aggregate.apology and aggregate.apology.state == DRAFT:
                aggregate.apology = None

    def counted(
        self, act: Act, extensions: Iterable[Extension] | None = None
    ) -> Counted:
        """The legal time as it stands, by the law of today, with all its reasons."""
        legal = act.route.definition["legal_time"]
        allowed = LegalTime(
            legal_time(act.route, self.names(act)),
            legal["unit"],
            cutoff=legal["cutoff"] and legal["cutoff"]["time"],
            due_time=legal["due_time"],
        )
        if extensions is None:
            extensions = [*self.decreed, *self.extensions]
        return count(
            self.received_at,
            allowed,
            act.calendar(self.unit),
            stops=self.stops,
            extensions=extensions,
        )


def legal_time(route: Route, names: Names) -> int:
    """The largest of the usual time and of all variants that apply."""
    legal = route.definition["legal_time"]
    longer = [
        each["value"] for each in legal["variants"] if evaluate(each["when"], names)
    ]
    return int(max([legal["value"], *longer]))


def due_soon(due_at: datetime, calendar: Calendar) -> datetime:
    """24 working hours before the due date."""
    return calendar.before(due_at, NEAR)
