"""Figures: which period is asked for, and what each event means for lateness."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.workflow.domain import Case
from services.workflow.domain.apology import Term
from services.workflow.errors import CursorInvalidError
from services.workflow.figures import Figures
from services.workflow.ports import Figured
from services.workflow.views.figure_steps import steps
from services.workflow.views.figures import changes
from shared.actor import Actor
from shared.clock import LOCAL
from shared.errors import NotAllowedError
from tests.builders import an_officer
from tests.builders.workflow import (
    DOSSIER,
    DUE,
    LATER,
    RECEIVED,
    REVIEW,
    Handling,
    MemoryFigures,
    a_case,
    a_definition,
    a_released_case,
    a_step,
    a_workflow,
    the_usual,
)

OCTOBER = Figures(date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = Figures(date(2026, 11, 1), date(2026, 11, 30))
AUDITOR = an_officer("auditor", agency="thanh_tra")


def a_row(**more: int) -> dict[str, Any]:
    names = (
        "received ended ended_on_time ended_late late_with_apology open open_overdue"
    )
    place = {"unit": "ubnd_xa", "procedure": "small", "channel": "counter"}
    return {**place, **dict.fromkeys(names.split(), 0), **more}


def test_a_period_lasts_until_the_end_of_its_last_day() -> None:
    figures = MemoryFigures()
    workflow = a_workflow(figures=figures)

    workflow.statistics(OCTOBER, by=AUDITOR)

    [period] = figures.asked
    assert period.since == datetime(2026, 10, 1, tzinfo=LOCAL)
    assert period.until == datetime(2026, 11, 1, tzinfo=LOCAL)


def test_what_is_open_is_not_judged_by_days_to_come() -> None:
    figures = MemoryFigures()
    workflow = a_workflow(figures=figures)

    workflow.statistics(NOVEMBER, by=AUDITOR)

    assert figures.asked[0].until == LATER


def test_the_rows_are_added_up() -> None:
    figures = MemoryFigures()
    figures.rows = [
        a_row(received=3, ended=2, ended_late=1),
        a_row(ended=1, open_overdue=4),
    ]
    workflow = a_workflow(figures=figures)

    told = workflow.statistics(NOVEMBER, by=AUDITOR)

    assert told["rows"] == figures.rows
    assert told["total"]["ended"] == 3
    assert (told["total"]["ended_late"], told["total"]["open_overdue"]) == (1, 4)
    assert (told["since"], told["until"]) == ("2026-11-01", "2026-11-30")


def test_a_reviewer_reads_no_figures() -> None:
    figures = MemoryFigures()
    workflow, by = a_workflow(figures=figures), an_officer("reviewer")
    questions = (
        lambda: workflow.statistics(NOVEMBER, by=by),
        lambda: workflow.trend(NOVEMBER, by=by),
        lambda: workflow.bottlenecks(NOVEMBER, by=by),
        lambda: workflow.figured_cases(NOVEMBER, Figured("open"), by=by),
    )

    for ask in questions:
        with pytest.raises(NotAllowedError):
            ask()

    assert [*figures.asked, *figures.wanted] == []


def test_days_on_which_nothing_happened_are_told_too() -> None:
    figures = MemoryFigures()
    figures.rows = [{"begins": date(2026, 11, 2), "received": 3}]

    told = a_workflow(figures=figures).trend(
        Figures(date(2026, 11, 1), date(2026, 11, 3)), by=AUDITOR
    )

    assert told["by"] == "day"
    assert [each["received"] for each in told["items"]] == [0, 3, 0]
    assert told["items"][0]["begins"] == "2026-11-01"


def test_a_long_time_is_told_month_by_month() -> None:
    told = a_workflow().trend(
        Figures(date(2026, 1, 20), date(2026, 12, 31)), by=AUDITOR
    )

    begins = [each["begins"] for each in told["items"]]
    assert told["by"] == "month"
    assert (begins[0], begins[-1], len(begins)) == ("2026-01-01", "2026-11-01", 11)


def test_times_at_a_step_are_told_in_days() -> None:
    figures = MemoryFigures()
    figures.rows = [{"step": "review", "half": timedelta(hours=36), "most": None}]

    told = a_workflow(figures=figures).bottlenecks(NOVEMBER, by=AUDITOR)

    assert told == [{"step": "review", "half": 1.5, "most": None}]


def test_a_manager_is_shown_the_dossiers_of_their_unit_and_an_auditor_all() -> None:
    figures = MemoryFigures()
    workflow = a_workflow(figures=figures)
    manager = an_officer("manager", agency="ubnd_xa")

    workflow.figured_cases(NOVEMBER, Figured("open", reader="bhxh"), by=manager)
    workflow.figured_cases(NOVEMBER, Figured("open"), by=AUDITOR)

    assert [each.reader for each in figures.wanted] == ["ubnd_xa", None]


def test_a_manager_without_a_unit_is_shown_no_dossiers() -> None:
    nowhere = Actor("staff:m", None, ("manager",), kind="staff")

    with pytest.raises(NotAllowedError):
        a_workflow().figured_cases(NOVEMBER, Figured("open"), by=nowhere)


def test_a_page_of_dossiers_says_where_the_next_begins() -> None:
    figures = MemoryFigures()
    figures.rows = [a_counted_case(number) for number in range(60)]

    told = a_workflow(figures=figures).figured_cases(
        NOVEMBER, Figured("received"), by=AUDITOR
    )

    assert len(told["items"]) == 50
    place = Figured("received", after=told["next"]).place
    assert place == (RECEIVED, UUID(int=49))


def test_a_place_nobody_was_told_is_refused() -> None:
    with pytest.raises(CursorInvalidError):
        _ = Figured("open", after="yesterday").place


def a_counted_case(number: int) -> dict[str, Any]:
    names = ("code", "unit", "procedure", "channel")
    return {
        **dict.fromkeys(names, "x"),
        "case_id": UUID(int=number),
        "dossier_id": UUID(int=number),
        "received_at": RECEIVED,
        "due_at": DUE,
        "ended": None,
    }


def values_of(handling: Handling) -> dict[str, list[dict[str, Any]]]:
    """What each event writes, without the case it writes it to."""
    return {
        type(each).__name__: [
            {key: value for key, value in values.items() if key != "case_id"}
            for _, values in changes(each)
        ]
        for each in handling.case.collect_events()
    }


def test_a_case_begins_with_its_first_date() -> None:
    found = values_of(Handling(the_usual()))

    assert found["Opened"] == [
        {
            "dossier_id": DOSSIER,
            "code": "H15.66-261116-0001",
            "unit": "ubnd_xa",
            "procedure": "small",
            "channel": "counter",
            "received_at": RECEIVED,
            "due_at": DUE,
        }
    ]
    assert found["StepOpened"] == []


def test_a_step_is_open_from_then_until_it_is_finished() -> None:
    handling = Handling(the_usual())
    handling.finish("review")
    events = handling.case.collect_events()
    told = [values for each in events for _, values in steps(each)]

    entered = next(each for each in told if each.get("step") == "review")
    left = next(each for each in told if each.get("steps") == ["review"])
    assert entered["unit"] == "ubnd_xa"
    assert (left["is_done"], left["at"]) == (True, LATER)


def test_when_a_case_ends_nothing_of_it_waits_any_more() -> None:
    handling = a_released_case()
    handling.case.collect_events()
    handling.hand_over()

    [(_, values)] = [
        each
        for event in handling.case.collect_events()
        if isinstance(event, Case.Closed)
        for each in steps(event)
    ]
    assert values["at"] == LATER


def test_an_extension_is_an_apology_and_leaves_the_first_date() -> None:
    handling = a_case()
    reviewer, leader = an_officer("reviewer"), an_officer("agency_leader", subject="l")
    term = Term(2, "working_day")
    handling.case.propose_extension(term, "Vì", act=handling.act(reviewer))
    handling.case.collect_events()
    handling.case.approve_extension(act=handling.act(leader))

    found = values_of(handling)

    assert found["ExtensionApproved"] == [{"at": None}]
    assert found["DueDateMoved"] == [{"at": DUE, "due_at": handling.case.due_at}]


def test_asking_counts_and_the_clock_stands() -> None:
    handling = a_case()
    handling.ask("review", "CC01")
    asked = values_of(handling)["SupplementAsked"]
    handling.answer(LATER)

    assert asked == [{"at": None}, {"reason": "supplement:review", "at": LATER}]
    answered = values_of(handling)["SupplementAnswered"]
    assert answered == [{"reason": "supplement:review"}]


def test_what_was_asked_at_a_needless_step_is_awaited_no_more() -> None:
    handling = a_case()
    handling.ask("review", "CC01")
    handling.case.skip("review", "refuse")

    let_go = values_of(handling)["StepSkipped"]

    assert let_go == [{"reason": "supplement:review"}, {"reason": "payment:review"}]


def test_excluded_steps_stop_the_clock_in_the_figures_too() -> None:
    consult = a_step("consult", "review", clock="excluded")
    handling = a_case(a_definition(REVIEW, consult, a_step("draft", "consult")))
    handling.finish("review")
    stopped = values_of(handling)["ClockStopped"]
    handling.finish("consult")

    assert stopped == [{"reason": "excluded", "at": LATER}]
    assert values_of(handling)["ClockStarted"] == [{"reason": "excluded"}]


def test_what_is_released_is_processed_and_what_is_fetched_ended() -> None:
    handling = a_released_case()
    handling.hand_over()

    assert values_of(handling)["Closed"] == [{"at": LATER}]
    assert handling.case.processed_at is not None
    assert handling.case.processed_at.tzinfo == UTC
