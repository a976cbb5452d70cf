from __future__ import annotations

import pytest

from services.workflow.domain import Case
from services.workflow.errors import (
    CaseSuspendedError,
    NothingBeforeError,
    ReasonMissingError,
    ReceiverActedError,
    ResultUnderwayError,
    StatusForbidsError,
    StepNotFinishedError,
)
from shared.errors import NotAllowedError
from tests.builders import an_officer, events
from tests.builders.workflow import (
    LATER,
    NUMBER,
    PAPER,
    REVIEW,
    SIGN,
    Handling,
    a_case,
    a_definition,
    a_proposed_case,
    a_released_case,
    a_step,
    an_approved_case,
)

LEADER = an_officer("agency_leader", subject="agency_leader-1")
REVIEWER = an_officer("reviewer", subject="reviewer-1")
CLERK = an_officer("clerk", subject="clerk-1")


def send_back(handling: Handling, step: str, note: str = "Thiếu căn cứ") -> None:
    handling.case.send_back(step, note=note, act=handling.act(handling.officer(step)))


def recall(handling: Handling, step: str) -> None:
    by = an_officer("reviewer", subject=str(handling.case.steps[step].finished_by))
    handling.case.recall(step, act=handling.act(by))


def test_what_is_sent_back_is_done_again_by_who_did_it() -> None:
    handling = a_proposed_case()

    send_back(handling, "sign")

    assert handling.open == ["review"]
    assert handling.case.steps["review"].assignee == "reviewer-1"
    assert handling.case.status == 4
    assert events(handling.case) == [
        "StepSkipped",
        "StepSentBack",
        "StepOpened",
        "StepAssigned",
    ]
    handling.finish("review")
    assert handling.open == ["sign"]


def test_who_sends_back_says_why() -> None:
    handling = a_proposed_case()

    with pytest.raises(ReasonMissingError):
        send_back(handling, "sign", "  ")

    assert events(handling.case) == []


def test_a_stranger_sends_nothing_back() -> None:
    handling = a_proposed_case()

    with pytest.raises(NotAllowedError):
        handling.case.send_back("sign", note="Sai", act=handling.act(REVIEWER))


def test_a_clerk_who_sends_back_undoes_the_approval() -> None:
    handling = an_approved_case()

    send_back(handling, "number")

    assert handling.case.approval is None
    assert handling.open == ["sign"]
    handling.finish("sign")
    handling.finish("number")
    assert handling.case.is_requested


def test_a_refusal_that_is_sent_back_is_none_any_more() -> None:
    draft = a_step("draft", "review")
    sign = {**SIGN, "depends_on": ["draft"]}
    handling = a_case(a_definition(REVIEW, draft, sign))
    handling.finish("review", "refuse", note="Không đủ")
    assert handling.open == ["sign"]

    send_back(handling, "sign")
    handling.finish("review")

    assert not handling.case.is_refused
    assert handling.open == ["draft"]


def test_what_others_have_done_beside_it_stays_done() -> None:
    left, right = a_step("left", "review"), a_step("right", "review")
    sign = {**SIGN, "depends_on": ["left", "right"]}
    handling = a_case(a_definition(REVIEW, left, right, sign))
    handling.finish("review")
    handling.finish("left")

    send_back(handling, "right")
    assert handling.open == ["review"]
    handling.finish("review")

    assert handling.open == ["right"]
    assert handling.state("left") == "done"


def test_every_branch_of_a_step_opens_again() -> None:
    spread = a_step(
        "spread", "review", fan_out={"keys": "['66', '68']", "by": "province"}
    )
    handling = a_case(a_definition(REVIEW, spread))
    handling.finish("review")
    branches = list(handling.open)
    handling.finish(branches[0])

    send_back(handling, branches[1])
    handling.finish("review")

    assert handling.open == branches


def test_what_nobody_of_ours_did_is_passed_over() -> None:
    confirm = a_step("confirm", "review", role="applicant")
    check = a_step("check", "confirm")
    handling = a_case(a_definition(REVIEW, confirm, check))
    handling.finish("review")
    handling.finish("confirm")

    send_back(handling, "check")
    assert handling.open == ["review"]
    handling.finish("review")

    assert handling.open == ["confirm"]


def test_before_the_first_step_there_is_nobody() -> None:
    definition = a_definition()
    definition["steps"][0]["role"] = "clerk"
    handling = Handling(definition)

    with pytest.raises(NothingBeforeError):
        send_back(handling, "receive")


def test_nothing_is_sent_back_while_the_applicant_is_asked() -> None:
    other = a_step("other", "receive")
    handling = a_case(a_definition(REVIEW, other))
    handling.ask("review", "CC01")
    handling.case.collect_events()

    with pytest.raises(StatusForbidsError):
        send_back(handling, "other")

    assert events(handling.case) == []


def test_once_its_paper_is_made_a_result_is_not_sent_back() -> None:
    publish = a_step("publish", "sign")
    handling = a_proposed_case(a_definition(REVIEW, SIGN, publish))
    handling.finish("sign")

    with pytest.raises(ResultUnderwayError):
        send_back(handling, "publish")


