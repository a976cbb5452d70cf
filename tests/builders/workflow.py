"""Cases in every state, made by commands, along small procedures or real ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

from services.workflow.application import WorkflowApplication
from services.workflow.domain import Case, Route
from services.workflow.domain.state import Act
from services.workflow.domain.step import OUTSIDE, Effect, Step
from services.workflow.domain.steps import Completion
from services.workflow.ports import Figured, Period, Row
from shared.actor import SYSTEM, Actor
from shared.clock import LOCAL
from shared.contracts.intake import DossierAccepted, ProcedurePublished
from shared.directory import CATALOGUE, Directory
from shared.personal import Personal
from tests.builders import an_applicant
from tests.builders.queue import MemoryQueue
from tests.fakes import MEMORY, MemoryKeys

DOSSIER = UUID(int=1)
PAPER = UUID(int=2)
RECEIVED = datetime(2026, 11, 16, 9, 0, tzinfo=LOCAL)  # a Monday
DUE = datetime(2026, 11, 19, 17, 0, tzinfo=LOCAL)  # three working days later
LATER = datetime(2026, 11, 17, 9, 0, tzinfo=LOCAL)

UNIT = "ubnd_xa"
TEXTS = {"vi": "Bước", "en": "Step", "fr": "Étape"}
GRANT = {"code": "granted", "kind": "grant"}
REFUSAL = {"code": "refused", "kind": "refuse"}

NOTHING_MORE: dict[str, Any] = {
    "documents": [],
    "fees": [],
    "fees_settled": False,
    "exemption_groups": [],
}

positions = count(1)


@cache
def the_directory() -> Directory:
    return Directory.load(CATALOGUE)


def a_step(id: str, *depends_on: str, role: str = "reviewer", **more: Any) -> Any:
    """A step of a procedure, in the commune's office unless the test says otherwise."""
    fixed = {"name": TEXTS, "agency": UNIT, "clock": "counts", "duration_minutes": 60}
    step = {"id": id, "role": role, "depends_on": list(depends_on)}
    return {**fixed, **step, **more}


def an_outcome(code: str, kind: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("signer", "form", "number_format", "validity_months"))
    return {"code": code, "kind": kind, "title": TEXTS, "renewals": 0, **nothing}


def a_definition(*between: Any, **more: Any) -> dict[str, Any]:
    """A procedure: received, worked on by these steps, returned."""
    steps = [a_step("receive", role="front_desk"), *between]
    followed = {id for step in steps for id in step["depends_on"]}
    ends = [step["id"] for step in steps if step["id"] not in followed]
    requires = ["result_signed", "fees_settled"]
    last = a_step("return", *ends, role="return_officer", requires=requires)
    legal_time = {"value": 3, "unit": "working_day", "due_time": "17:00"}
    return {
        "slug": "small",
        "code": "1.000001",
        "names": TEXTS,
        "steps": [*steps, last],
        "joins": [],
        "facts": [],
        "documents": [{"code": "CC01", "name": TEXTS}],
        "field_groups": [],
        "fields": [],
        "checks": [],
        "legal_basis": ["118/2025"],
        "legal_time": {**legal_time, "cutoff": None, "variants": []},
        "supplement": {"max_requests_per_stage": 1, "clock_effect": "pause"},
        "extension": {
            "max": 1,
            "proposed_by": "reviewer",
            "decided_by": "agency_leader",
            "max_length": None,
            "notify_before_due_working_days": 1,
        },
        "outcomes": [an_outcome(**GRANT), an_outcome(**REFUSAL)],
        **more,
    }


REVIEW = a_step("review", "receive", outcomes=["ok", "supplement", "refuse"])
SIGN = a_step("sign", "review", role="agency_leader", signature="authority")
NUMBER = a_step("number", "sign", role="clerk")


def the_usual() -> dict[str, Any]:
    """Reviewed by one, signed by another, numbered by a clerk."""
    return a_definition(REVIEW, SIGN, NUMBER)


