"""What a case knows, and what all its commands ask of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.workflow.domain.clock_state import ClockState
from services.workflow.domain.gazette import Gazette, calendar_of
from services.workflow.domain.route import Names, Route
from services.workflow.domain.step import State, Step
from services.workflow.errors import StepClaimedError, StepNotOpenError
from shared.actor import SYSTEM, Actor
from shared.clock import LOCAL
from shared.errors import NotAllowedError
from shared.expressions import names_for
from shared.legal_time import Calendar
from shared.personal import Erased, Personal

Text = Personal | Erased


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


@dataclass(frozen=True)
class Asked:
    """What a supplement was asked at, and since when its answer is awaited."""

    step: str
    since: datetime


@dataclass(frozen=True)
class Proposal:
    """An outcome of the catalogue, and what is to be written into the decision."""

    outcome: dict[str, Any]
    text: Text
    by: str
    at: datetime

    @property
    def kind(self) -> str:
        return str(self.outcome["kind"])


@dataclass(frozen=True)
class Approval:
    step: str
    unit: str
    by: str
    approver: Text
    at: datetime


@dataclass(frozen=True)
class Paper:
    id: UUID
    number: str


class CaseState(ClockState):
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
    facts: list[Text]
    last_unit: str  # where an officer of ours last finished a step

    asked: Asked | None
    draft: Asked | None  # of a supplement that an officer may confirm
    requests: int

    proposal: Proposal | None
    is_refused: bool
    approval: Approval | None
    is_requested: bool
    paper: Paper | None
    is_released: bool
    is_withdrawn: bool
    is_closed: bool

    @property
    def is_over(self) -> bool:
        """Its time is over: the result is there, or there will be none."""
        return self.status in (3, 7, 9, 10)

    @property
    def status(self) -> int:
        """The business status, derived from what has happened."""
        if self.is_closed:
            return 10
        if self.is_withdrawn:
            return 7
        if self.is_released:
            return 9
        if self.asked:
            return 5
        open = [step.status for step in self.steps.values() if step.state == State.OPEN]
        special = [status for status in open if status != 4]
        return special[0] if special else 4 if len(self.steps) > 1 or open else 2

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

    def personal(self, text: str) -> Personal | None:
        """What is written in a case is about its applicant."""
        return Personal(self.applicant, text) if text else None

    def open_step(self, key: str) -> Step:
        step = self.steps.get(key)
        if step is None or step.state != State.OPEN:
            raise StepNotOpenError(key)
        return step

    def require_worker(self, step: Step, by: Actor) -> None:
        """The role and unit of the step, and nobody else at work on it."""
        if not step.may_be_done_by(by, self.applicant):
            raise NotAllowedError(step.key)
        if step.assignee and step.assigned_at and step.assignee != by.subject:
            raise StepClaimedError(step.key, step.assignee, step.assigned_at)

    def is_involved(self, by: Actor) -> bool:
        """An officer of a unit that has had a step of the case, or received it."""
        units = {self.unit, *(step.unit for step in self.steps.values() if step.unit)}
        return by.kind == "staff" and by.agency in units

    def require_visible(self, by: Actor) -> None:
        """The applicant, the units involved, and auditors."""
        is_concerned = by.subject == self.applicant or self.is_involved(by)
        if not is_concerned and not by.has("auditor"):
            raise NotAllowedError(str(self.id))


def plain(sealed: Text) -> dict[str, Any]:
    """The JSON object a sealed value holds; nothing once its person is forgotten."""
    if isinstance(sealed, Erased):
        return {}
    found: dict[str, Any] = json.loads(sealed.value)
    return found
