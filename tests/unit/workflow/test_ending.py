from __future__ import annotations

from services.workflow.domain import Case
from tests.builders import events
from tests.builders.workflow import (
    DOSSIER,
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


def test_a_dossier_is_given_back_before_its_result_is_approved() -> None:
    handling = a_proposed_case()

    handling.case.decide_withdrawal(act=handling.act())

    assert handling.case.status == 7
    assert handling.state("sign") == "stopped"
    assert handling.state("review") == "done"
    assert events(handling.case) == ["WithdrawalDecided"]


def test_a_withdrawal_after_the_approval_comes_too_late() -> None:
    handling = an_approved_case()

    handling.case.decide_withdrawal(act=handling.act())

    assert handling.case.status == 4
    assert handling.open == ["number"]
    assert events(handling.case) == ["WithdrawalDecided"]


def test_a_withdrawn_dossier_expects_no_answer() -> None:
    handling = a_case()
    handling.ask("review", "CC01")

    handling.case.decide_withdrawal(act=handling.act())

    assert handling.case.status == 7
    assert handling.case.asked is None


def test_a_dossier_is_given_back_once() -> None:
    handling = a_case()

    handling.case.decide_withdrawal(act=handling.act())
    handling.case.decide_withdrawal(act=handling.act())

    assert events(handling.case) == ["WithdrawalDecided"]


def test_settled_fees_are_told_once() -> None:
    handling = a_case()

    handling.case.settle_fees()
    handling.case.settle_fees()

    assert handling.case.fees_settled
    assert events(handling.case) == ["FeesSettled"]


def test_a_case_that_opened_nothing_yet_is_only_accepted() -> None:
    handling = a_case()
    del handling.case.steps["review"]

    assert handling.case.status == 2
