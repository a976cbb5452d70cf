"""The case: one dossier in the administration, from acceptance to hand-over."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.workflow.domain.alarm import Alarm
from services.workflow.domain.branches import Branches
from services.workflow.domain.clock import Clock
from services.workflow.domain.completion import Completion, Completions
from services.workflow.domain.consultation import Consultations
from services.workflow.domain.correspondence import Correspondence
from services.workflow.domain.deadline import Deadline, due_soon
from services.workflow.domain.decision import Decisions
from services.workflow.domain.decreed import Decreed
from services.workflow.domain.ending import Endings
from services.workflow.domain.extension import Extensions
from services.workflow.domain.lateness import Lateness
from services.workflow.domain.memory import Text
from services.workflow.domain.payment import Payments
from services.workflow.domain.progress import Progress
from services.workflow.domain.returning import WayBack
from services.workflow.domain.state import Act
from services.workflow.domain.step import Effect, Step
from services.workflow.domain.steps import StepWork
from services.workflow.domain.supplement import Supplements
from services.workflow.domain.suspension import Suspensions
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
    WayBack,
    StepWork,
    Supplements,
    Payments,
    Suspensions,
    Endings,
    Branches,
    Consultations,
    Decisions,
    Completions,
    Progress,
    Clock,
    Extensions,
    Lateness,
    Decreed,
    Deadline,
    Correspondence,
    Aggregate,
):
    """The administration's handling of one dossier, along the steps of its procedure.

    Its commands and events stand by theme, each in a module of its own.
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
        self.has_begun = False
        self.facts, self.hops, self.deliverer = [], [], None
        self.asked, self.requests, self.draft, self.allowances = None, 0, None, 0
        self.brought, self.requested_at = [], None
        self.payment = self.suspension = self.withdrawal_wished_at = None
        self.consultations, self.opinions, self.decided = {}, [], {}
        self.branch_results, self.branch_papers = {}, []
        self.proposal, self.is_refused = None, False
        self.approval, self.is_requested, self.paper = None, False, None
        self.is_released = self.is_withdrawn = self.is_lapsed = False
        self.is_stopped = self.is_closed = False
        self.has_unread_message = False

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
