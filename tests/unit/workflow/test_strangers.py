"""What consulted units, deputies and latecomers may not do, and what they are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.workflow.application import WorkflowApplication
from services.workflow.domain.apology import Term
from services.workflow.domain.consultation import Question
from services.workflow.domain.roster import Leave
from services.workflow.domain.state import Act
from services.workflow.errors import (
    DetailedError,
    NothingToDecideError,
    NoWithdrawalWishedError,
    SamePersonError,
    StatusForbidsError,
)
from shared.actor import Actor
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer, events
from tests.builders.workflow import (
    LATER,
    REVIEW,
    Handling,
    a_case,
    a_definition,
    a_proposed_case,
    a_released_case,
    a_step,
    a_workflow,
    an_open_case,
)
from tests.unit.workflow.commands import LAW, WHY

ASKED = "so_xay_dung"
TWO_DAYS = Term(2, "working_day")
LEADER = an_officer("agency_leader", subject="leader-1")
SECOND = an_officer("agency_leader", subject="leader-2")
DAY = date(2026, 11, 17)

Deed = Callable[[Handling, Act], None]

OF_LEADERS: dict[str, Deed] = {
    "suspend": lambda it, act: it.case.suspend(WHY, LAW, act=act),
    "stop": lambda it, act: it.case.stop(WHY, LAW, act=act),
    "allow_supplement": lambda it, act: it.case.allow_supplement(LAW, act=act),
    "propose_extension": lambda it, act: it.case.propose_extension(
        TWO_DAYS, WHY, act=act
    ),
    "decide_withdrawal": lambda it, act: it.case.decide_withdrawal(
        granted=True, reason=WHY, act=act
    ),
}


def a_consulted_case() -> Handling:
    handling = a_case()
    question = Question((ASKED,), "Phù hợp?", 5, "working_day")
    act = handling.act(handling.officer("review"))
    handling.case.consult("review", question, act=act)
    handling.case.wish_withdrawal(act=handling.act())
    handling.case.collect_events()
    return handling


@pytest.mark.parametrize("deed", OF_LEADERS)
def test_a_unit_that_was_only_asked_decides_nothing_about_the_case(deed: str) -> None:
    handling = a_consulted_case()
    roles = "reviewer", "unit_leader", "agency_leader"
    stranger = an_officer(*roles, agency=ASKED, subject="stranger")

    with pytest.raises(NotAllowedError):
        OF_LEADERS[deed](handling, handling.act(stranger))

    assert events(handling.case) == []
    handling.case.require_visible(stranger)


@pytest.mark.parametrize("deed", OF_LEADERS)
def test_nor_does_an_agency_whose_silence_would_consent(deed: str) -> None:
    silence = {"value": 12, "unit": "day", "effect": "consent"}
    fire = a_step("fire", "receive", agency=ASKED, timeout=silence)
    handling = a_case(a_definition(REVIEW, fire, a_step("end", "review", "fire")))
    handling.case.wish_withdrawal(act=handling.act())
    roles = "reviewer", "unit_leader", "agency_leader"
    stranger = an_officer(*roles, agency=ASKED, subject="stranger")

    with pytest.raises(NotAllowedError):
        OF_LEADERS[deed](handling, handling.act(stranger))

    assert handling.open == ["review", "fire"]
    handling.finish("fire", by=stranger)


def test_a_unit_that_was_only_asked_withdraws_no_result() -> None:
    handling = a_consulted_case()
    handling.case.decide_withdrawal(
        granted=False, reason=WHY, act=handling.act(handling.officer("review"))
    )
    handling.finish("consultation:1", note="Phù hợp")
    handling.propose("review")
    for step in ("review", "sign", "number"):
        handling.finish(step)
    handling.seal()
    stranger = an_officer("clerk", "agency_leader", agency=ASKED, subject="stranger")

    with pytest.raises(NotAllowedError):
        handling.case.withdraw_result(WHY, LAW, act=handling.act(stranger))

    assert handling.case.status == 9


def test_an_applicant_gives_no_opinion_even_when_a_leader_named_them() -> None:
    handling = a_case()
    applicant = an_applicant()
    leader = an_officer("unit_leader")
    handling.case.add_co_handler("review", applicant.subject, act=handling.act(leader))
    handling.case.collect_events()

    with pytest.raises(NotAllowedError):
        handling.case.give_opinion("review", "Rất tốt", act=handling.act(applicant))

    assert events(handling.case) == []


def test_who_was_stood_in_for_does_not_approve_what_his_deputy_proposed() -> None:
    handling = a_case()
    deputy = Actor("deputy", "ubnd_xa", ("unit_leader",), "staff", 2, LEADER.subject)
    act = handling.act(deputy)
    handling.case.propose_extension(TWO_DAYS, WHY, act=act)

    with pytest.raises(SamePersonError):
        handling.case.approve_extension(act=handling.act(LEADER))
    handling.case.approve_extension(act=handling.act(SECOND))

    assert handling.case.apologies == 1


def first_and_second(handling: Handling, deed: Deed) -> list[dict[str, Any]]:
    """What the second is told, when both do the same."""
    deed(handling, handling.act(LEADER))
    with pytest.raises(DetailedError) as refusal:
        deed(handling, handling.act(SECOND))
    return refusal.value.details


def resume(handling: Handling, act: Act) -> None:
    handling.case.resume(WHY, act=act)


def withdraw_result(handling: Handling, act: Act) -> None:
    handling.case.withdraw_result(WHY, LAW, act=act)


def a_suspended_case() -> Handling:
    handling = a_case()
    handling.case.suspend(WHY, LAW, act=handling.act(LEADER))
    return handling


def a_proposed_extension() -> Handling:
    handling = a_case()
    act = handling.act(handling.officer("review"))
    handling.case.propose_extension(TWO_DAYS, WHY, act=act)
    return handling


def a_wished_case() -> Handling:
    handling = a_proposed_case()
    handling.case.wish_withdrawal(act=handling.act())
    return handling


RACES: dict[str, tuple[Callable[[], Handling], Deed]] = {
    "suspend": (a_case, OF_LEADERS["suspend"]),
    "resume": (a_suspended_case, resume),
    "stop": (a_case, OF_LEADERS["stop"]),
    "grant withdrawal": (a_wished_case, OF_LEADERS["decide_withdrawal"]),
    "deny withdrawal": (
        a_wished_case,
        lambda it, act: it.case.decide_withdrawal(granted=False, reason=WHY, act=act),
    ),
    "approve extension": (
        a_proposed_extension,
        lambda it, act: it.case.approve_extension(act=act),
    ),
    "reject extension": (
        a_proposed_extension,
        lambda it, act: it.case.reject_extension(WHY, act=act),
    ),
    "withdraw result": (a_released_case, withdraw_result),
}


@pytest.mark.parametrize("race", RACES)
def test_who_comes_second_is_told_who_was_first_and_when(race: str) -> None:
    begun, deed = RACES[race]

    [told] = first_and_second(begun(), deed)

    assert (told["by"], told["since"]) == (LEADER.subject, LATER.isoformat())


def test_nobody_is_named_where_nobody_was_quicker() -> None:
    handling = a_case()
    leader = handling.act(LEADER)

    with pytest.raises(NothingToDecideError) as nothing:
        handling.case.approve_extension(act=leader)
    with pytest.raises(NoWithdrawalWishedError) as unwished:
        handling.case.decide_withdrawal(granted=True, reason="", act=leader)
    with pytest.raises(StatusForbidsError) as forbidden:
        handling.case.withdraw_result(WHY, LAW, act=leader)

    assert nothing.value.details == unwished.value.details == []
    assert forbidden.value.details == [{"status": 4}]


def a_deputy_of_two() -> tuple[WorkflowApplication, UUID, Actor]:
    """Of one who leads no agency, and of one who does."""
    app = a_workflow()
    case = an_open_case(app)
    deputy = an_officer("clerk", subject="deputy")
    for leader in (an_officer("unit_leader", subject="leader-9"), LEADER):
        leave = Leave(leader.subject, DAY, DAY, deputy.subject)
        app.enter_absence(leave, by=leader)
    return app, case, deputy


def test_a_deputy_of_two_acts_for_the_one_who_may() -> None:
    app, case, deputy = a_deputy_of_two()

    app.suspend(case, WHY, LAW, by=deputy)

    assert app.case(case, by=deputy)["suspension"]["by"] == deputy.subject


def test_a_deputy_hands_nothing_on_and_stands_for_nobody_after_the_time() -> None:
    app, case, deputy = a_deputy_of_two()
    third = an_officer("clerk", subject="third")

    with pytest.raises(NotAllowedError):
        app.enter_absence(Leave(deputy.subject, DAY, DAY, "third"), by=deputy)
    app.clock = lambda: LATER.replace(day=18)

    for stranger in (deputy, third):
        with pytest.raises(NotAllowedError):
            app.suspend(case, WHY, LAW, by=stranger)
