"""The legal time of a case: it may grow, and it waits for the applicant."""

from __future__ import annotations

from datetime import datetime, time

from services.workflow.domain.route import Names, Route
from services.workflow.domain.state import Act, CaseState
from shared.clock import LOCAL
from shared.eventsourcing import Aggregate
from shared.expressions import evaluate
from shared.working_time import Calendar, due_date


class Deadline(CaseState):
    def move_due_date(self, reason: str, act: Act) -> None:
        """Count again; what was promised never becomes shorter."""
        due = self._due(act)
        if due > self.due_at:
            self.trigger_event(
                self.DueDateMoved,
                old_due_at=self.due_at,
                new_due_at=due,
                reason=reason,
            )

    class DueDateMoved(Aggregate.Event):
        """`reason` is supplement, or legal-time: a longer variant came to apply."""

        TOPIC = "workflow.case.due-date-moved"

        old_due_at: datetime
        new_due_at: datetime
        reason: str

        def apply(self, aggregate: CaseState) -> None:
            aggregate.due_at = self.new_due_at

    def _due(self, act: Act) -> datetime:
        """Closing time of the last day, or the hour of the receipt when earlier."""
        legal = act.route.definition["legal_time"]
        office = act.route.directory.unit(self.unit)
        end = due_date(
            self.clock_from,
            value=legal_time(act.route, self.names(act)),
            unit=legal["unit"],
            cutoff=legal["cutoff"] and legal["cutoff"]["time"],
            calendar=Calendar(tuple(office.office_hours)),
            stops=self.stops,
        ).astimezone(LOCAL)
        return min(
            end, datetime.combine(end, time.fromisoformat(legal["due_time"]), LOCAL)
        )


def legal_time(route: Route, names: Names) -> int:
    """The largest of the usual time and of all variants that apply."""
    legal = route.definition["legal_time"]
    longer = [
        each["value"] for each in legal["variants"] if evaluate(each["when"], names)
    ]
    return int(max([legal["value"], *longer]))
