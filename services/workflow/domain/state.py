"""What a case knows, and what all its commands ask of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.workflow.domain.clock_state import ClockState, Hold
from services.workflow.domain.gazette import Gazette, calendar_of
from services.workflow.domain.memory import (
    END,
    Approval,
    Asked,
    Consultation,
    Decided,
    Handovers,
    Opinion,
    Paper,
    Payment,
    Proposal,
    Suspension,
)
from services.workflow.domain.memory import Text as Text
from services.workflow.domain.route import Names, Route
from services.workflow.domain.step import APPLICANT, Effect, State, Step
from services.workflow.errors import (
    AlreadyDecidedError,
    CaseSuspendedError,
    LegalBasisMissingError,
    ReasonMissingError,
    StatusForbidsError,
    StepClaimedError,
    StepNotOpenError,
)
from shared.actor import SYSTEM, Actor
from shared.clock import LOCAL
from shared.errors import NotAllowedError
from shared.expressions import names_for
from shared.legal_time import Calendar
from shared.personal import Erased, Personal
from shared.statuses import BY_NUMBER, Status


@dataclass(frozen=True)
class Act:
    """Who acts on a case, when, and by which route the case goes."""

    route: Route
    now: datetime
    by: Actor = SYSTEM
    gazette: Gazette | None = None

    @property
    def today(self) -> date:
        return self.now.astimezone(LOCAL).date()

    def calendar(self, unit_id: str) -> Calendar:
        """When this unit works, by the notices that are in force."""
        unit = self.route.directory.unit(unit_id)
        gazette = self.gazette
        return calendar_of(unit, gazette.notices_in_force(self.now) if gazette else ())


class CaseState(ClockState, Handovers):
    """The common ground of what can be done with a case."""

    id: UUID
    trigger_event: Callable[..., None]

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
    is_emergency: bool

    steps: dict[str, Step]
    has_begun: bool  # a step was opened
    facts: list[Text]
    last_unit: str  # where an officer of ours last finished a step

    asked: Asked | None
    draft: Asked | None  # of a supplement that an officer may confirm
    brought: list[str]  # papers of supplements, by their codes, the latest last
    requests: int
    allowances: int  # supplements beyond the limit, allowed on a legal basis
    payment: Payment | None
    suspension: Suspension | None
    withdrawal_wished_at: datetime | None
    consultations: dict[str, Consultation]  # by the step in which they are answered
    opinions: list[Opinion]
    decided: dict[str, Decided]  # of each kind the last
    branch_results: dict[str, datetime]  # by the step with which a branch ended
    branch_papers: list[Paper]

    proposal: Proposal | None
    is_refused: bool
    approval: Approval | None
    is_requested: bool
    requested_at: datetime | None
    paper: Paper | None
    is_released: bool
    is_withdrawn: bool
    is_lapsed: bool
    is_stopped: bool
    is_closed: bool
    has_unread_message: bool

    @property
    def is_over(self) -> bool:
        """Its time is over: the result is there, or there will be none."""
        return self.is_ended or self.is_released

    @property
    def is_ended(self) -> bool:
        """Nothing more happens to it."""
        return self.is_closed or self.is_withdrawn or self.is_lapsed or self.is_stopped

    @property
    def status(self) -> Status:
        """The business status, derived from what has happened."""
        facts = {
            Status.RETURNED: self.is_closed,
            Status.WITHDRAWN: self.is_withdrawn,
            Status.NOT_ACCEPTED: self.is_lapsed,
            Status.SUSPENDED: self.is_stopped or self.suspension,
            Status.READY: self.is_released,
            Status.SUPPLEMENT_ASKED: self.asked,
            Status.PAYMENT_ASKED: self.payment,
        }
        found = (status for status, is_so in facts.items() if is_so)
        return next(found, self._status_of_steps())

    def _status_of_steps(self) -> Status:
        """That of an open step which stops the whole dossier; else in progress."""
        open = [step.status for step in self.steps.values() if step.state == State.OPEN]
        special = [each for each in open if each != Status.IN_PROGRESS]
        if special:
            return Status(special[0])
        return Status.IN_PROGRESS if self.has_begun else Status.ACCEPTED

    @property
    def known_facts(self) -> dict[str, Any]:
        """What the steps found out, later findings before earlier ones."""
        found: dict[str, Any] = {}
        for each in self.facts:
            found |= plain(each)
        return found

    def names(self, act: Act) -> Names:
        """What the expressions of the procedure may use."""
        received = self.received_at.astimezone(LOCAL).date().isoformat()
        return names_for(
            act.route.definition,
            act.route.directory.common,
            answers=plain(self.answers) | self.known_facts,
            channel=self.channel,
            submitted_on=received,
            received_on=received,
            today=act.today.isoformat(),
            exemption_groups=self.exemption_groups,
            outcomes=act.route.outcomes(self.steps),
            facts=self.known_facts,
        )

    def about(self) -> dict[str, Any]:
        """What every paper about the case says of it."""
        names = ("code", "procedure", "procedure_code", "procedure_name", "language")
        more = ("received_at", "presentation")
        return {name: getattr(self, name) for name in (*names, *more)}

    def end(self, at: datetime, by: str) -> None:
        """Nothing is awaited any more."""
        self.ended_at, self.decided[END] = at, Decided(by, at)
        self.asked = self.payment = self.draft = self.withdrawal_wished_at = None
        for step in self.steps.values():
            if not step.is_settled:
                step.state = State.STOPPED

    def await_no_more(self, step: str, at: datetime) -> None:
        """Neither an answer nor money is awaited at a step that is needless."""
        if self.asked and self.asked.step == step:
            self.asked = None
            self.release(Hold.SUPPLEMENT, at)
        if self.payment and self.payment.step == step:
            self.payment = None
            self.release(Hold.PAYMENT, at)

    def take_out(self, keys: list[str]) -> None:
        """These steps are as if they had not begun, with what stood on them."""
        for key in keys:
            self.steps.pop(key, None)
        if self.approval and self.approval.step not in self.steps:
            self.approval = None
        effects = [each.effect for each in self.steps.values() if each.outcome]
        self.is_refused = Effect.REFUSE in effects

    def personal(self, text: str) -> Personal | None:
        """What is written in a case is about its applicant."""
        return Personal(self.applicant, text) if text else None

    def open_step(self, key: str) -> Step:
        """The step, if one can work on it: it is open, and the case does not rest."""
        self.require_awake()
        step = self.steps.get(key)
        if step is None or step.state != State.OPEN:
            raise StepNotOpenError(key, step)
        return step

    def require_awake(self) -> None:
        if self.suspension and not self.is_ended:
            rest = self.suspension
            raise CaseSuspendedError(str(self.id), rest.by, rest.since)

    def require_alive(self) -> None:
        if self.is_ended:
            raise self.forbidden(END)

    def require_worker(self, step: Step, by: Actor) -> None:
        """The role and unit of the step, and nobody else at work on it."""
        if not self.may_do(step, by):
            raise NotAllowedError(step.key)
        if step.assignee not in (None, by.subject, by.on_behalf_of):
            raise StepClaimedError(step.key, step.assignee, step.assigned_at)

    def may_do(self, step: Step, by: Actor) -> bool:
        """As the step says; the desk acts for whoever did not come online."""
        is_desk = by.has("front_desk") and by.agency in (self.unit, step.unit)
        acts_for = step.role == APPLICANT and self.channel != "online" and is_desk
        return acts_for or step.may_be_done_by(by, self.applicant)

    def require_transition(self, number: str, decided: str = END) -> None:
        """A line of the table of transitions begins at the present status."""
        if self.status not in BY_NUMBER[number].sources:
            raise self.forbidden(decided)

    def forbidden(self, decided: str) -> StatusForbidsError:
        """Who ended it, or decided what can be decided no more, is told."""
        acted = self.decided.get(END) or self.decided.get(decided)
        return StatusForbidsError(str(self.id), int(self.status), acted)

    def quicker(self, decided: str) -> tuple[str, datetime] | tuple[()]:
        """Who decided about this last, and when."""
        acted = self.decided.get(decided)
        return (acted.by, acted.at) if acted else ()

    def require_undecided(self) -> None:
        if self.approval:
            raise AlreadyDecidedError(str(self.id), self.approval.by, self.approval.at)

    def require_leader(self, by: Actor) -> None:
        """The leader of an agency that handles the case."""
        if not by.has("agency_leader") or not self.is_handled_by(by):
            raise NotAllowedError(str(self.id))

    def require_leader_of(self, step: Step, by: Actor) -> None:
        if not by.has("unit_leader", "agency_leader") or by.agency != step.unit:
            raise NotAllowedError(step.key)

    def is_involved(self, by: Actor) -> bool:
        """An officer of a unit that has had a step of the case, or received it."""
        units = {self.unit, *(step.unit for step in self.steps.values() if step.unit)}
        return by.kind == "staff" and by.agency in units

    def is_handled_by(self, by: Actor) -> bool:
        """Not of a unit that was only asked for its opinion: its silence consents."""
        asked, steps = self.consultations, self.steps.values()
        handling = [x for x in steps if x.key not in asked and not x.is_asked]
        units = {self.unit, *(x.unit for x in handling if x.unit)}
        return by.kind == "staff" and by.agency in units

    def require_visible(self, by: Actor) -> None:
        """The applicant, the units involved, and auditors."""
        is_concerned = by.party == self.applicant or self.is_involved(by)
        if not is_concerned and not by.has("auditor"):
            raise NotAllowedError(str(self.id))


def plain(sealed: Text) -> dict[str, Any]:
    """The JSON object a sealed value holds; nothing once its person is forgotten."""
    if isinstance(sealed, Erased):
        return {}
    found: dict[str, Any] = json.loads(sealed.value)
    return found


def require_grounds(reason: str, legal_basis: str) -> None:
    """Who decides against the usual way says why, and by which law."""
    if not reason.strip():
        raise ReasonMissingError
    if not legal_basis.strip():
        raise LegalBasisMissingError