def test_a_sender_recalls_while_the_receiver_has_not_acted() -> None:
    handling = a_proposed_case()

    recall(handling, "review")

    assert handling.open == ["review"]
    assert handling.case.steps["review"].assignee == "reviewer-1"
    assert events(handling.case) == [
        "StepSkipped",
        "StepRecalled",
        "StepOpened",
        "StepAssigned",
    ]


def test_what_the_receiver_has_taken_is_not_recalled_and_it_says_who_has_it() -> None:
    handling = a_proposed_case()
    handling.claim("sign")
    handling.case.collect_events()

    with pytest.raises(ReceiverActedError) as refusal:
        recall(handling, "review")

    assert refusal.value.details == [
        {"by": "agency_leader-1", "since": LATER.isoformat()}
    ]
    assert events(handling.case) == []


def test_what_was_only_handed_out_is_recalled() -> None:
    handling = a_proposed_case()
    leader = an_officer("unit_leader", subject="leader-9")
    handling.case.assign("sign", "agency_leader-1", act=handling.act(leader))

    recall(handling, "review")

    assert handling.open == ["review"]


def test_what_the_receiver_has_finished_is_not_recalled() -> None:
    handling = an_approved_case()

    with pytest.raises(ReceiverActedError):
        recall(handling, "review")


def test_who_did_not_do_it_does_not_recall_it() -> None:
    handling = a_proposed_case()

    with pytest.raises(NotAllowedError):
        handling.case.recall("review", act=handling.act(an_officer("reviewer")))
    with pytest.raises(StepNotFinishedError):
        handling.case.recall("sign", act=handling.act(LEADER))


def test_a_leader_recalls_his_signature_until_the_clerk_has_it() -> None:
    handling = an_approved_case()

    handling.case.recall("sign", act=handling.act(LEADER))

    assert handling.case.approval is None
    assert handling.open == ["sign"]


def test_a_step_that_stops_the_dossier_is_recalled_by_who_sent_it_there() -> None:
    pay = a_step("pay", "review", role="system", clock="paused", status=6)
    handling = a_case(a_definition(REVIEW, pay))
    handling.finish("review")
    assert handling.case.status == 6

    recall(handling, "review")

    assert handling.case.status == 4
    assert handling.open == ["review"]


def test_a_suspended_case_is_not_recalled() -> None:
    handling = a_proposed_case()
    handling.case.suspend("Chờ bản án", "Điều 7", act=handling.act(LEADER))

    with pytest.raises(CaseSuspendedError):
        recall(handling, "review")


@pytest.mark.parametrize("by", [CLERK, LEADER])
def test_a_sealed_result_is_withdrawn_and_decided_again(by: object) -> None:
    handling = a_released_case()

    handling.case.withdraw_result("Sai tên", "Điều 12", act=handling.act(by))  # type: ignore[arg-type]

    case = handling.case
    assert (case.status, handling.open) == (4, ["sign"])
    assert case.paper is None
    assert case.approval is None
    [withdrawn] = [
        each for each in case.collect_events() if isinstance(each, Case.ResultWithdrawn)
    ]
    assert withdrawn.paper_id == PAPER
    handling.finish("sign")
    handling.finish("number")
    handling.seal()
    assert case.status == 9


def test_steps_between_the_signature_and_the_number_are_done_again_too() -> None:
    print_it = a_step("print", "sign")
    publish = a_step("publish", "sign")
    number = {**NUMBER, "depends_on": ["print"]}
    handling = a_proposed_case(a_definition(REVIEW, SIGN, print_it, publish, number))
    for step in ("sign", "print", "publish", "number"):
        handling.finish(step)
    handling.seal()

    handling.case.withdraw_result("Sai", "Điều 12", act=handling.act(CLERK))
    handling.finish("sign")

    assert handling.open == ["print"]
    assert handling.state("publish") == "done"


def test_what_the_withdrawn_paper_was_needed_for_is_done_again() -> None:
    announce = a_step("announce", "review", requires=["result_signed"])
    handling = a_case(a_definition(REVIEW, announce))
    handling.propose("review")
    handling.finish("review")
    handling.finish("approval")
    handling.seal()
    handling.finish("announce")

    handling.case.withdraw_result("Sai", "Điều 12", act=handling.act(LEADER))

    assert set(handling.open) == {"announce", "approval"}
    handling.finish("approval")
    handling.seal()
    handling.finish("announce")
    assert handling.case.status == 9


def test_a_result_that_is_handed_over_is_not_withdrawn() -> None:
    handling = a_released_case()
    handling.hand_over()
    handling.case.collect_events()

    with pytest.raises(StatusForbidsError):
        handling.case.withdraw_result("Sai", "Điều 12", act=handling.act(LEADER))

    assert events(handling.case) == []


def test_a_result_is_not_withdrawn_by_who_reviewed_it() -> None:
    handling = a_released_case()

    with pytest.raises(NotAllowedError):
        handling.case.withdraw_result("Sai", "Điều 12", act=handling.act(REVIEWER))
