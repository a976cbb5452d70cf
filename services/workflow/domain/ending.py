"""How a case ends: handed over, given back, lapsed, or stopped on the way."""

from __future__ import annotations

from datetime import datetime

from services.workflow.domain.decision import Decisions
from services.workflow.domain.memory import WITHDRAWAL, Decided, Text
from services.workflow.domain.state import Act, CaseState, require_grounds
from services.workflow.domain.step import State
from services.workflow.errors import (
    NoWithdrawalWishedError,
    ReasonMissingError,
)
from shared.actor import Actor, require_stepped_up
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Personal
from shared.statuses import Status

DECIDERS = ("reviewer", "unit_leader", "agency_leader")

STOP = "stop"


class Endings(Decisions):
    def wish_withdrawal(self, *, act: Act) -> None:
        """The applicant asks, a person decides; after the approval it is too late."""
        if self.withdrawal_wished_at or self.is_withdrawn:
            return
        if self.is_ended or self.approval:
            self._decide(granted=False, reason="", act=act)
        else:
            self.trigger_event(self.WithdrawalWished, wished_at=act.now)

    class WithdrawalWished(Aggregate.Event):
        TOPIC = "workflow.case.withdrawal-wished"

        wished_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.withdrawal_wished_at = self.wished_at

    def decide_withdrawal(self, *, granted: bool, reason: str, act: Act) -> None:
        """Give the dossier back as its applicant wants, or say why not."""
        self.require_decider(act.by)
        if self.withdrawal_wished_at is None or self.is_ended:
            raise NoWithdrawalWishedError(str(self.id), *self.quicker(WITHDRAWAL))
        if not granted and not reason.strip():
            raise ReasonMissingError(str(self.id))
        asked_at = self.withdrawal_wished_at
        self._decide(granted=granted, reason=reason, act=act)
        if granted:
            self._stop(WITHDRAWAL, reason, "", act, asked_at)

    def require_decider(self, by: Actor) -> None:
        """Whoever handles the case, or received it."""
        is_desk = by.has("front_desk") and by.agency == self.unit
        is_handler = by.has(*DECIDERS) and self.is_handled_by(by)
        if by.kind != "staff" or not (is_desk or is_handler):
            raise NotAllowedError(str(self.id))

    def _decide(self, *, granted: bool, reason: str, act: Act) -> None:
        self.trigger_event(
            self.WithdrawalDecided,
            granted=granted,
            decided_at=act.now,
            reason=self.personal(reason),
            decided_by=act.by.subject,
        )

    class WithdrawalDecided(Aggregate.Event):
        TOPIC = "workflow.case.withdrawal-decided"

        granted: bool
        decided_at: datetime
        reason: Text | None = None
        decided_by: str = ""

        def apply(self, aggregate: CaseState) -> None:
            aggregate.withdrawal_wished_at = None
            aggregate.decided[WITHDRAWAL] = Decided(self.decided_by, self.decided_at)
            if self.granted:
                aggregate.is_withdrawn = True
                aggregate.end(self.decided_at, self.decided_by)

    def stop(self, reason: str, legal_basis: str, *, act: Act) -> None:
        """End the case for good, without a result, by notice to the applicant."""
        self.require_leader(act.by)
        if self.status != Status.SUSPENDED or self.is_ended:
            self.require_transition("T13")
        self.require_undecided()
        require_grounds(reason, legal_basis)
        require_stepped_up(act.by)
        self._stop(STOP, reason, legal_basis, act)

    def _stop(
        self,
        ground: str,
        reason: str,
        legal_basis: str,
        act: Act,
        asked_at: datetime | None = None,
    ) -> None:
        self.trigger_event(
            self.ProcessingStopped,
            **self.about(),
            unit=str(act.by.agency),
            ground=ground,
            reason=Personal(self.applicant, reason),
            legal_basis=legal_basis,
            stopped_by=act.by.subject,
            officer=Personal(act.by.subject, act.by.name),
            stopped_at=act.now,
            asked_at=asked_at,
        )

    class ProcessingStopped(Aggregate.Event):
        """`ground` is withdrawal, or stop: only then the authority wanted it."""

        TOPIC = "workflow.case.processing-stopped"

        code: str
        procedure: str
        procedure_code: str
        procedure_name: dict[str, str]
        unit: str
        language: str
        received_at: datetime
        presentation: Text
        ground: str
        reason: Text
        legal_basis: str
        stopped_by: str
        officer: Text
        stopped_at: datetime
        asked_at: datetime | None = None

        def apply(self, aggregate: CaseState) -> None:
            if self.ground == STOP:
                aggregate.is_stopped = True
                aggregate.end(self.stopped_at, self.stopped_by)

    def lapse(self, *, refused_by: str, act: Act) -> None:
        """No answer came in time, and an officer refused the dossier for it."""
        if not self.is_over:
            self.trigger_event(self.Lapsed, refused_by=refused_by, lapsed_at=act.now)

    class Lapsed(Aggregate.Event):
        TOPIC = "workflow.case.lapsed"

        refused_by: str
        lapsed_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.is_lapsed = True
            aggregate.end(self.lapsed_at, self.refused_by)

    def close(self, *, returned_by: str, channel: str, act: Act) -> None:
        """The result is in its applicant's hands."""
        self.trigger_event(
            self.Closed,
            step=act.route.last.id,
            returned_by=returned_by,
            channel=channel,
            closed_at=act.now,
        )

    class Closed(Aggregate.Event):
        TOPIC = "workflow.case.closed"

        step: str
        returned_by: str
        channel: str
        closed_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.is_closed = True
            if last := aggregate.steps.get(self.step):
                last.state, last.finished_by = State.DONE, self.returned_by
                last.finished_at = self.closed_at
            aggregate.ended_by(self.step, self.returned_by, "returned", None)
            aggregate.end(self.closed_at, self.returned_by)
