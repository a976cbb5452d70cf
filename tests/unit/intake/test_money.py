from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.intake.application import IntakeApplication
from services.intake.domain import fees
from services.intake.errors import (
    DossierClosedError,
    ExemptionUnknownError,
    FeesUnpaidError,
    PaymentInvalidError,
)
from shared.errors import NotAllowedError
from shared.expressions import ExpressionError
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    a_complete_dossier,
    a_definition,
    a_submitted_dossier,
    an_accepted_dossier,
    an_intake,
    an_open_dossier,
    front_desk,
    happened,
    the_dossier,
)

PERMIT, RECORD, COPY = "house-building-permit", "criminal-record", "certified-copy"

RECORDS_DESK = front_desk("ca_tinh_hsnv")


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT, RECORD, COPY)


def pay(intake: IntakeApplication, dossier_id: UUID, amount: int, **by: Any) -> int:
    payment = {"amount": amount, "method": "cash", "reference": ""}
    return intake.record_payment(dossier_id, payment, by=by.get("by", front_desk()))


def a_fee(*rates: dict[str, Any], **changes: Any) -> dict[str, Any]:
    fee = a_definition(PERMIT)["fees"][0] | changes
    return {**fee, "rates": list(rates) or fee["rates"]}


def amount(fee: dict[str, Any], day: str, **names: Any) -> int | None:
    [assessed] = fees.assess([fee], names=names, day=day, exempt=())
    found: int | None = assessed["amount"]
    return found


def test_the_rate_of_the_day_applies_on_both_its_ends() -> None:
    old = {"valid_from": None, "valid_to": "2025-12-31", "formula": "1"}
    new = {"valid_from": "2026-01-01", "valid_to": None, "formula": "2"}

    days = ("2025-12-31", "2026-01-01", "2030-01-01")

    assert [amount(a_fee(old, new), day) for day in days] == [1, 2, 2]
    assert amount(a_fee(new), "2025-12-31") == 0


def test_an_amount_that_is_not_known_is_not_zero() -> None:
    fee = a_fee({"valid_from": None, "valid_to": None, "formula": "null"})

    [assessed] = fees.assess([fee], names={}, day="2026-11-20", exempt=())

    assert assessed["due"] is True
    assert fees.outstanding([assessed], 0) is None


@pytest.mark.parametrize("formula", ["-1", "1.5", "true", "'x'"])
def test_what_is_no_amount_is_a_defect_of_the_catalogue(formula: str) -> None:
    fee = a_fee({"valid_from": None, "valid_to": None, "formula": formula})

    with pytest.raises(ExpressionError):
        amount(fee, "2026-11-20")


def test_an_exempt_group_pays_nothing_and_tax_is_not_ours() -> None:
    fee = a_fee(exemptions=["elderly"])
    names = {"channel": "online"}

    [free] = fees.assess([fee], names=names, day="2026-11-20", exempt=["elderly"])
    [tax] = fees.assess(
        [fee | {"timing": "tax_notice"}], names=names, day="2026-11-20", exempt=()
    )

    assert (free["amount"], free["exempt"], free["due"]) == (0, True, False)
    assert (tax["amount"], tax["due"]) == (37500, False)
    assert fees.outstanding([tax], 0) == 0


def test_a_draft_shows_what_it_would_cost_today(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)

    seen = intake.dossier(dossier_id, by=an_applicant())

    assert (seen["balance"], seen["paid"]) == (37500, 0)
    assert "FeesAssessed" not in happened(intake, dossier_id)


def test_payments_are_taken_until_nothing_remains(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)

    pay(intake, dossier_id, 7500)
    pay(intake, dossier_id, 30000, by=an_officer("cashier", agency="ttpvhcc_tinh"))

    seen = intake.dossier(dossier_id, by=front_desk())
    assert (seen["balance"], seen["paid"]) == (0, 37500)
    assert "FeesSettled" not in happened(intake, dossier_id)


@pytest.mark.parametrize("amount", [0, -1, 37501])
def test_nobody_pays_more_than_is_due_or_nothing(
    amount: int, intake: IntakeApplication
) -> None:
    dossier_id = a_submitted_dossier(intake)

    with pytest.raises(PaymentInvalidError):
        pay(intake, dossier_id, amount)

    assert "PaymentRecorded" not in happened(intake, dossier_id)


def test_what_is_not_known_yet_cannot_be_paid(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake, COPY, "counter")
    desk = front_desk("ubnd_xa")
    intake.give_answers(dossier_id, {"copies": None}, by=desk)

    with pytest.raises(PaymentInvalidError):
        pay(intake, dossier_id, 1, by=desk)


def test_only_the_desk_and_the_cashier_take_money(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)

    for by in (an_applicant(), front_desk("ca_xa"), an_officer("reviewer")):
        with pytest.raises(NotAllowedError):
            pay(intake, dossier_id, 100, by=by)


def test_after_acceptance_the_others_are_told_when_all_is_paid(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)

    pay(intake, dossier_id, 37500)

    assert happened(intake, dossier_id)[-2:] == ["PaymentRecorded", "FeesSettled"]


def test_an_exemption_settles_what_was_due(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)

    intake.accept_exemption(dossier_id, "poor_household", by=front_desk())
    intake.accept_exemption(dossier_id, "poor_household", by=front_desk())

    assert happened(intake, dossier_id)[-3:] == [
        "ExemptionAccepted",
        "FeesAssessed",
        "FeesSettled",
    ]
    assert the_dossier(intake, dossier_id).balance == 0


def test_an_exemption_is_one_of_the_procedures_and_given_at_the_desk(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    with pytest.raises(ExemptionUnknownError):
        intake.accept_exemption(dossier_id, "children", by=front_desk())
    with pytest.raises(NotAllowedError):
        intake.accept_exemption(dossier_id, "poor_household", by=an_applicant())


def test_fees_of_submission_must_be_paid_where_the_first_step_says_so(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake, RECORD)

    with pytest.raises(FeesUnpaidError):
        intake.accept_dossier(dossier_id, by=RECORDS_DESK)
    pay(intake, dossier_id, 200000, by=RECORDS_DESK)
    intake.accept_dossier(dossier_id, by=RECORDS_DESK)

    assert the_dossier(intake, dossier_id).status == 2


def test_fees_before_the_result_may_wait(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)

    dossier = the_dossier(intake, dossier_id)

    assert (dossier.status, dossier.balance) == (2, 37500)


def test_nothing_is_paid_for_a_dossier_that_has_ended(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_complete_dossier(intake, PERMIT, "counter")
    intake.withdraw_dossier(dossier_id, "", by=front_desk())

    with pytest.raises(DossierClosedError):
        pay(intake, dossier_id, 100)
    with pytest.raises(DossierClosedError):
        intake.accept_exemption(dossier_id, "poor_household", by=front_desk())
