"""The clock of a case stands while its open steps use no legal time."""

from __future__ import annotations

from datetime import datetime

from services.workflow.domain.clock_state import Hold
from services.workflow.domain.deadline import Deadline
from services.workflow.domain.state import Act, CaseState
from shared.eventsourcing import Aggregate


class Clock(Deadline):
    def mind_clock(self, act: Act) -> None:
        """Stop or start the clock, as the steps that are open now ask for."""
        if self.is_over:
            return
        wanted = self._wanted_holds(act)
        for reason in wanted - self.holds.keys():
            self.trigger_event(self.ClockStopped, reason=reason, at=act.now)
        for reason in STEPS_DECIDE & self.holds.keys() - wanted:
            self.trigger_event(self.ClockStarted, reason=reason, at=act.now)
            self.move_due_date(reason, act)

    class ClockStopped(Aggregate.Event):
        """`reason` is excluded or paused: what the open steps ask for."""

        TOPIC = "workflow.case.clock-stopped"

        reason: str
        at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.hold(self.reason, self.at)

    class ClockStarted(Aggregate.Event):
        TOPIC = "workflow.case.clock-started"

        reason: str
        at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.release(self.reason, self.at)

    def _wanted_holds(self, act: Act) -> set[str]:
        open = [each for each in self.steps.values() if not each.is_settled]
        clocks = {act.route.definition_of(each.key).clock for each in open}
        wanted: set[str] = {str(Hold.PAUSED)} if "paused" in clocks else set()
        return wanted | ({str(Hold.EXCLUDED)} if clocks == {"excluded"} else set())


STEPS_DECIDE = frozenset({str(Hold.EXCLUDED), str(Hold.PAUSED)})
