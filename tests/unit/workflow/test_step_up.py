"""Who signs what the applicant gets has proven a moment ago that it is them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from services.workflow.domain.apology import Term
from services.workflow.domain.state import Act
from shared.actor import STEPPED_UP, StepUpNeededError
from shared.errors import NotAllowedError
from tests.builders import an_officer, events
from tests.builders.workflow import (
    Handling,
    a_case,
    a_proposed_case,
    a_released_case,
)

LEADER = an_officer("agency_leader", subject="leader-1")
ONLY_SIGNED_IN = replace(LEADER, level=2)


def test_a_leader_who_only_signed_in_cannot_approve() -> None:
    handling = a_proposed_case()

    with pytest.raises(StepUpNeededError):
        handling.finish("sign", by=ONLY_SIGNED_IN)

    assert events(handling.case) == []
    assert handling.case.approval is None


def approve_extension(handling: Handling, act: Act) -> None:
    handling.case.approve_extension(act=act)


def stop(handling: Handling, act: Act) -> None:
    handling.case.stop("Hồ sơ giả", "Điều 9", act=act)


def withdraw_result(handling: Handling, act: Act) -> None:
    handling.case.withdraw_result("Sai số thửa", "Điều 9", act=act)


def a_proposed_extension() -> Handling:
    handling = a_case()
    act = handling.act(handling.officer("review"))
    handling.case.propose_extension(Term(2, "working_day"), "Thiếu người", act=act)
    handling.case.collect_events()
    return handling


SIGNED: dict[str, tuple[Callable[[], Handling], Callable[[Handling, Act], None]]] = {
    "an extension and its apology": (a_proposed_extension, approve_extension),
    "a notice that the case is stopped": (a_case, stop),
    "a notice that the result is called back": (a_released_case, withdraw_result),
}


@pytest.mark.parametrize("paper", SIGNED)
def test_what_goes_to_the_applicant_is_signed_by_who_has_stepped_up(paper: str) -> None:
    begun, sign = SIGNED[paper]
    handling = begun()

    with pytest.raises(StepUpNeededError):
        sign(handling, handling.act(ONLY_SIGNED_IN))
    assert events(handling.case) == []

    sign(handling, handling.act(LEADER))
    assert events(handling.case) != []


def test_a_leader_who_has_stepped_up_approves() -> None:
    handling = a_proposed_case()

    handling.finish("sign", by=replace(LEADER, level=STEPPED_UP))

    assert handling.case.approval is not None


def test_who_may_not_approve_at_all_is_told_that_first() -> None:
    handling = a_proposed_case()
    stranger = an_officer("agency_leader", agency="so_tai_chinh")

    with pytest.raises(NotAllowedError):
        handling.finish("sign", by=replace(stranger, level=2))


def test_other_steps_need_no_proof() -> None:
    handling = a_case()
    reviewer = replace(handling.officer("review"), level=2)

    handling.propose("review", by=reviewer)
    handling.finish("review", by=reviewer)

    assert handling.case.approval is None
