"""Paying online: begun without the gateway, decided by its notice alone."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID, uuid4, uuid5

import pytest

from services.intake.application import IntakeApplication
from services.intake.domain.transfer import Line
from services.intake.errors import (
    DossierClosedError,
    FeeNotKnownError,
    NothingToPayError,
    OnlinePaymentNotOfferedError,
    PaymentNotFoundError,
)
from services.intake.gateways.vnpay import written
from services.intake.ports import Wanted
from shared.actor import SYSTEM
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    NOW,
    a_complete_dossier,
    a_result_released,
    a_submitted_dossier,
    an_accepted_dossier,
    an_intake,
    an_open_dossier,
    front_desk,
    happened,
    the_dossier,
)
from tests.builders.payments import (
    WISH,
    a_begun_payment,
    a_notice,
    a_treasury,
    signed,
    told,
)

PERMIT, COPY = "house-building-permit", "certified-copy"
FEE = 37500
CASHIER = an_officer("cashier", agency="ttpvhcc_xa")


@pytest.fixture
def intake() -> IntakeApplication:
    return a_treasury(PERMIT, COPY)


def waiting(intake: IntakeApplication) -> list[tuple[str, int]]:
    items = intake.reconciliation(Wanted("open"), by=CASHIER)["items"]
    return [(each["reason"], each["amount"]) for each in items]


def test_a_payment_leads_to_the_gateway_with_what_is_due(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    payment_id = a_begun_payment(intake, dossier_id)

    shown = intake.payment(payment_id, by=an_applicant())
    query = dict(parse_qsl(urlsplit(shown["url"]).query))
    assert (shown["state"], shown["amount"]) == ("begun", FEE)
    assert (query["vnp_Amount"], query["vnp_TxnRef"]) == ("3750000", payment_id.hex)
    assert query["vnp_OrderInfo"] == "Thanh toan ho so 7F3K9Q"
    assert query["vnp_ExpireDate"] == written(NOW + timedelta(minutes=15))
    assert shown["qr"].startswith("000201010212")


def test_its_notice_pays_the_fee_once(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)
    payment_id = a_begun_payment(intake, dossier_id)
    notice = a_notice(payment_id, FEE)

    answers = [told(intake, notice) for _ in range(3)]

    assert answers == ["00", "02", "02"]
    assert happened(intake, dossier_id)[-2:] == ["PaymentRecorded", "FeesSettled"]
    assert happened(intake, payment_id) == ["Begun", "Succeeded"]
    assert the_dossier(intake, dossier_id).balance == 0
    shown = intake.payment(payment_id, by=an_applicant())
    assert (shown["state"], shown["url"]) == ("succeeded", None)


def test_a_result_that_waited_for_the_fee_goes_online(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake, result_channel="online")
    intake.handle(a_result_released(dossier_id))
    payment_id = a_begun_payment(intake, dossier_id)

    told(intake, a_notice(payment_id, FEE))

    assert happened(intake, dossier_id)[-1] == "ResultReturned"


@pytest.mark.parametrize(
    "codes", [{"vnp_ResponseCode": "24"}, {"vnp_TransactionStatus": "02"}]
)
def test_a_notice_of_failure_ends_the_attempt_and_another_may_follow(
    intake: IntakeApplication, codes: dict[str, str]
) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = a_begun_payment(intake, dossier_id)

    answers = [told(intake, a_notice(payment_id, FEE, **codes)) for _ in range(2)]

    assert answers == ["00", "02"]
    assert happened(intake, payment_id) == ["Begun", "Failed"]
    assert the_dossier(intake, dossier_id).balance == FEE
    again = a_begun_payment(intake, dossier_id)
    assert told(intake, a_notice(again, FEE)) == "00"


def test_a_forged_notice_changes_nothing(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = a_begun_payment(intake, dossier_id)

    answer = told(intake, a_notice(payment_id, FEE) | {"vnp_Amount": "3750001"})

    assert answer == "97"
    assert happened(intake, payment_id) == ["Begun"]
    assert waiting(intake) == []


def test_an_amount_that_differs_pays_nothing_and_waits_for_a_person(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = a_begun_payment(intake, dossier_id)

    answers = [told(intake, a_notice(payment_id, FEE - 500)) for _ in range(2)]

    assert answers == ["04", "04"]
    assert happened(intake, payment_id) == ["Begun"]
    assert the_dossier(intake, dossier_id).balance == FEE
    assert waiting(intake) == [("amount-differs", FEE - 500)]


def test_a_failure_of_another_amount_brings_no_money(
    intake: IntakeApplication,
) -> None:
    payment_id = a_begun_payment(intake, a_submitted_dossier(intake))

    assert told(intake, a_notice(payment_id, 1, vnp_ResponseCode="24")) == "04"
    assert waiting(intake) == []


def test_money_that_comes_too_late_waits_for_a_person(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = a_begun_payment(intake, dossier_id)
    late = {"vnp_PayDate": written(NOW + timedelta(minutes=16))}

    answers = [told(intake, a_notice(payment_id, FEE, **late)) for _ in range(2)]

    assert answers == ["00", "02"]
    assert happened(intake, payment_id) == ["Begun", "Expired"]
    assert the_dossier(intake, dossier_id).balance == FEE
    assert waiting(intake) == [("too-late", FEE)]


def test_a_late_notice_of_a_payment_in_time_counts(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = a_begun_payment(intake, dossier_id)
    intake.clock = lambda: NOW + timedelta(hours=3)

    assert intake.payment(payment_id, by=an_applicant())["state"] == "expired"
    assert told(intake, a_notice(payment_id, FEE)) == "00"
    assert the_dossier(intake, dossier_id).balance == 0


def test_money_for_what_has_ended_waits_for_a_person(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = a_begun_payment(intake, dossier_id)
    intake.withdraw_dossier(dossier_id, "", by=an_applicant())

    answers = [told(intake, a_notice(payment_id, FEE)) for _ in range(2)]

    assert answers == ["00", "02"]
    assert "PaymentRecorded" not in happened(intake, dossier_id)
    assert waiting(intake) == [("dossier-closed", FEE)]


def test_who_pays_twice_has_paid_too_much_and_it_is_known(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)
    first, second = (a_begun_payment(intake, dossier_id) for _ in range(2))

    assert [told(intake, a_notice(each, FEE)) for each in (first, second)] == ["00"] * 2

    seen = intake.dossier(dossier_id, by=an_applicant())
    assert (seen["balance"], seen["paid"]) == (0, 2 * FEE)
    assert happened(intake, dossier_id).count("FeesSettled") == 1


def test_another_transaction_for_the_same_attempt_waits_for_a_person(
    intake: IntakeApplication,
) -> None:
    payment_id = a_begun_payment(intake, a_submitted_dossier(intake))
    other = a_notice(payment_id, FEE, vnp_TransactionNo="99")

    answers = [told(intake, each) for each in (a_notice(payment_id, FEE), other, other)]

    assert answers == ["00", "00", "02"]
    assert waiting(intake) == [("paid-again", FEE)]


def test_an_attempt_that_is_none_of_ours_is_not_found(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    for other in (uuid4(), dossier_id):
        assert told(intake, a_notice(other, FEE)) == "01"
    assert told(intake, a_notice(uuid4(), FEE, vnp_TxnRef="PAY-1")) == "01"


def test_what_is_signed_but_makes_no_sense_is_something_else(
    intake: IntakeApplication,
) -> None:
    payment_id = a_begun_payment(intake, a_submitted_dossier(intake))

    assert told(intake, a_notice(payment_id, FEE, vnp_Amount="much")) == "99"
    assert told(intake, a_notice(payment_id, FEE, vnp_TmnCode="OTHER001")) == "99"
    assert told(intake, {}) == "97"


def test_only_the_portal_itself_hands_notices_on(intake: IntakeApplication) -> None:
    payment_id = a_begun_payment(intake, a_submitted_dossier(intake))

    for by in (an_applicant(), CASHIER, an_officer("administrator")):
        with pytest.raises(NotAllowedError):
            intake.take_vnpay_notice(a_notice(payment_id, FEE), by=by)


def test_without_a_gateway_the_dossier_may_be_paid_otherwise() -> None:
    intake = an_intake(PERMIT)
    dossier_id = a_submitted_dossier(intake)

    with pytest.raises(OnlinePaymentNotOfferedError):
        a_begun_payment(intake, dossier_id)

    ways = intake.ways_to_pay(dossier_id, by=an_applicant())
    payment = {"amount": FEE, "method": "cash", "reference": ""}
    intake.record_payment(dossier_id, payment, by=front_desk())
    assert (ways["online"], ways["qr"], ways["amount"]) == (False, None, FEE)
    assert intake.take_vnpay_notice(signed({}), by=SYSTEM)["RspCode"] == "99"


def test_a_gateway_that_is_down_hinders_nobody(intake: IntakeApplication) -> None:
    """Its address leads nowhere here: nothing was ever asked of it."""
    dossier_id = an_accepted_dossier(intake)
    payment_id = a_begun_payment(intake, dossier_id)

    payment = {"amount": FEE, "method": "cash", "reference": ""}
    intake.record_payment(dossier_id, payment, by=front_desk())

    assert the_dossier(intake, dossier_id).balance == 0
    assert intake.payment(payment_id, by=an_applicant())["state"] == "begun"


def test_the_ways_to_pay_name_the_account_and_the_reference(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)

    ways = intake.ways_to_pay(dossier_id, by=an_applicant())

    code = the_dossier(intake, dossier_id).code or ""
    assert (ways["reference"], ways["online"]) == (code, True)
    assert ways["account"]["number"] == "0011001234567"
    assert code in ways["qr"]


def test_at_the_counter_a_draft_is_paid_for_before_it_is_received(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_complete_dossier(intake, PERMIT, "counter")

    payment_id = a_begun_payment(intake, dossier_id, by=front_desk())

    assert told(intake, a_notice(payment_id, 2 * FEE)) == "00"
    assert the_dossier(intake, dossier_id).balance == 0


def test_what_is_not_due_is_not_begun(intake: IntakeApplication) -> None:
    draft, paid = an_open_dossier(intake), a_submitted_dossier(intake)
    told(intake, a_notice(a_begun_payment(intake, paid), FEE))
    unknown = an_open_dossier(intake, COPY, "counter")
    desk = front_desk("ubnd_xa")
    ended = a_submitted_dossier(intake)
    intake.withdraw_dossier(ended, "", by=an_applicant())

    for dossier_id, refusal in [
        (draft, NothingToPayError),
        (paid, NothingToPayError),
        (ended, DossierClosedError),
    ]:
        with pytest.raises(refusal):
            a_begun_payment(intake, dossier_id)
    with pytest.raises(FeeNotKnownError):
        a_begun_payment(intake, unknown, by=desk)


def test_nobody_pays_for_whom_they_have_nothing_to_do_with(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    payment_id = a_begun_payment(intake, dossier_id)
    stranger = an_applicant("citizen-2")

    with pytest.raises(NotAllowedError):
        a_begun_payment(intake, dossier_id, by=stranger)
    with pytest.raises(NotAllowedError):
        intake.payment(payment_id, by=stranger)
    with pytest.raises(PaymentNotFoundError):
        intake.payment(dossier_id, by=an_applicant())


def test_an_id_that_follows_from_something_is_not_taken(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    derived = uuid5(dossier_id, "somebody's")

    with pytest.raises(NotAllowedError):
        intake.begin_payment(dossier_id, derived, WISH, by=an_applicant())


def test_where_a_payer_was_is_sealed(intake: IntakeApplication) -> None:
    payment_id = a_begun_payment(intake, a_submitted_dossier(intake))

    [stored] = intake.recorder.select_events(payment_id)

    assert b"203.0.113.5" not in stored.state


def test_the_same_line_is_the_same_transfer() -> None:
    line = Line(bank_ref="FT1", amount=1, booked_at=NOW)

    assert line.id == Line(bank_ref="FT1", amount=2, booked_at=NOW, text="x").id
    assert line.id != Line(bank_ref="FT1", amount=1, booked_at=NOW, source="vnpay").id
    assert isinstance(line.id, UUID)
