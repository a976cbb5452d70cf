"""Alarms and figures in a real database, beside the log they follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import Tracking

from services.workflow import bootstrap
from services.workflow.alarms import CaseAlarms
from services.workflow.application import WorkflowApplication
from services.workflow.config import WorkflowSettings
from services.workflow.domain import Case
from services.workflow.domain.decree import Decree
from services.workflow.domain.gazette import CalendarNotice
from services.workflow.domain.steps import Completion
from services.workflow.ports import Figured, Period
from shared import clock
from shared.alarms import Ringing
from shared.clock import LOCAL
from tests.builders import an_officer
from tests.builders.workflow import (
    DUE,
    RECEIVED,
    REVIEW,
    a_definition,
    a_dossier_accepted,
    a_procedure_published,
    a_step,
)

MANAGER = an_officer("manager", subject="manager-1")
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture(scope="module")
def workflow(environment: None) -> Iterator[WorkflowApplication]:
    with bootstrap.application(WorkflowSettings()) as app:
        yield app


def after_all() -> datetime:
    """A moment behind everything that is in the log by now."""
    return clock.now() + HALF_AN_HOUR


class Town:
    """A unit of its own for each test, its cases, and a clock that the test sets."""

    def __init__(self, workflow: WorkflowApplication, unit: str) -> None:
        self.workflow, self.unit = workflow, unit
        asked = {"value": 12, "unit": "day", "effect": "consent"}
        self.definition = a_definition(
            {**REVIEW, "agency": unit},
            a_step("asked", "review", agency=unit, clock="excluded", timeout=asked),
            a_step("draft", "asked", agency=unit),
            slug=f"alarms-{unit.replace('_', '-')}",
        )
        self.definition["steps"][0]["agency"] = unit
        self.reviewer = an_officer("reviewer", agency=unit)
        settings = WorkflowSettings()
        self.views: list[Any] = [
            bootstrap.PROJECTIONS[name](settings) for name in ("alarms", "figures")
        ]
        self.rows = bootstrap.alarm_rows(settings)
        self.figures = bootstrap.figures(settings)
        self.workflow.handle(a_procedure_published(self.definition))

    def open_case(self) -> UUID:
        dossier = uuid4()
        accepted = a_dossier_accepted(self.definition)
        self.workflow.handle(accepted.model_copy(update={"dossier_id": dossier}))
        return Case.create_id(dossier)

    def follow(self) -> None:
        app = self.workflow
        for projection in self.views:
            start = projection.view.max_tracking_id(app.name) or 0
            while stored := app.recorder.select_notifications(start + 1, 100):
                for each in stored:
                    event: Any = app.mapper.to_domain_event(each)
                    projection.process_event(event, Tracking(app.name, each.id))
                start = stored[-1].id

    def ring(self, now: datetime) -> int:
        """Until nothing is due any more; how many alarms rang."""
        self.workflow.clock = lambda: now
        ringing = Ringing(CaseAlarms(self.workflow, self.rows), clock=lambda: now)
        rung = 0
        while True:
            self.follow()
            if not (found := ringing.look()):
                return rung
            rung += found

    def case(self, case: UUID) -> Case:
        found: Case = self.workflow.repository.get(case)
        return found

    def counts(self, now: datetime) -> dict[str, int]:
        self.follow()
        rows = self.figures.counts(Period(RECEIVED - timedelta(days=1), now))
        [row] = [each for each in rows if each["procedure"] == self.definition["slug"]]
        return {key: value for key, value in row.items() if isinstance(value, int)}


@pytest.fixture
def town(workflow: WorkflowApplication, request: Any) -> Town:
    units = {
        "silence": "so_noi_vu",
        "decreed": "bhxh",
        "frozen": "so_xay_dung",
        "counted": "so_tai_chinh",
        "behind": "so_y_te",
    }
    [unit] = [unit for word, unit in units.items() if word in request.node.name]
    workflow.clock = lambda: RECEIVED
    return Town(workflow, unit)


def test_silence_ends_a_step_when_the_clock_passes(town: Town) -> None:
    case = town.open_case()
    town.workflow.finish_step(case, "review", Completion(), by=town.reviewer)
    limit = datetime(2026, 11, 30, 17, 0, tzinfo=LOCAL)

    town.ring(limit - HALF_AN_HOUR)
    assert town.case(case).steps["asked"].state == "open"
    town.ring(limit)

    assert town.case(case).steps["asked"].state == "done"
    assert town.case(case).steps["draft"].state == "open"
    assert town.ring(limit) == 0


def test_a_holiday_decreed_half_way_moves_the_dates_of_open_cases(town: Town) -> None:
    case = town.open_case()
    town.ring(after_all())
    off = CalendarNotice(
        uuid4(), date(2026, 11, 18), "off", "agency", town.unit, "12/TB", RECEIVED
    )

    town.workflow.enter_calendar_notice(off, by=MANAGER)
    town.ring(after_all())

    assert town.case(case).due_at == DUE + timedelta(days=1)


def test_cases_are_frozen_by_one_act_and_go_on_when_it_ends(town: Town) -> None:
    cases = [town.open_case() for _ in range(3)]
    town.ring(after_all())
    decree = Decree(uuid4(), {"units": [town.unit]}, "freeze", "45/QĐ", RECEIVED)

    town.workflow.issue_decree(decree, by=MANAGER)
    town.ring(after_all())
    assert all(town.case(each).clock_stands for each in cases)

    late = after_all()
    town.workflow.clock = lambda: late
    town.workflow.end_decree(decree.id, "46/QĐ", by=MANAGER)
    town.ring(late)
    assert not any(town.case(each).clock_stands for each in cases)
    assert {town.case(each).due_at > late for each in cases} == {True}


def test_what_is_late_is_counted(town: Town) -> None:
    town.open_case()
    asked = town.open_case()
    items = [{"kind": "document", "key": "CC01"}]
    town.workflow.ask_supplement(asked, "review", items, note="", by=town.reviewer)

    on_the_day, later = town.counts(DUE), town.counts(DUE + HALF_AN_HOUR)

    assert (on_the_day["received"], on_the_day["open"]) == (2, 2)
    assert on_the_day["open_overdue"] == 0
    assert later["open_overdue"] == 1  # the other waits for its applicant


def test_behind_a_figure_are_its_dossiers_and_its_steps(town: Town) -> None:
    first, second = town.open_case(), town.open_case()
    town.workflow.clock = lambda: RECEIVED + timedelta(days=3)
    town.workflow.finish_step(first, "review", Completion(), by=town.reviewer)
    town.follow()
    unit = town.reviewer.agency
    since, until = RECEIVED - timedelta(days=1), RECEIVED + timedelta(days=5)
    period = Period(since, until, unit, town.definition["slug"], "counter")

    review = town.figures.steps(period)[0]
    trend = town.figures.trend(period, "day")
    waiting = town.figures.cases(period, Figured("open", "review", unit))
    elsewhere = town.figures.cases(period, Figured("open", reader="bhxh"))
    after = Figured("open", after=f"{RECEIVED.isoformat()}~{max(first, second)}")

    assert (review["step"], review["waiting"], review["done"]) == ("review", 1, 1)
    assert review["half"] == timedelta(days=3)
    assert [row["received"] for row in trend] == [2]
    assert [row["case_id"] for row in waiting] == [second]
    assert elsewhere == []
    assert len(town.figures.cases(period, after)) == 1