def the_catalogue() -> list[dict[str, Any]]:
    """The eight real procedures."""
    files = [json.loads(file.read_text()) for file in sorted(CATALOGUE.glob("*.json"))]
    return [each for each in files if each.get("kind") == "procedure"]


def a_route(definition: Mapping[str, Any]) -> Route:
    return Route(definition, the_directory())


def an_officer_of(step: Step, subject: str | None = None) -> Actor:
    """Who may do this step: another person for each role."""
    role = "reviewer" if step.role in OUTSIDE else step.role
    if role == "applicant":
        return an_applicant()
    subject = subject or f"{role}-1"
    return Actor(
        subject, step.unit, (role,), kind="staff", level=3, name=f"Nguyễn {subject}"
    )


def a_dossier_accepted(
    definition: Mapping[str, Any],
    *,
    answers: Mapping[str, Any] | None = None,
    channel: str = "counter",
) -> DossierAccepted:
    route = a_route(definition)
    about = {
        "procedure": definition["slug"],
        "version": 1,
        "procedure_code": definition["code"],
        "procedure_name": definition["names"],
        "legal_time": {"value": definition["legal_time"]["value"]},
    }
    applicant = an_applicant().subject
    return DossierAccepted(
        source="intake",
        position=next(positions),
        correlation_id="request-1",
        occurred_at=RECEIVED,
        dossier_id=DOSSIER,
        **about,
        channel=channel,
        applicant=applicant,
        unit=the_directory().unit_of(route.first.agency).id,
        tracking_code="ABCD",
        language="vi",
        result_channel="counter",
        contact=Personal(applicant, "{}"),
        presentation=Personal(applicant, '{"rows": []}'),
        code="H15.66-261116-0001",
        received_at=RECEIVED,
        due_at=DUE,
        accepted_by="front-desk-1",
        officer=Personal("front-desk-1", "Lê Thị Tiếp"),
        answers=Personal(applicant, json.dumps(answers or {})),
        **NOTHING_MORE,
    )


class Handling:
    """A case, and whoever its steps name: what a test says about both."""

    def __init__(
        self,
        definition: Mapping[str, Any],
        answers: Mapping[str, Any] | None = None,
        channel: str = "counter",
    ) -> None:
        self.route = a_route(definition)
        accepted = a_dossier_accepted(definition, answers=answers, channel=channel)
        by = Actor("front-desk-1", accepted.unit, kind="staff")
        act = Act(self.route, RECEIVED, by)
        self.case = Case.open_for(accepted, act=act)

    @property
    def open(self) -> list[str]:
        return [each.key for each in self.case.steps.values() if each.state == "open"]

    def state(self, step: str) -> str:
        return str(self.case.steps[step].state)

    def act(self, by: Actor = SYSTEM, now: datetime = LATER) -> Act:
        return Act(self.route, now, by)

    def officer(self, step: str, subject: str | None = None) -> Actor:
        return an_officer_of(self.case.steps[step], subject)

    def claim(self, step: str, by: Actor | None = None) -> None:
        self.case.claim(step, act=self.act(by or self.officer(step)))

    def finish(
        self,
        step: str,
        outcome: str = "ok",
        *,
        note: str = "",
        facts: Mapping[str, Any] | None = None,
        by: Actor | None = None,
    ) -> None:
        act = self.act(by or self.officer(step))
        self.case.finish(step, Completion(outcome, note, facts or {}), act=act)

    def propose(
        self, step: str, outcome: str = "granted", *, by: Actor | None = None
    ) -> None:
        act = self.act(by or self.officer(step))
        self.case.propose(step, outcome, text="Đủ điều kiện.", act=act)

    def ask(self, step: str, *keys: str, now: datetime = LATER) -> None:
        items = [{"kind": "document", "key": key, "reason": TEXTS} for key in keys]
        act = self.act(self.officer(step), now)
        self.case.ask(step, items, note="Mờ", act=act)

    def answer(self, now: datetime, answers: str = "{}") -> None:
        applicant = an_applicant().subject
        sealed = Personal(applicant, answers), Personal(applicant, '{"rows": [1]}')
        self.case.take_answer(*sealed, act=self.act(now=now))

    def decide_withdrawal(
        self, *, granted: bool, reason: str = "", by: Actor | None = None
    ) -> None:
        decider = by or Actor("reviewer-1", UNIT, ("reviewer",), kind="staff")
        act = self.act(decider)
        self.case.decide_withdrawal(granted=granted, reason=reason, act=act)

    def seal(self) -> None:
        self.case.record_paper(PAPER, number="7/GPXD", act=self.act())

    def seal_branches(self) -> None:
        case = self.case
        for number in range(len(case.branch_papers), len(case.branch_results)):
            id, name = UUID(int=100 + number), f"{number}/CT"
            case.record_branch_paper(id, number=name, act=self.act())

    def hand_over(self) -> None:
        act = self.act()
        self.case.close(returned_by="return-1", channel="counter", act=act)

    def effect(self, step: str, outcome: str) -> str:
        return self.route.effect(self.route.definition_of(step), outcome)


