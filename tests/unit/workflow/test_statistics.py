"""Figures: which period is asked for, and what each event means for lateness."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.workflow.domain.apology import Term
from services.workflow.views.figures import changes
from shared.clock import LOCAL
from shared.errors import NotAllowedError
from tests.builders import an_officer
from tests.builders.workflow import (
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

    workflow.statistics(date(2026, 10, 1), date(2026, 10, 31), by=AUDITOR)

    [(since, until)] = figures.asked
    assert since == datetime(2026, 10, 1, tzinfo=LOCAL)
    assert until == datetime(2026, 11, 1, tzinfo=LOCAL)


def test_what_is_open_is_not_judged_by_days_to_come() -> None:
    figures = MemoryFigures()
    workflow = a_workflow(figures=figures)

    workflow.statistics(date(2026, 11, 1), date(2026, 11, 30), by=AUDITOR)

    assert figures.asked[0][1] == LATER


def test_the_rows_are_added_up() -> None:
    figures = MemoryFigures()
    figures.rows = [
        a_row(received=3, ended=2, ended_late=1),
        a_row(ended=1, open_overdue=4),
    ]
    workflow = a_workflow(figures=figures)

    told = workflow.statistics(date(2026, 11, 1), date(2026, 11, 30), by=AUDITOR)

    assert told["rows"] == figures.rows
    assert told["total"]["ended"] == 3
    assert (told["total"]["ended_late"], told["total"]["open_overdue"]) == (1, 4)
    assert (told["since"], told["until"]) == ("2026-11-01", "2026-11-30")


def test_a_reviewer_reads_no_figures() -> None:
    figures = MemoryFigures()

    with pytest.raises(NotAllowedError):
        a_workflow(figures=figures).statistics(
            date(2026, 11, 1), date(2026, 11, 30), by=an_officer("reviewer")
        )

    assert figures.asked == []


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
            "unit": "ubnd_xa",
            "procedure": "small",
            "channel": "counter",
            "received_at": RECEIVED,
            "due_at": DUE,
        }
    ]
    assert found["StepOpened"] == []


def test_an_extension_is_an_apology_and_leaves_the_first_date() -> None:
    handling = a_case()
    reviewer, leader = an_officer("reviewer"), an_officer("agency_leader", subject="l")
    term = Term(2, "working_day")
    handling.case.propose_extension(term, "Vì", act=handling.act(reviewer))
    handling.case.collect_events()
    handling.case.approve_extension(act=handling.act(leader))

    found = values_of(handling)

    assert found["ExtensionApproved"] == [{"at": None}]
    assert found["DueDateMoved"] == [{"at": DUE}]


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
