"""A case may rest: for a while, on a legal basis, by decision of a leader."""

from __future__ import annotations

from copy import copy
from datetime import datetime

from services.workflow.domain.clock_state import Hold
from services.workflow.domain.decision import Decisions
from services.workflow.domain.memory import REST, Decided, Suspension, Text
from services.workflow.domain.state import Act, CaseState, require_grounds
from shared.eventsourcing import Aggregate


class Suspensions(Decisions):
    def suspend(self, reason: str, legal_basis: str, *, act: Act) -> None:
        """Nobody works on the case, and the clock stands, until it is resumed."""
        self.require_leader(act.by)
        self.require_awake()
        self.require_transition("T13")
        require_grounds(reason, legal_basis)
        self.trigger_event(
            self.Suspended,
            unit=str(act.by.agency),
            reason=self.personal(reason),
            legal_basis=legal_basis,
            suspended_by=act.by.subject,
            suspended_at=act.now,
        )

    class Suspended(Aggregate.Event):
        TOPIC = "workflow.case.suspended"

        unit: str
        reason: Text
        legal_basis: str
        suspended_by: str
        suspended_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.suspension = Suspension(
                self.reason, self.legal_basis, self.suspended_by, self.suspended_at
            )
            aggregate.hold(Hold.SUSPENSION, self.suspended_at)

    def resume(self, note: str, *, act: Act) -> None:
        """The case goes on where it was, with the time that was left."""
        self.require_leader(act.by)
        if self.suspension is None or self.is_ended:
            raise self.forbidden(REST)
        self.trigger_event(
            self.Resumed,
            note=self.personal(note),
            due_at=self._due_then(act),
            resumed_by=act.by.subject,
            resumed_at=act.now,
        )
        self.move_due_date("suspension", act)
        self.proceed(act)

    def _due_then(self, act: Act) -> datetime:
        """The date that holds once the case goes on."""
        then = copy(self)
        then.holds, then.pauses = dict(self.holds), list(self.pauses)
        then.release(Hold.SUSPENSION, act.now)
        return max(self.due_at, then.counted(act).due)

    class Resumed(Aggregate.Event):
        TOPIC = "workflow.case.resumed"

        note: Text | None
        due_at: datetime
        resumed_by: str
        resumed_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.suspension = None
            aggregate.decided[REST] = Decided(self.resumed_by, self.resumed_at)
            aggregate.release(Hold.SUSPENSION, self.resumed_at)
