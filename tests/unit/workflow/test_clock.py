"""The clock of a case: why it stands, and what the standing does to its date."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.workflow.domain.clock_state import ClockState, Hold
from services.workflow.domain.explanation import clock_account
from services.workflow.domain.steps import Completion
from shared.clock import LOCAL
from tests.builders import events
from tests.builders.workflow import (
    DUE,
    LATER,
    REVIEW,
    Handling,
    a_case,
    a_definition,
    a_released_case,
    a_step,
)

CONSULT = a_step("consult", "review", clock="excluded")
DRAFT = a_step("draft", "consult")


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=LOCAL)


def a_case_that_consults(**more: Any) -> Handling:
    return a_case(a_definition(REVIEW, {**CONSULT, **more}, DRAFT))


def test_it_stands_while_only_excluded_steps_are_open() -> None:
    handling = a_case_that_consults()

    handling.finish("review")

    assert handling.case.clock_stands
    assert handling.case.stood_since == LATER
    assert events(handling.case) == ["StepFinished", "StepOpened", "ClockStopped"]
    assert handling.case.status == 4


def test_it_runs_while_anybody_else_works() -> None:
    other = a_step("other", "receive")
    handling = a_case(a_definition(REVIEW, CONSULT, DRAFT, other))

    handling.finish("review")

    assert not handling.case.clock_stands


def test_it_runs_again_with_the_time_that_was_left() -> None:
    handling = a_case_that_consults()
    handling.finish("review")
    handling.case.collect_events()

    act = handling.act(handling.officer("consult"), at(26))
    handling.case.finish("consult", Completion(), act=act)

    assert handling.case.due_at == at(30, 17)  # 24 November is Culture Day
    assert events(handling.case) == [
        "StepFinished",
        "StepOpened",
        "ClockStarted",
        "DueDateMoved",
    ]


def test_a_paused_step_stops_the_whole_dossier() -> None:
    wait = a_step("wait", "receive", clock="paused", status=8)
    handling = a_case(a_definition(REVIEW, wait))

    assert handling.case.status == 8
    assert handling.case.holds.keys() == {"paused"}


def test_a_released_result_has_no_clock_any_more() -> None:
    handling = a_released_case()

    act = handling.act(now=at(25))
    told = clock_account(handling.case, act)

    assert (told["light"], told["remaining_minutes"]) == ("done", None)
    assert not handling.case.clock_stands


@pytest.mark.parametrize(
    ("now", "light", "remaining"),
    [
        (at(16), "on_time", 480 * 3 + 390),
        (at(17, 7), "on_time", 480 * 3),
        (at(17), "near_due", 480 * 3 - 90),
        (at(19, 17), "near_due", 0),
        (at(20), "overdue", -90),
    ],
)
def test_the_light_follows_the_working_time_that_is_left(
    now: datetime, light: str, remaining: int
) -> None:
    told = clock_account(a_case().case, a_case().act(now=now))

    assert (told["light"], told["remaining_minutes"]) == (light, remaining)


def test_it_says_why_it_stands_and_why_the_date_is_what_it_is() -> None:
    handling = a_case_that_consults()
    handling.finish("review")

    told = clock_account(handling.case, handling.act(now=at(30)))

    assert told["light"] == "stopped"
    assert told["reasons"] == ["excluded"]
    assert told["since"] == LATER.isoformat()
    assert told["due_at"] == told["original_due_at"] == DUE.isoformat()
    codes = [line["code"] for line in told["explanation"]]
    assert codes[0] == "received"
    assert codes[-1] == "still-stopped"
    assert all(
        line["text"].keys() == {"vi", "en", "fr"} for line in told["explanation"]
    )


class Clock(ClockState):
    def __init__(self) -> None:
        self.start_clock(DUE)


def test_it_stands_until_the_last_reason_is_gone() -> None:
    clock = Clock()
    clock.hold(Hold.SUPPLEMENT, at(17))
    clock.hold(Hold.DECREE, at(18))

    clock.release(Hold.SUPPLEMENT, at(19))

    assert clock.clock_stands
    assert clock.stood_since == at(17)
    clock.release(Hold.DECREE, at(20))
    assert not clock.clock_stands


def test_a_hold_begins_once_and_what_was_not_held_is_not_released() -> None:
    clock = Clock()
    clock.hold(Hold.EXCLUDED, at(17))
    clock.hold(Hold.EXCLUDED, at(18))
    clock.release(Hold.PAUSED, at(18))

    assert clock.holds == {"excluded": at(17)}
    assert clock.pauses == []
