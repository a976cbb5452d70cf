from __future__ import annotations

import pytest

from services.workflow.domain import Case
from services.workflow.errors import (
    AlreadyDecidedError,
    LegalBasisMissingError,
    NoWithdrawalWishedError,
    ReasonMissingError,
    StatusForbidsError,
    StepNotOpenError,
    WithdrawalUndecidedError,
)
from shared.actor import Actor
from shared.errors import DomainError, NotAllowedError
from tests.builders import an_applicant, an_officer, events
from tests.builders.workflow import (
    DOSSIER,
    LATER,
    a_case,
    a_proposed_case,
    a_released_case,
    an_approved_case,
)


def test_a_dossier_has_one_case() -> None:
    assert a_case().case.id == a_case().case.id == Case.create_id(DOSSIER)


def test_handing_over_the_result_closes_the_case() -> None:
    handling = a_released_case()

    handling.hand_over()

    assert handling.case.status == 10
    assert handling.state("return") == "done"
    assert events(handling.case) == ["Closed"]


def test_a_wish_to_withdraw_changes_nothing_until_a_person_decides() -> None:
    handling = a_proposed_case()

    handling.case.wish_withdrawal(act=handling.act())
    handling.case.wish_withdrawal(act=handling.act())

    assert handling.case.status == 4
    assert handling.open == ["sign"]
    assert events(handling.case) == ["WithdrawalWished"]


def test_a_dossier_is_given_back_before_its_result_is_approved() -> None:
    handling = a_proposed_case()
    handling.case.wish_withdrawal(act=handling.act())
    handling.case.collect_events()

    handling.decide_withdrawal(granted=True)

    assert handling.case.status == 7
    assert handling.state("sign") == "stopped"
    assert handling.state("review") == "done"
    assert events(handling.case) == ["WithdrawalDecided", "ProcessingStopped"]


def test_a_withdrawal_is_denied_with_a_reason_and_the_case_goes_on() -> None:
    handling = a_proposed_case()
    handling.case.wish_withdrawal(act=handling.act())
    handling.case.collect_events()

    with pytest.raises(ReasonMissingError):
        handling.decide_withdrawal(granted=False)
    handling.decide_withdrawal(granted=False, reason="Đã có bên thứ ba liên quan")

    assert handling.case.withdrawal_wished_at is None
    assert events(handling.case) == ["WithdrawalDecided"]
    handling.finish("sign")
    assert handling.case.approval


def test_nothing_is_approved_that_its_applicant_wants_back() -> None:
    handling = a_proposed_case()
    handling.case.wish_withdrawal(act=handling.act())
    handling.case.collect_events()

    with pytest.raises(WithdrawalUndecidedError) as refusal:
        handling.finish("sign")

    assert refusal.value.details == [{"by": "citizen-1", "since": LATER.isoformat()}]
    assert events(handling.case) == []


def test_a_withdrawal_after_the_approval_comes_too_late() -> None:
    handling = an_approved_case()

    handling.case.wish_withdrawal(act=handling.act())

    assert handling.case.status == 4
    assert handling.open == ["number"]
    [decided] = handling.case.collect_events()
    assert isinstance(decided, Case.WithdrawalDecided)
    assert not decided.granted


def test_a_withdrawn_dossier_expects_no_answer() -> None:
    handling = a_case()
    handling.ask("review", "CC01")
    handling.case.wish_withdrawal(act=handling.act())

    handling.decide_withdrawal(granted=True)

    assert handling.case.status == 7
    assert handling.case.asked is None


def test_a_dossier_is_given_back_once() -> None:
    handling = a_case()
    handling.case.wish_withdrawal(act=handling.act())
    handling.decide_withdrawal(granted=True)
    handling.case.collect_events()

    handling.case.wish_withdrawal(act=handling.act())

    with pytest.raises(NoWithdrawalWishedError):
        handling.decide_withdrawal(granted=True)
    assert events(handling.case) == []


@pytest.mark.parametrize(
    "stranger",
    [
        an_applicant(),
        an_officer("clerk"),
        an_officer("front_desk", agency="ca_xa"),
        an_officer("reviewer", agency="so_tai_chinh"),
    ],
)
def test_only_who_handles_or_received_a_dossier_gives_it_back(stranger: Actor) -> None:
    handling = a_case()
    handling.case.wish_withdrawal(act=handling.act())
    handling.case.collect_events()

    with pytest.raises(NotAllowedError):
        handling.decide_withdrawal(granted=True, by=stranger)

    assert events(handling.case) == []


LEADER = an_officer("agency_leader", subject="leader-1")


def test_a_leader_ends_a_case_for_good() -> None:
    handling = a_case()

    handling.case.stop("Trùng hồ sơ", "Điều 7", act=handling.act(LEADER))

    assert handling.case.status == 8
    assert handling.case.is_ended
    assert handling.open == []
    assert events(handling.case) == ["ProcessingStopped"]


def test_a_stopped_case_is_neither_resumed_nor_worked_on_nor_given_back() -> None:
    handling = a_case()
    act = handling.act(LEADER)
    handling.case.stop("Trùng hồ sơ", "Điều 7", act=act)
    handling.case.collect_events()

    with pytest.raises(StatusForbidsError):
        handling.case.resume("", act=act)
    with pytest.raises(StepNotOpenError):
        handling.finish("review")
    with pytest.raises(StatusForbidsError):
        handling.case.stop("Trùng hồ sơ", "Điều 7", act=act)
    handling.case.wish_withdrawal(act=act)

    assert events(handling.case) == ["WithdrawalDecided"]
    assert handling.case.status == 8


@pytest.mark.parametrize(
    ("reason", "basis", "error"),
    [("", "Điều 7", ReasonMissingError), ("Trùng", " ", LegalBasisMissingError)],
)
def test_who_stops_a_case_says_why_and_by_which_law(
    reason: str, basis: str, error: type[DomainError]
) -> None:
    handling = a_case()

    with pytest.raises(error):
        handling.case.stop(reason, basis, act=handling.act(LEADER))

    assert events(handling.case) == []


def test_an_approved_case_is_not_stopped() -> None:
    handling = an_approved_case()

    with pytest.raises(AlreadyDecidedError) as refusal:
        handling.case.stop("Trùng", "Điều 7", act=handling.act(LEADER))

    assert refusal.value.details[0]["by"] == "agency_leader-1"


def test_a_case_lapses_when_no_answer_came_and_an_officer_refused_it() -> None:
    handling = a_case()
    handling.ask("review", "CC01")
    handling.case.collect_events()

    handling.case.lapse(refused_by="front-desk-1", act=handling.act())
    handling.case.lapse(refused_by="front-desk-1", act=handling.act())

    assert handling.case.status == 3
    assert handling.state("review") == "stopped"
    assert events(handling.case) == ["Lapsed"]


def test_settled_fees_are_told_once() -> None:
    handling = a_case()

    handling.case.settle_fees(act=handling.act())
    handling.case.settle_fees(act=handling.act())

    assert handling.case.fees_settled
    assert events(handling.case) == ["FeesSettled"]


def test_a_case_that_opened_nothing_yet_is_only_accepted() -> None:
    handling = a_case()
    del handling.case.steps["review"]
    handling.case.has_begun = False

    assert handling.case.status == 2
