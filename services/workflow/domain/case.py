"""The case: one dossier in the administration, from acceptance to hand-over."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.workflow.domain.alarm import Alarm
from services.workflow.domain.clock import Clock
from services.workflow.domain.deadline import Deadline, due_soon
from services.workflow.domain.decision import Decisions
from services.workflow.domain.decreed import Decreed
from services.workflow.domain.extension import Extensions
from services.workflow.domain.lateness import Lateness
from services.workflow.domain.progress import Progress
from services.workflow.domain.state import Act, CaseState, Text
from services.workflow.domain.step import Effect, State, Step
from services.workflow.domain.steps import Completion, StepWork
from services.workflow.domain.supplement import Supplements
from services.workflow.domain.timeouts import Timeouts
from shared.contracts.intake import DossierAccepted
from shared.eventsourcing import Aggregate

COPIED = (
    "dossier_id",
    "procedure",
    "procedure_code",
    "procedure_name",
    "code",
    "channel",
    "applicant",
    "unit",
    "language",
    "exemption_groups",
    "received_at",
    "due_at",
    "answers",
    "presentation",
    "fees_settled",
    "accepted_by",
    "is_emergency",
)


class Case(
    Alarm,
    Timeouts,
    StepWork,
    Supplements,
    Decisions,
    Progress,
    Clock,
    Extensions,
    Lateness,
    Decreed,
    Deadline,
    Aggregate,
):
    """The administration's handling of one dossier, along the steps of its procedure.

    Its commands and events stand by theme: alarm, timeouts, steps, supplement,
    decision, progress, clock, extension, lateness, decreed, deadline.
    """

    TOPIC = "workflow.case"

    class Opened(Aggregate.Event, AggregateCreated):
        TOPIC = "workflow.case.opened"

        procedure: str
        procedure_version: int
        procedure_code: str
        procedure_name: dict[str, str]
        code: str
        channel: str
        applicant: str
        unit: str
        language: str
        exemption_groups: list[str]
        received_at: datetime
        due_at: datetime
        answers: Text
        presentation: Text
        fees_settled: bool
        accepted_by: str
        is_emergency: bool = False
        due_soon_at: datetime | None = None

        def apply(self, aggregate: Case) -> None:
            known = {name: getattr(self, name) for name in COPIED}
            vars(aggregate).update(known, procedure_version=self.procedure_version)
            aggregate.last_unit = self.unit
            aggregate.start_clock(self.due_at)

    def __init__(self, *, dossier_id: UUID) -> None:
        self.dossier_id = dossier_id
        self.steps: dict[str, Step] = {}
        self.facts = []
        self.asked, self.draft, self.requests = None, None, 0
        self.proposal, self.is_refused = None, False
        self.approval, self.is_requested, self.paper = None, False, None
        self.is_released = self.is_withdrawn = self.is_closed = False

    @staticmethod
    def create_id(dossier_id: UUID) -> UUID:
        """One dossier, one case: the id of the case follows from the dossier's."""
        return uuid5(NAMESPACE_URL, f"workflow/case/{dossier_id}")

    @classmethod
    def open_for(cls, accepted: DossierAccepted, *, act: Act) -> Case:
        """Begin to handle a dossier; by accepting it the first step was done."""
        facts: dict[str, Any] = {name: getattr(accepted, name) for name in COPIED}
        facts["procedure_version"] = accepted.version
        calendar = act.calendar(accepted.unit)
        facts["due_soon_at"] = due_soon(accepted.due_at, calendar)
        case = cls._create(cls.Opened, **facts)
        first = act.route.first
        if first.role == "front_desk":
            step = Step(first.id, accepted.unit, first.role)
            done = Completion(act.route.usual_outcome(first))
            case.record(step, done, effect=Effect.CONTINUE, act=act)
        case.proceed(act)
        case.heed_decrees(act)
        return case

    def settle_fees(self) -> None:
        """Nothing remains to be paid."""
        if not self.fees_settled:
            self.trigger_event(self.FeesSettled)

    class FeesSettled(Aggregate.Event):
        TOPIC = "workflow.case.fees-settled"

        def apply(self, aggregate: CaseState) -> None:
            aggregate.fees_settled = True

    def decide_withdrawal(self, *, act: Act) -> None:
        """Give the dossier back, unless its result is approved already."""
        if self.is_withdrawn:
            return
        granted = self.approval is None
        self.trigger_event(self.WithdrawalDecided, granted=granted, decided_at=act.now)

    class WithdrawalDecided(Aggregate.Event):
        TOPIC = "workflow.case.withdrawal-decided"

        granted: bool
        decided_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            if self.granted:
                aggregate.is_withdrawn, aggregate.asked = True, None
                aggregate.ended_at = self.decided_at
                for step in aggregate.steps.values():
                    if not step.is_settled:
                        step.state = State.STOPPED

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
            aggregate.is_closed, aggregate.ended_at = True, self.closed_at
            last = aggregate.steps[self.step]
            last.state, last.finished_by = State.DONE, self.returned_by
            last.finished_at = self.closed_at
