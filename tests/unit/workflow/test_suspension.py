from __future__ import annotations

from datetime import datetime

import pytest

from services.workflow.domain import Case
from services.workflow.errors import (
    CaseSuspendedError,
    LegalBasisMissingError,
    ReasonMissingError,
    StatusForbidsError,
)
from shared.clock import LOCAL
from shared.errors import DomainError, NotAllowedError
from tests.builders import an_officer, events
from tests.builders.workflow import (
    LATER,
    REVIEW,
    SIGN,
    Handling,
    a_case,
    a_definition,
    a_released_case,
    a_step,
    an_approved_case,
)

LEADER = an_officer("agency_leader", subject="leader-1")
RESTED = datetime(2026, 11, 17, 17, 0, tzinfo=LOCAL)  # one of three days is used
RESUMED = datetime(2026, 11, 19, 17, 0, tzinfo=LOCAL)
MOVED = datetime(2026, 11, 23, 17, 0, tzinfo=LOCAL)


def suspend(handling: Handling, now: datetime = LATER) -> None:
    act = handling.act(LEADER, now)
    handling.case.suspend("Chờ bản án", "Điều 7", act=act)


def test_a_leader_lets_a_case_rest_on_a_legal_basis() -> None:
    handling = a_case()

    suspend(handling)

    assert handling.case.status == 8
    assert handling.case.clock_stands
    assert events(handling.case) == ["Suspended"]


@pytest.mark.parametrize(
    ("reason", "basis", "error"),
    [("", "Điều 7", ReasonMissingError), ("Chờ", "", LegalBasisMissingError)],
)
def test_it_says_why_and_by_which_law(
    reason: str, basis: str, error: type[DomainError]
) -> None:
    handling = a_case()

    with pytest.raises(error):
        handling.case.suspend(reason, basis, act=handling.act(LEADER))

    assert events(handling.case) == []


def test_nobody_works_on_a_suspended_case_and_it_says_who_suspended_it() -> None:
    handling = a_case()
    suspend(handling)
    handling.case.collect_events()

    for work in (handling.claim, handling.finish, handling.propose):
        with pytest.raises(CaseSuspendedError) as refusal:
            work("review")
    with pytest.raises(CaseSuspendedError):
        suspend(handling)

    assert refusal.value.details == [{"by": "leader-1", "since": LATER.isoformat()}]
    assert events(handling.case) == []


def test_a_resumed_case_goes_on_with_the_time_that_was_left() -> None:
    handling = a_case()
    suspend(handling, RESTED)
    handling.case.collect_events()

    handling.case.resume("Đã có bản án", act=handling.act(LEADER, RESUMED))

    resumed, moved = handling.case.collect_events()
    assert handling.case.status == 4
    assert isinstance(resumed, Case.Resumed)
    assert isinstance(moved, Case.DueDateMoved)
    assert resumed.due_at == moved.new_due_at == handling.case.due_at == MOVED
    assert moved.reason == "suspension"
    handling.finish("review")


def test_only_what_is_suspended_is_resumed() -> None:
    handling = a_case()

    with pytest.raises(StatusForbidsError):
        handling.case.resume("", act=handling.act(LEADER))


@pytest.mark.parametrize(
    "stranger",
    [
        an_officer("unit_leader"),
        an_officer("reviewer"),
        an_officer("agency_leader", agency="so_tai_chinh"),
    ],
)
def test_only_the_leader_of_an_agency_involved_suspends(stranger: object) -> None:
    handling = a_case()

    with pytest.raises(NotAllowedError):
        handling.case.suspend("Chờ", "Điều 7", act=handling.act(stranger))  # type: ignore[arg-type]

    assert events(handling.case) == []


def test_a_result_that_is_ready_rests_no_more() -> None:
    handling = a_released_case()

    with pytest.raises(StatusForbidsError):
        suspend(handling)


def test_a_paper_sealed_meanwhile_is_released_when_the_case_goes_on() -> None:
    handling = an_approved_case()
    handling.finish("number")
    suspend(handling)

    handling.seal()
    assert handling.case.status == 8
    handling.case.resume("", act=handling.act(LEADER))

    assert handling.case.status == 9


def test_a_suspended_case_can_be_given_back_or_stopped() -> None:
    given_back, stopped = a_case(), a_case()
    for each in (given_back, stopped):
        suspend(each)

    given_back.case.wish_withdrawal(act=given_back.act())
    given_back.decide_withdrawal(granted=True)
    stopped.case.stop("Trùng", "Điều 7", act=stopped.act(LEADER))

    assert given_back.case.status == 7
    assert stopped.case.is_ended


def test_a_step_of_the_procedure_may_stop_the_dossier() -> None:
    rest = a_step("rest", "review", role="third_party", clock="paused", status=8)
    sign = {**SIGN, "depends_on": ["rest"]}
    handling = a_case(a_definition(REVIEW, rest, sign))

    handling.finish("review")
    assert handling.case.status == 8
    handling.finish("rest")

    assert handling.case.status == 4
    assert handling.open == ["sign"]


def test_two_steps_that_stop_the_dossier_do_so_one_after_the_other() -> None:
    rest = a_step("rest", "review", role="third_party", clock="paused", status=8)
    pay = a_step("pay", "review", role="system", clock="paused", status=6)
    handling = a_case(a_definition(REVIEW, rest, pay))

    handling.finish("review")
    assert handling.open == ["rest"]
    handling.finish("rest")

    assert handling.open == ["pay"]
    assert handling.case.status == 6
