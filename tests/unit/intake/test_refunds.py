"""Money that goes back: what may, who proposes, who decides."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.errors import (
    NotRefundableError,
    PaymentNotFoundError,
    ReasonMissingError,
    RefundNotProposedError,
    RefundPendingError,
    SameOfficerError,
)
from services.intake.ports import Wanted
from shared.actor import Actor, StepUpNeededError
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    a_complete_dossier,
    a_submitted_dossier,
    an_accepted_dossier,
    front_desk,
    happened,
    the_dossier,
)
from tests.builders.payments import a_treasury

PERMIT, BUSINESS, FEE = "house-building-permit", "household-business", 37500
CASHIER = an_officer("cashier", agency="ttpvhcc_xa", subject="cashier-1")
LEADER = an_officer("agency_leader", agency="ttpvhcc_xa", subject="leader-1")
MANAGER = an_officer("manager", agency="ttpvhcc_xa", subject="manager-1")
ELSEWHERE = an_officer("agency_leader", agency="ca_xa")


@pytest.fixture
def intake() -> IntakeApplication:
    return a_treasury(PERMIT, BUSINESS)


def paid(intake: IntakeApplication, dossier_id: UUID, amount: int = FEE) -> UUID:
    payment = {"amount": amount, "method": "cash", "reference": ""}
    intake.record_payment(dossier_id, payment, by=CASHIER)
    found: UUID = the_dossier(intake, dossier_id).payments[-1]["payment_id"]
    return found


def propose(
    intake: IntakeApplication, dossier_id: UUID, payment_id: UUID, amount: int = FEE
) -> None:
    intake.propose_refund(
        dossier_id, payment_id, amount, reason="Rút hồ sơ", by=CASHIER
    )


def decide(
    intake: IntakeApplication,
    dossier_id: UUID,
    payment_id: UUID,
    *,
    granted: bool = True,
    by: Actor = LEADER,
) -> None:
    intake.decide_refund(dossier_id, payment_id, granted=granted, reason="", by=by)


def test_the_fee_of_a_withdrawn_dossier_goes_back(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = paid(intake, dossier_id)
    intake.withdraw_dossier(dossier_id, "", by=an_applicant())

    propose(intake, dossier_id, payment_id)
    decide(intake, dossier_id, payment_id)

    assert happened(intake, dossier_id)[-3:] == [
        "RefundProposed",
        "RefundDecided",
        "PaymentRefunded",
    ]
    seen = intake.dossier(dossier_id, by=an_applicant())
    assert (seen["refunded"], seen["balance"], seen["refund"]) == (FEE, 0, None)
    assert (seen["payments"][0]["refunded"], seen["payments"][0]["refundable"]) == (
        FEE,
        0,
    )


def test_what_went_back_does_not_become_due_again(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)
    payment_id = paid(intake, dossier_id)
    propose(intake, dossier_id, payment_id, 10_000)
    decide(intake, dossier_id, payment_id, by=MANAGER)

    assert the_dossier(intake, dossier_id).balance == 0
    with pytest.raises(NotRefundableError):
        propose(intake, dossier_id, payment_id, FEE - 10_000 + 1)
    propose(intake, dossier_id, payment_id, FEE - 10_000)


def test_an_excess_goes_back_first_and_covers_nothing_later(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)
    payment_id = paid(intake, dossier_id)
    intake.accept_exemption(dossier_id, "poor_household", by=front_desk())
    propose(intake, dossier_id, payment_id)
    decide(intake, dossier_id, payment_id)

    dossier = the_dossier(intake, dossier_id)
    assert (dossier.surplus, dossier.paid, dossier.surplus_refunded) == (0, 0, FEE)
    dossier.add_fee(uuid4(), 5_000, name={}, legal_basis="")
    assert dossier.balance == 5_000


def test_what_the_law_does_not_give_back_stays(intake: IntakeApplication) -> None:
    dossier_id = a_complete_dossier(intake, BUSINESS, "counter")
    payment_id = paid(intake, dossier_id, 50_000)

    with pytest.raises(NotRefundableError):
        propose(intake, dossier_id, payment_id, 1)

    assert "RefundProposed" not in happened(intake, dossier_id)


@pytest.mark.parametrize("amount", [0, -1, FEE + 1])
def test_no_more_goes_back_than_came(intake: IntakeApplication, amount: int) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = paid(intake, dossier_id)

    with pytest.raises(NotRefundableError):
        propose(intake, dossier_id, payment_id, amount)


def test_who_proposed_does_not_decide(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = paid(intake, dossier_id)
    both = an_officer(
        "cashier", "agency_leader", agency="ttpvhcc_xa", subject="cashier-1"
    )
    propose(intake, dossier_id, payment_id)

    with pytest.raises(SameOfficerError):
        decide(intake, dossier_id, payment_id, by=both)

    assert happened(intake, dossier_id)[-1] == "RefundProposed"


def test_a_denied_refund_may_be_proposed_again(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = paid(intake, dossier_id)
    propose(intake, dossier_id, payment_id)
    with pytest.raises(RefundPendingError) as pending:
        propose(intake, dossier_id, payment_id)

    decide(intake, dossier_id, payment_id, granted=False)
    with pytest.raises(RefundNotProposedError) as decided:
        decide(intake, dossier_id, payment_id, granted=True)

    assert pending.value.details[0]["by"] == CASHIER.subject
    assert decided.value.details[0]["by"] == LEADER.subject

    assert happened(intake, dossier_id)[-1] == "RefundDecided"
    assert the_dossier(intake, dossier_id).payments[0]["refunded"] == 0
    propose(intake, dossier_id, payment_id)


def test_a_refund_is_of_a_payment_for_a_reason_and_was_proposed(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = paid(intake, dossier_id)

    with pytest.raises(PaymentNotFoundError):
        propose(intake, dossier_id, uuid4())
    with pytest.raises(ReasonMissingError):
        intake.propose_refund(dossier_id, payment_id, 1, reason=" ", by=CASHIER)
    with pytest.raises(RefundNotProposedError):
        decide(intake, dossier_id, payment_id)


def test_desks_propose_and_leaders_decide(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = paid(intake, dossier_id)

    for by in (an_applicant(), LEADER, an_officer("cashier", agency="ca_xa")):
        with pytest.raises(NotAllowedError):
            intake.propose_refund(dossier_id, payment_id, 1, reason="x", by=by)
    propose(intake, dossier_id, payment_id)
    for by in (
        an_applicant(),
        CASHIER,
        front_desk(),
        an_officer("agency_leader", agency="ca_xa"),
    ):
        with pytest.raises(NotAllowedError):
            decide(intake, dossier_id, payment_id, by=by)


@pytest.mark.parametrize("granted", [True, False])
def test_who_decides_a_refund_has_proven_a_moment_ago_who_they_are(
    intake: IntakeApplication, granted: bool
) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = paid(intake, dossier_id)
    intake.withdraw_dossier(dossier_id, "", by=an_applicant())
    propose(intake, dossier_id, payment_id)
    before = happened(intake, dossier_id)

    with pytest.raises(StepUpNeededError):
        decide(
            intake, dossier_id, payment_id, granted=granted, by=replace(LEADER, level=2)
        )

    assert happened(intake, dossier_id) == before


def waiting(intake: IntakeApplication, by: Actor = LEADER) -> list[str]:
    return [each["dossier_id"] for each in intake.refunds(Wanted(), by=by)["items"]]


def test_who_decides_sees_what_waits_the_oldest_first(
    intake: IntakeApplication,
) -> None:
    first, second = a_submitted_dossier(intake), an_accepted_dossier(intake)
    propose(intake, second, paid(intake, second), 10_000)
    propose(intake, first, paid(intake, first), 5_000)

    [older, newer] = intake.refunds(Wanted(), by=LEADER)["items"]

    assert [older["dossier_id"], newer["dossier_id"]] == [str(second), str(first)]
    assert (older["amount"], newer["amount"]) == (10_000, 5_000)
    assert older["code"] == the_dossier(intake, second).code
    assert (newer["code"], older["proposed_by"]) == (None, CASHIER.subject)
    assert "Rút hồ sơ" not in str([older, newer])


def test_what_is_decided_waits_no_more(intake: IntakeApplication) -> None:
    granted, denied = a_submitted_dossier(intake), a_submitted_dossier(intake)
    payments = {each: paid(intake, each) for each in (granted, denied)}
    for dossier_id, payment_id in payments.items():
        propose(intake, dossier_id, payment_id, 10_000)
    stale = intake.treasury.ledger.refunds(Wanted(), None)

    decide(intake, granted, payments[granted])
    after_one = waiting(intake)
    decide(intake, denied, payments[denied], granted=False)

    assert (after_one, waiting(intake)) == ([str(denied)], [])
    intake.treasury.ledger.refunds = lambda wanted, unit: stale  # type: ignore[method-assign]
    assert waiting(intake) == []


def test_each_sees_what_is_an_affair_of_their_unit(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    propose(intake, dossier_id, paid(intake, dossier_id), 10_000)

    for by in (LEADER, CASHIER, MANAGER, an_officer("auditor"), front_desk()):
        assert waiting(intake, by) == [str(dossier_id)]
    for by in (
        ELSEWHERE,
        *(an_officer(x, agency="ca_xa") for x in ("cashier", "manager")),
    ):
        assert waiting(intake, by) == []
    for by in (an_applicant(), an_officer("reviewer", agency="ttpvhcc_xa")):
        with pytest.raises(NotAllowedError):
            waiting(intake, by)


def test_of_pages_each_refund_stands_on_one(intake: IntakeApplication) -> None:
    dossiers = [a_submitted_dossier(intake) for _ in range(3)]
    for dossier_id in dossiers:
        propose(intake, dossier_id, paid(intake, dossier_id), 10_000)

    first = intake.refunds(Wanted(limit=2), by=LEADER)
    rest = intake.refunds(Wanted(limit=2, after=first["next"]), by=LEADER)

    found = [each["dossier_id"] for each in (*first["items"], *rest["items"])]
    assert found == [str(each) for each in dossiers]
    assert rest["next"] is None


def test_who_decides_sees_the_money_and_no_more_of_a_dossier(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    propose(intake, dossier_id, paid(intake, dossier_id), 10_000)

    seen = intake.refund(dossier_id, by=MANAGER)

    assert (seen["refund"]["amount"], seen["refund"]["reason"]) == (10_000, "Rút hồ sơ")
    assert seen["payments"][0]["refundable"] > 0
    assert seen["you"] == {"may_propose": False, "may_decide": True}
    assert "answers" not in seen
    with pytest.raises(NotAllowedError):
        intake.refund(dossier_id, by=ELSEWHERE)
