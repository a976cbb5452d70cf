"""Late is a fact about the deadline, told once, and counted as the index counts."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services.workflow.domain.lateness import is_late
from shared.clock import LOCAL
from tests.builders import events
from tests.builders.workflow import (
    DUE,
    REVIEW,
    Handling,
    a_case,
    a_definition,
    a_released_case,
    a_step,
)

SOON = datetime(2026, 11, 17, 7, 30, tzinfo=LOCAL)  # 24 working hours before
MINUTE = timedelta(minutes=1)


def at(day: int, hour: int = 17) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=LOCAL)


def ring(handling: Handling, now: datetime) -> list[str]:
    """What the bell says of the date; apologies have tests of their own."""
    handling.case.ring(handling.act(now=now))
    return [each for each in events(handling.case) if each.endswith("Reached")]


def test_it_is_said_once_that_the_date_is_near_and_once_that_it_has_passed() -> None:
    handling = a_case()

    assert ring(handling, SOON - MINUTE) == []
    assert ring(handling, SOON) == ["DueSoonReached"]
    assert ring(handling, DUE - MINUTE) == []
    assert ring(handling, DUE) == ["OverdueReached"]
    assert ring(handling, DUE + timedelta(days=99)) == []


def test_a_bell_that_comes_too_late_says_both_in_their_order() -> None:
    handling = a_case()

    assert ring(handling, DUE) == ["DueSoonReached", "OverdueReached"]


def test_no_date_comes_nearer_while_the_clock_stands() -> None:
    handling = a_case()
    handling.ask("review", "CC01", now=at(16))

    assert ring(handling, at(30)) == []
    handling.answer(at(30))
    handling.case.collect_events()
    assert ring(handling, at(30)) == []
    assert ring(handling, at(30) + timedelta(days=1)) == ["DueSoonReached"]


def test_a_date_that_moved_comes_near_again() -> None:
    handling = a_case()
    ring(handling, SOON)
    handling.ask("review", "CC01", now=at(18))
    handling.answer(at(27))
    handling.case.collect_events()

    assert handling.case.due_at == at(30)
    assert ring(handling, at(27)) == ["DueSoonReached"]
    assert ring(handling, at(30)) == ["OverdueReached"]


def test_a_result_that_waits_to_be_fetched_is_never_late() -> None:
    handling = a_released_case()

    assert ring(handling, at(30)) == []
    assert handling.case.next_alarm(handling.act(now=at(30))) is None


def test_being_late_gives_nobody_the_power_to_refuse() -> None:
    handling = a_case()
    ring(handling, at(30))

    assert handling.case.status == 4
    assert handling.open == ["review"]
    assert not handling.case.is_refused


def released(ended: datetime) -> Handling:
    handling = a_released_case()
    handling.case.processed_at = ended
    return handling


@pytest.mark.parametrize(
    ("handling", "now", "late"),
    [
        (a_case(), DUE, False),
        (a_case(), DUE + MINUTE, True),
        (released(DUE), at(30), False),
        (released(DUE + MINUTE), at(30), True),
    ],
)
def test_late_is_who_ended_after_the_first_date_or_has_not_ended(
    handling: Handling, now: datetime, late: bool
) -> None:
    assert is_late(handling.case, now) is late


def test_who_waits_for_the_applicant_is_judged_by_the_day_of_the_request() -> None:
    handling = a_case()
    handling.ask("review", "CC01", now=DUE - MINUTE)

    assert not is_late(handling.case, at(30))


def test_who_stands_for_another_reason_is_judged_by_when_the_clock_stopped() -> None:
    consult = a_step("consult", "review", clock="excluded")
    handling = a_case(a_definition(REVIEW, consult))
    handling.finish("review")

    assert not is_late(handling.case, at(30))


def test_asking_twice_is_late_whenever_it_ends() -> None:
    rules = {"max_requests_per_stage": 2, "clock_effect": "pause"}
    handling = a_case(a_definition(REVIEW, supplement=rules))
    for day in (16, 17):
        handling.ask("review", "CC01", now=at(day, 9))
        handling.answer(at(day, 10))

    assert handling.case.requests == 2
    assert is_late(handling.case, at(17))


def test_a_withdrawn_case_ended_when_it_was_given_back() -> None:
    handling = a_case()
    handling.case.wish_withdrawal(act=handling.act())
    act = handling.act(handling.officer("review"), at(18))
    handling.case.decide_withdrawal(granted=True, reason="", act=act)

    assert not is_late(handling.case, at(30))


def test_fetching_late_is_not_being_late() -> None:
    handling = released(DUE)
    act = handling.act(now=at(30))
    handling.case.close(returned_by="return-1", channel="counter", act=act)

    assert not is_late(handling.case, at(30))
