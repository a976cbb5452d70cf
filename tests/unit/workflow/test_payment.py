from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from services.workflow.domain.payment import Charge
from services.workflow.errors import (
    AlreadyDecidedError,
    AmountInvalidError,
    FeesUnpaidError,
    LegalBasisMissingError,
    PaymentOpenError,
    StatusForbidsError,
    StepNotOpenError,
)
from shared.clock import LOCAL
from shared.errors import DomainError, NotAllowedError
from tests.builders import events
from tests.builders.workflow import (
    LATER,
    REVIEW,
    TEXTS,
    Handling,
    a_case,
    a_definition,
    a_proposed_case,
    a_step,
)

ASKED = datetime(2026, 11, 17, 17, 0, tzinfo=LOCAL)  # one of three days is used
PAID = datetime(2026, 11, 19, 17, 0, tzinfo=LOCAL)
MOVED = datetime(2026, 11, 23, 17, 0, tzinfo=LOCAL)

CHARGE = Charge(150_000, TEXTS, "85/2019")


def ask(
    handling: Handling,
    now: datetime = LATER,
    charge: Charge = CHARGE,
    *,
    step: str = "review",
) -> None:
    act = handling.act(handling.officer(step), now)
    handling.case.ask_payment(step, charge, act=act)


def test_the_step_and_the_clock_wait_for_the_money() -> None:
    handling = a_case()

    ask(handling)

    assert handling.case.status == 6
    assert handling.open == []
    assert not handling.case.fees_settled
    assert events(handling.case) == ["PaymentAsked"]


def test_when_all_is_paid_the_case_goes_on_with_the_time_that_was_left() -> None:
    handling = a_case()
    ask(handling, ASKED)
    handling.case.collect_events()

    handling.case.settle_fees(act=handling.act(now=PAID))

    assert handling.case.status == 4
    assert handling.open == ["review"]
    assert handling.case.due_at == MOVED
    assert events(handling.case) == ["FeesSettled", "PaymentSettled", "DueDateMoved"]


def test_what_was_settled_before_it_was_asked_settles_nothing() -> None:
    handling = a_case()
    ask(handling)
    handling.case.collect_events()

    earlier = LATER - timedelta(minutes=1)
    handling.case.settle_fees(act=handling.act(now=earlier))

    assert handling.case.status == 6
    assert events(handling.case) == []


@pytest.mark.parametrize(
    ("charge", "error"),
    [
        (Charge(0, TEXTS, "85/2019"), AmountInvalidError),
        (Charge(1, TEXTS, " "), LegalBasisMissingError),
    ],
)
def test_a_charge_has_an_amount_and_a_law(
    charge: Charge, error: type[DomainError]
) -> None:
    handling = a_case()

    with pytest.raises(error):
        ask(handling, charge=charge)

    assert events(handling.case) == []


def test_only_who_reviews_asks_for_money() -> None:
    handling = a_case(a_definition(a_step("file", "receive", role="clerk")))

    with pytest.raises(NotAllowedError):
        ask(handling, step="file")


def test_after_the_approval_nothing_more_is_asked_for() -> None:
    late = a_step("late", "sign")
    sign = a_step("sign", "review", role="agency_leader", signature="authority")
    handling = a_proposed_case(a_definition(REVIEW, sign, late))
    handling.finish("sign")

    with pytest.raises(AlreadyDecidedError):
        ask(handling, step="late")


def test_one_payment_at_a_time() -> None:
    handling = a_case(a_definition(REVIEW, a_step("other", "receive")))
    ask(handling)

    with pytest.raises(PaymentOpenError):
        ask(handling, step="other")
    with pytest.raises(StepNotOpenError):
        ask(handling)


def test_nothing_is_refused_while_money_is_awaited() -> None:
    other = a_step("other", "receive", outcomes=["ok", "refuse"])
    handling = a_case(a_definition(REVIEW, other))
    ask(handling)

    with pytest.raises(PaymentOpenError):
        handling.finish("other", "refuse", note="Không đủ")


def test_no_money_is_asked_for_while_the_applicant_completes_the_dossier() -> None:
    handling = a_case(a_definition(REVIEW, a_step("other", "receive")))
    handling.ask("review", "CC01")

    with pytest.raises(StatusForbidsError):
        ask(handling, step="other")


PAYING = a_definition(
    REVIEW,
    a_step("pay", "review", role="system", clock="paused", status=6),
    a_step("draft", "pay"),
)


def test_a_step_that_waits_for_money_ends_by_itself_when_all_is_paid() -> None:
    handling = a_case(PAYING)
    handling.finish("review")
    assert handling.case.status == 6

    handling.case.settle_fees(act=handling.act())

    assert handling.state("pay") == "done"
    assert handling.case.steps["pay"].finished_by == "system"
    assert handling.open == ["draft"]
    assert handling.case.status == 4


def test_where_nothing_is_to_be_paid_nothing_is_waited_for() -> None:
    handling = a_case(PAYING)
    handling.case.settle_fees(act=handling.act())

    handling.finish("review")

    assert handling.open == ["draft"]


def test_what_requires_the_fees_waits_for_what_was_asked_later_too() -> None:
    last = a_step("issue", "other", requires=["fees_settled"])
    handling = a_case(a_definition(REVIEW, a_step("other", "receive"), last))
    handling.case.settle_fees(act=handling.act())
    ask(handling)
    handling.finish("other")

    with pytest.raises(FeesUnpaidError):
        handling.finish("issue")
