"""Whatever happens to the cases of a unit: its lists are whole, its counts right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

import pytest

from services.workflow.application import WorkflowApplication
from services.workflow.domain.payment import Charge
from services.workflow.domain.steps import Completion
from services.workflow.ports import Filters
from services.workflow.views import lists
from shared.contracts.intake import FeesSettled, SupplementAnswered
from shared.errors import DomainError
from shared.personal import Personal
from tests.builders import an_officer
from tests.builders.workflow import LATER, TEXTS, a_step
from tests.integration.workflow.reading import Reading

OFFICERS = ("officer-7", "officer-8", "officer-9")
ITEMS = [{"kind": "document", "key": "CC01"}]
PARALLEL = ("left", "right")
PEOPLE = ("Nguyễn Thị Đào", "Nguyễn Văn Minh", "Trần Văn Đạo")


class Busy:
    """An office in which anything may happen next."""

    def __init__(self, reading: Reading, seed: int) -> None:
        self.reading, self.chance = reading, Random(seed)
        self.workflow = reading.workflow
        self.cases: list[UUID] = []
        self.people: dict[str, str] = {}
        self.now = LATER
        self.workflow.clock = lambda: self.now

    def go_on(self, times: int) -> None:
        deeds: list[Callable[[], Any]] = [
            self.receive,
            self.claim,
            self.claim,
            self.assign,
            self.finish,
            self.ask,
            self.answer,
            self.withdraw,
            self.ring,
            self.suspend,
            self.resume,
            self.resume,
            self.send_back,
            self.recall,
            self.ask_payment,
            self.pay,
            self.pay,
        ]
        for _ in range(4):
            self.receive()
        for _ in range(times):
            self.now += timedelta(hours=self.chance.randrange(8))
            try:
                self.chance.choice(deeds)()
            except DomainError:
                continue

    @property
    def any_case(self) -> UUID:
        return self.chance.choice(self.cases)

    @property
    def any_step(self) -> str:
        return self.chance.choice(["review", *PARALLEL])

    def receive(self) -> None:
        days, is_emergency = self.chance.randrange(-2, 20), self.chance.random() < 0.2
        name = self.chance.choice(PEOPLE)
        case = self.reading.open_case(days, applicant=name, is_emergency=is_emergency)
        self.cases.append(case)
        self.people[str(case)] = name

    def officer(self) -> Any:
        return an_officer(
            "reviewer", agency=self.reading.unit, subject=self.chance.choice(OFFICERS)
        )

    def claim(self) -> None:
        self.workflow.claim_step(self.any_case, self.any_step, by=self.officer())

    def assign(self) -> None:
        officer, by = self.chance.choice(OFFICERS), self.reading.leader
        self.workflow.assign_step(self.any_case, self.any_step, officer, by=by)

    def finish(self) -> None:
        case, step = self.any_case, self.any_step
        by = self.officer()
        self.workflow.finish_step(case, step, Completion(), by=by)

    def ask(self) -> None:
        by = self.officer()
        self.workflow.ask_supplement(self.any_case, "review", ITEMS, note="", by=by)

    def answer(self) -> None:
        sealed = Personal("citizen-1", "{}")
        answer = {"answers": sealed, "presentation": sealed, "documents": []}
        self.reading.hear(self.any_case, SupplementAnswered, stage="review", **answer)

    def withdraw(self) -> None:
        if self.chance.random() < 0.3:
            self.reading.withdraw(self.any_case)

    def suspend(self) -> None:
        grounds = {"reason": "Bão", "legal_basis": "118/2025"}
        self.workflow.suspend(self.any_case, **grounds, by=self.reading.leader)

    def resume(self) -> None:
        self.workflow.resume(self.any_case, note="", by=self.reading.leader)

    def send_back(self) -> None:
        by, step = self.officer(), self.any_step
        self.workflow.send_back(self.any_case, step, note="Thiếu", by=by)

    def recall(self) -> None:
        self.workflow.recall(self.any_case, self.any_step, by=self.officer())

    def ask_payment(self) -> None:
        charge = Charge(50_000, TEXTS, "118/2025")
        by = self.officer()
        self.workflow.ask_payment(self.any_case, self.any_step, charge, by=by)

    def pay(self) -> None:
        self.reading.hear(self.any_case, FeesSettled)

    def ring(self) -> None:
        self.reading.ring(self.any_case, self.now)


UNITS = ("ca_xa", "toa_an", "c06")  # nobody else's
SEEDS = range(len(UNITS))


@pytest.fixture(scope="module")
def offices(workflow: WorkflowApplication) -> list[Busy]:
    return [an_office(workflow, UNITS[seed], seed) for seed in SEEDS]


def an_office(workflow: WorkflowApplication, unit: str, seed: int) -> Busy:
    """A unit in which much has happened."""
    slug = f"busy-{unit.replace('_', '-')}"
    both = [a_step(each, "receive", agency=unit) for each in PARALLEL]
    office = Busy(Reading(workflow, f"one-{slug}", unit).along(slug, *both), seed)
    office.go_on(120)
    office.reading.follow()
    return office


@pytest.fixture(params=SEEDS)
def busy(offices: list[Busy], request: Any) -> Busy:
    office: Busy = offices[request.param]
    office.workflow.clock = lambda: office.now
    return office


COMBINATIONS = [
    Filters(role=role, status=status, due=due, priority=priority, **whose)  # type: ignore[arg-type]
    for role, status, due, priority, whose in product(
        (None, "reviewer"),
        (None, 4, 5),
        (None, "overdue", "soon", "later"),
        (None, True, False),
        ({}, {"mine": True}, {"unassigned": True}, {"assignee": "officer-9"}),
    )
]


def all_of(busy: Busy, filters: Filters, limit: int = 3) -> list[dict[str, Any]]:
    """The list, page by page."""
    found: list[dict[str, Any]] = []
    page = busy.reading.queue(**asdict(filters), limit=limit)
    found += page["items"]
    while page["next"]:
        page = busy.reading.queue(**asdict(filters), limit=limit, after=page["next"])
        found += page["items"]
    return found


def test_the_list_is_what_the_cases_say(busy: Busy) -> None:
    expected = {
        (str(case.id), step.key): (step.assignee, case.status, case.due_at)
        for case in map(busy.reading.case, busy.cases)
        for step in case.steps.values()
        if step.state in ("open", "waiting") and step.unit == busy.reading.unit
    }

    found = {
        (row["case_id"], row["step"]): (
            *(row["assignee"], row["status"], datetime.fromisoformat(row["due_at"])),
        )
        for row in all_of(busy, Filters())
    }

    assert expected
    assert found == expected


def test_counts_are_those_of_a_recount_whatever_is_asked(busy: Busy) -> None:
    wrong = {}
    for wanted in COMBINATIONS:
        counted = busy.reading.counts(**asdict(wanted))["found"]
        rows = all_of(busy, wanted, limit=200)
        if counted != len(rows):
            wrong[wanted] = counted, len(rows)

    assert wrong == {}


def test_filters_part_the_list(busy: Busy) -> None:
    """Each step is in one of the lists, and in one only."""
    everything = places(all_of(busy, Filters()))
    for parts in (
        [Filters(due="overdue"), Filters(due="soon"), Filters(due="later")],
        [Filters(priority=True), Filters(priority=False)],
        [Filters(unassigned=True), *(Filters(assignee=each) for each in OFFICERS)],
    ):
        found = [place for part in parts for place in places(all_of(busy, part))]

        assert sorted(found) == sorted(everything)


def test_pages_have_neither_gaps_nor_doubles(busy: Busy) -> None:
    whole = places(all_of(busy, Filters(), limit=200))

    assert places(all_of(busy, Filters(), limit=1)) == whole
    assert places(all_of(busy, Filters(), limit=2)) == whole
    assert len(set(whole)) == len(whole)


@pytest.mark.parametrize(("few", "near"), [(200, 1000), (1, 2), (3, 3)])
def test_a_search_finds_the_same_however_common_the_word(
    busy: Busy, monkeypatch: pytest.MonkeyPatch, few: int, near: int
) -> None:
    monkeypatch.setattr(lists, "FEW", few)
    monkeypatch.setattr(lists, "NEAR", near)
    whole = places(all_of(busy, Filters()))

    for query, words in (("NGUYEN", "Nguyễn"), ("văn", "Văn"), ("Đao", "Đào Đạo")):
        named = [
            each
            for each in whole
            if not set(words.split()).isdisjoint(busy.people[each[0]].split())
        ]
        found = all_of(busy, Filters(q=query))

        assert places(found) == named
        assert busy.reading.counts(q=query)["found"] == len(named)


@pytest.mark.parametrize("filters", [Filters(), Filters(unassigned=True, q="bước")])
def test_neighbours_agree_with_the_pages(busy: Busy, filters: Filters) -> None:
    whole = places(all_of(busy, filters))
    by, workflow = busy.reading.reviewer, busy.workflow

    around = [
        workflow.neighbours(UUID(case), step, filters, by=by) for case, step in whole
    ]

    assert [place(each["previous"]) for each in around] == [None, *whole[:-1]]
    assert [place(each["next"]) for each in around] == [*whole[1:], None]


def test_a_view_that_is_built_again_is_the_same(busy: Busy) -> None:
    before = busy.reading.view()

    busy.reading.forget_the_view()
    busy.reading.follow()

    assert busy.reading.view() == before


def places(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["case_id"], row["step"]) for row in rows]


def place(row: dict[str, Any] | None) -> tuple[str, str] | None:
    return (row["case_id"], row["step"]) if row else None
