from __future__ import annotations

from typing import Any

import pytest

from services.workflow.domain.account import account
from services.workflow.domain.payment import Charge
from services.workflow.errors import AlreadyDecidedError, StepNotOpenError
from shared.actor import Actor
from tests.builders import an_applicant, an_officer
from tests.builders.workflow import (
    LATER,
    RECEIVED,
    REVIEW,
    SIGN,
    TEXTS,
    Handling,
    a_case,
    a_definition,
    a_proposed_case,
    a_released_case,
    a_step,
    an_approved_case,
)

REVIEWER = an_officer("reviewer", subject="reviewer-1")
LEADER = an_officer("agency_leader", subject="leader-1")


def told(handling: Handling, by: Actor = REVIEWER) -> dict[str, Any]:
    return account(handling.case, handling.act(by))


def waiting(handling: Handling, by: Actor = REVIEWER) -> list[tuple[Any, ...]]:
    lines = told(handling, by)["waiting_for"]
    return [(each["step"], each["role"], each["since"]) for each in lines]


def test_a_case_waits_for_who_has_its_open_steps() -> None:
    handling = a_proposed_case()
    handling.claim("sign")

    [line] = told(handling)["waiting_for"]

    assert (line["step"], line["unit"]) == ("sign", "ubnd_xa")
    assert line["assignee"] == "agency_leader-1"
    assert line["deadline_at"]


def test_the_applicant_sees_for_which_office_but_not_for_whom() -> None:
    handling = a_proposed_case()
    handling.claim("sign")

    [line] = told(handling, an_applicant())["waiting_for"]

    assert (line["unit"], line["assignee"]) == ("ubnd_xa", None)


def test_it_waits_for_the_applicant_who_was_asked() -> None:
    handling = a_case()
    handling.ask("review", "CC01")

    assert waiting(handling) == [("review", "applicant", LATER.isoformat())]


def test_it_waits_for_money_and_says_how_much_and_why() -> None:
    handling = a_case()
    charge = Charge(150_000, TEXTS, "85/2019")
    handling.case.ask_payment("review", charge, act=handling.act(REVIEWER))

    assert waiting(handling) == [("review", "applicant", LATER.isoformat())]
    payment = told(handling, an_applicant())["payment"]
    assert (payment["amount"], payment["basis"]) == (150_000, "85/2019")


def test_it_waits_for_the_leader_who_suspended_it() -> None:
    handling = a_case()
    handling.case.suspend("Chờ bản án", "Điều 7", act=handling.act(LEADER))

    assert (None, "agency_leader", LATER.isoformat()) in waiting(handling)
    suspension = told(handling)["suspension"]
    assert (suspension["reason"], suspension["by"]) == ("Chờ bản án", "leader-1")


def test_it_waits_for_the_seal() -> None:
    handling = an_approved_case()
    handling.finish("number")

    [(step, role, since)] = waiting(handling)

    assert (step, role) == (None, "system")
    assert since


def test_a_wish_to_withdraw_is_seen_by_all_who_see_the_case() -> None:
    handling = a_case()
    handling.case.wish_withdrawal(act=handling.act())

    assert told(handling)["withdrawal_wish"] == LATER.isoformat()
    assert "decide_withdrawal" in told(handling)["allowed"]
    assert told(handling, an_applicant())["withdrawal_wish"]


def test_the_control_sheet_has_a_line_for_each_hop() -> None:
    handling = a_proposed_case()
    sign = handling.officer("sign")
    handling.case.send_back("sign", note="Thiếu căn cứ", act=handling.act(sign))
    handling.finish("review")
    handling.claim("sign")

    lines = told(handling)["handovers"]

    assert [each["step"] for each in lines] == [
        "receive",
        "review",
        "sign",
        "review",
        "sign",
    ]
    assert lines[0]["at"] == RECEIVED.isoformat()
    first, back = lines[1], lines[2]
    assert (first["deliverer"], first["receiver"]) == ("front-desk-1", "reviewer-1")
    assert (first["result"], back["result"]) == ("ok", "sent_back")
    assert (back["receiver"], back["remark"]) == ("agency_leader-1", "Thiếu căn cứ")
    assert lines[3]["deliverer"] == "agency_leader-1"
    assert (lines[4]["receiver"], lines[4]["result"]) == ("agency_leader-1", None)


def test_what_is_recalled_is_a_line_without_a_receiver() -> None:
    handling = a_proposed_case()

    handling.case.recall("review", act=handling.act(REVIEWER))

    line = told(handling)["handovers"][2]
    assert (line["step"], line["result"]) == ("sign", "taken_back")
    assert line["receiver"] is None


def test_the_last_line_says_that_the_result_was_returned() -> None:
    handling = a_released_case()
    handling.hand_over()

    line = told(handling)["handovers"][-1]
    assert (line["receiver"], line["result"]) == ("return-1", "returned")


def test_each_is_offered_what_he_may_do() -> None:
    handling = a_case()

    steps = {each["step"]: each["allowed"] for each in told(handling)["steps"]}

    assert set(steps["review"]) == {
        "claim_step",
        "finish_step",
        "propose_result",
        "ask_supplement",
        "ask_payment",
        "consult",
        "send_back",
    }
    assert told(handling)["allowed"] == ["propose_extension"]
    assert {"suspend", "stop"} <= set(told(handling, LEADER)["allowed"])
    assert "allowed" not in told(handling, an_applicant())


def test_who_comes_second_to_a_step_is_told_who_was_first_and_when() -> None:
    handling = a_case()
    handling.finish("review", by=REVIEWER)

    with pytest.raises(StepNotOpenError) as refusal:
        handling.finish("review", by=an_officer("reviewer"))

    [first] = refusal.value.details
    assert (first["state"], first["by"]) == ("done", "reviewer-1")
    assert first["since"] == LATER.isoformat()


def test_who_comes_after_the_approval_is_told_who_approved_and_when() -> None:
    sign = {**SIGN, "depends_on": ["review"]}
    late = a_step("late", "sign")
    handling = a_proposed_case(a_definition(REVIEW, sign, late))
    handling.finish("sign")

    with pytest.raises(AlreadyDecidedError) as refusal:
        handling.propose("late")

    assert refusal.value.details == [
        {"by": "agency_leader-1", "since": LATER.isoformat()}
    ]