def a_case(
    definition: Mapping[str, Any] | None = None,
    answers: Mapping[str, Any] | None = None,
    channel: str = "counter",
) -> Handling:
    """Just opened; what it took to open it is not what the test is about."""
    handling = Handling(definition or the_usual(), answers, channel)
    handling.case.collect_events()
    return handling


def a_proposed_case(definition: Mapping[str, Any] | None = None) -> Handling:
    """Reviewed, with a grant proposed; the leader is to sign."""
    handling = a_case(definition)
    handling.propose("review")
    handling.finish("review")
    handling.case.collect_events()
    return handling


def an_approved_case() -> Handling:
    handling = a_proposed_case()
    handling.finish("sign")
    handling.case.collect_events()
    return handling


def a_released_case() -> Handling:
    """Signed, numbered and sealed: the applicant can fetch it."""
    handling = an_approved_case()
    handling.finish("number")
    handling.seal()
    handling.case.collect_events()
    return handling


def a_procedure_published(definition: Mapping[str, Any]) -> ProcedurePublished:
    return ProcedurePublished(
        source="intake",
        position=next(positions),
        correlation_id="request-1",
        occurred_at=RECEIVED,
        slug=definition["slug"],
        version=1,
        definition=dict(definition),
    )


class MemoryFigures:
    """Figures that a test writes down, and for which period they were asked."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.asked: list[Period] = []
        self.wanted: list[Figured] = []

    def counts(self, period: Period) -> list[Row]:
        self.asked.append(period)
        return self.rows

    def trend(self, period: Period, by: str) -> list[Row]:
        self.asked.append(period)
        return self.rows

    def steps(self, period: Period) -> list[Row]:
        self.asked.append(period)
        return self.rows

    def cases(self, period: Period, wanted: Figured) -> list[Row]:
        self.wanted.append(wanted)
        return self.rows[: wanted.limit + 1]


def a_workflow(
    queue: MemoryQueue | None = None, figures: MemoryFigures | None = None
) -> WorkflowApplication:
    return WorkflowApplication(
        MEMORY,
        keys=MemoryKeys(),
        directory=the_directory(),
        queue=queue or MemoryQueue(),
        figures=figures or MemoryFigures(),
        clock=lambda: LATER,
    )


def an_open_case(
    workflow: WorkflowApplication, definition: Mapping[str, Any] | None = None
) -> UUID:
    """Opened by the messages that open cases."""
    definition = definition or the_usual()
    workflow.handle(a_procedure_published(definition))
    workflow.handle(a_dossier_accepted(definition))
    return Case.create_id(DOSSIER)


def goes_on(handling: Handling, step: str) -> str:
    """An outcome by which this step ends."""
    outcomes = handling.route.definition_of(step).outcomes
    return next(
        each for each in outcomes if handling.effect(step, each) == Effect.CONTINUE
    )
