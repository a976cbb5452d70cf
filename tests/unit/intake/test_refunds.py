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
from shared.actor import Actor, StepUpNeededError
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    a_complete_dossier,
    a_submitted_dossier,
    an_accepted_dossier,
    an_intake,
    front_desk,
    happened,
    the_dossier,
)

PERMIT, BUSINESS, FEE = "house-building-permit", "household-business", 37500
CASHIER = an_officer("cashier", agency="ttpvhcc_xa", subject="cashier-1")
LEADER = an_officer("agency_leader", agency="ttpvhcc_xa", subject="leader-1")
MANAGER = an_officer("manager", subject="manager-1")


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT, BUSINESS)


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
