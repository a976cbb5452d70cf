"""Transfers: matched by reference and amount, or waiting for a person."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.domain import Dossier
from services.intake.domain.references import candidates, squeezed
from services.intake.domain.transfer import Line
from services.intake.errors import (
    CursorInvalidError,
    DossierClosedError,
    NothingToPayError,
    ReasonMissingError,
    TransferNotFoundError,
    TransferSettledError,
)
from services.intake.ports import Wanted, cursor
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    NOW,
    a_submitted_dossier,
    an_accepted_dossier,
    an_open_dossier,
    happened,
    the_dossier,
)
from tests.builders.payments import a_line, a_treasury

PERMIT, FEE = "house-building-permit", 37500
CODE = "H15.217.01-261120-0001"
CASHIER = an_officer("cashier", agency="ttpvhcc_xa")
MANAGER = an_officer("manager")


@pytest.fixture
def intake() -> IntakeApplication:
    return a_treasury(PERMIT)


def take(intake: IntakeApplication, *lines: Line) -> None:
    intake.take_transfers(lines, by=CASHIER)


def shown(intake: IntakeApplication, state: str | None = "open") -> list[str]:
    items = intake.reconciliation(Wanted(state), by=CASHIER)["items"]
    return [each["reason"] for each in items]


def the_open_one(intake: IntakeApplication) -> UUID:
    [item] = intake.reconciliation(Wanted("open"), by=CASHIER)["items"]
    return UUID(item["transfer_id"])


@pytest.mark.parametrize(
    "text",
    [
        f"Thanh toan ho so {CODE}",
        "NGUYEN VAN AN CHUYEN TIEN H15217012611200001 LE PHI XAY DUNG",
        "h15.217.01 261120 0001",
        "MBVCB.123.Nộp lệ phí hồ sơ H15/217/01\u2013261120\u20130001.CT tu 0123",
        "ĐẶNG nộp h 1 5 2 1 7 0 1 2 6 1 1 2 0 0 0 0 1",
        "123H15217012611200001456",
    ],
)
def test_a_code_is_found_however_the_bank_mangled_it(
    intake: IntakeApplication, text: str
) -> None:
    dossier_id = an_accepted_dossier(intake)
    assert the_dossier(intake, dossier_id).code == CODE

    take(intake, a_line(FEE, text))

    [payment] = the_dossier(intake, dossier_id).payments
    assert (payment["amount"], payment["method"]) == (FEE, "transfer")
    assert payment["bank_reference"] == "FT26325001"
    assert happened(intake, dossier_id)[-2:] == ["PaymentRecorded", "FeesSettled"]
    assert (shown(intake), shown(intake, "matched")) == ([], [""])


def test_before_acceptance_its_tracking_code_is_its_reference() -> None:
    intake = a_treasury(PERMIT)
    dossier_id = a_submitted_dossier(intake)
    dossier = the_dossier(intake, dossier_id)
    assert "7F3K9Q" not in candidates("7F3K9Q")  # real ones have twelve letters

    intake.treasury.ledger.dossiers = lambda references: [dossier.id]  # type: ignore[method-assign]
    take(intake, a_line(FEE, "BHWSGQMZSVVN"))

    assert the_dossier(intake, dossier_id).balance == 0


def test_a_statement_told_twice_is_told_once(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)
    line = a_line(FEE, CODE)

    take(intake, line, line)
    take(intake, line)

    assert happened(intake, dossier_id).count("PaymentRecorded") == 1
    assert happened(intake, line.id) == ["Booked", "Matched"]


def test_a_number_told_again_with_another_amount_is_money_that_waits(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)
    line, other = a_line(FEE, CODE), a_line(FEE + 500, CODE)

    take(intake, line, other, line, other)
    take(intake, other)

    assert happened(intake, dossier_id).count("PaymentRecorded") == 1
    [item] = intake.reconciliation(Wanted("open"), by=CASHIER)["items"]
    assert (item["amount"], item["reason"]) == (FEE + 500, "told-otherwise")
    assert item["dossier_id"] == str(dossier_id)


@pytest.mark.parametrize("amount", [FEE - 1, FEE + 1])
def test_another_amount_waits_beside_its_dossier(
    intake: IntakeApplication, amount: int
) -> None:
    dossier_id = an_accepted_dossier(intake)

    take(intake, a_line(amount, CODE))

    [item] = intake.reconciliation(Wanted(), by=MANAGER)["items"]
    assert (item["reason"], item["dossier_id"]) == ("amount-differs", str(dossier_id))
    assert item["text"] == CODE
    assert the_dossier(intake, dossier_id).balance == FEE


def test_two_lines_of_one_statement_do_not_pay_the_same_fee(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)

    take(intake, a_line(FEE, CODE), a_line(FEE, CODE, bank_ref="FT26325002"))

    assert happened(intake, dossier_id).count("PaymentRecorded") == 1
    assert shown(intake) == ["amount-differs"]


def test_what_names_no_dossier_or_two_or_one_that_ended_waits(
    intake: IntakeApplication,
) -> None:
    one, two = an_accepted_dossier(intake), an_accepted_dossier(intake)
    codes = [the_dossier(intake, each).code for each in (one, two)]
    ended = a_submitted_dossier(intake)
    intake.withdraw_dossier(ended, "", by=an_applicant())
    draft = an_open_dossier(intake)

    take(intake, a_line(FEE, "tien nha thang 11"))
    take(intake, a_line(FEE, " ".join(map(str, codes)), bank_ref="FT2"))
    ledger = intake.treasury.ledger
    ledger.dossiers = lambda references: [ended]  # type: ignore[method-assign]
    take(intake, a_line(FEE, "X", bank_ref="FT3"))
    ledger.dossiers = lambda references: [draft]  # type: ignore[method-assign]
    take(intake, a_line(FEE, "X", bank_ref="FT4"))

    assert shown(intake) == [
        "reference-unknown",
        "ambiguous",
        "dossier-closed",
        "not-handed-in",
    ]


def test_of_two_named_the_one_that_owes_it_is_paid(intake: IntakeApplication) -> None:
    paid, owing = an_accepted_dossier(intake), an_accepted_dossier(intake)
    codes = [str(the_dossier(intake, each).code) for each in (paid, owing)]
    take(intake, a_line(FEE, codes[0]))

    take(intake, a_line(FEE, " ".join(codes), bank_ref="FT2"))

    assert the_dossier(intake, owing).balance == 0


def test_a_person_matches_what_did_not(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)
    take(intake, a_line(FEE + 500, "le phi"))

    intake.match_transfer(the_open_one(intake), dossier_id, by=CASHIER)

    seen = intake.dossier(dossier_id, by=an_applicant())
    assert (seen["balance"], seen["paid"]) == (0, FEE + 500)
    assert [each["name"]["en"] for each in the_lines(intake, dossier_id)] == [
        "Building permit charge",
        "Paid in excess",
    ]
    assert shown(intake) == []


def the_lines(intake: IntakeApplication, dossier_id: UUID) -> list[dict[str, Any]]:
    """What the receipt of its only payment lists."""
    [lines] = [
        each.lines
        for each in intake.events.get(dossier_id)
        if isinstance(each, Dossier.PaymentRecorded)
    ]
    return lines or []


def test_what_is_settled_is_not_settled_again(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)
    take(intake, a_line(FEE, "le phi"))
    transfer_id = the_open_one(intake)
    intake.dismiss_transfer(transfer_id, "chuyển nhầm, đã hoàn trả", by=CASHIER)

    with pytest.raises(TransferSettledError) as settled:
        intake.match_transfer(transfer_id, dossier_id, by=MANAGER)
    with pytest.raises(TransferSettledError):
        intake.dismiss_transfer(transfer_id, "x", by=CASHIER)

    [told] = settled.value.details
    assert (told["by"], "since" in told) == (CASHIER.subject, True)
    assert shown(intake, "dismissed") == ["reference-unknown"]
    assert "PaymentRecorded" not in happened(intake, dossier_id)


def test_a_transfer_is_matched_to_what_can_be_paid(intake: IntakeApplication) -> None:
    take(intake, a_line(FEE, "le phi"))
    transfer_id = the_open_one(intake)
    ended, draft = a_submitted_dossier(intake), an_open_dossier(intake)
    intake.withdraw_dossier(ended, "", by=an_applicant())

    with pytest.raises(DossierClosedError):
        intake.match_transfer(transfer_id, ended, by=CASHIER)
    with pytest.raises(NothingToPayError):
        intake.match_transfer(transfer_id, draft, by=CASHIER)
    with pytest.raises(TransferNotFoundError):
        intake.match_transfer(uuid4(), ended, by=CASHIER)
    with pytest.raises(ReasonMissingError):
        intake.dismiss_transfer(transfer_id, " ", by=CASHIER)


def test_money_is_looked_after_by_cashiers_and_managers(
    intake: IntakeApplication,
) -> None:
    take(intake, a_line(FEE, "le phi"))
    transfer_id = the_open_one(intake)

    for by in (an_applicant(), an_officer("front_desk", "reviewer")):
        with pytest.raises(NotAllowedError):
            intake.take_transfers([a_line(1, "")], by=by)
        with pytest.raises(NotAllowedError):
            intake.reconciliation(Wanted(), by=by)
        with pytest.raises(NotAllowedError):
            intake.dismiss_transfer(transfer_id, "x", by=by)
    with pytest.raises(NotAllowedError):
        intake.take_transfers([a_line(1, "")], by=MANAGER)


def test_the_words_of_a_transfer_are_sealed_and_forgotten(
    intake: IntakeApplication,
) -> None:
    an_accepted_dossier(intake)
    take(intake, replace(a_line(1, f"NGUYEN VAN AN {CODE}"), reference="X"))

    [stored, *_] = intake.recorder.select_events(the_open_one(intake))
    intake.keys.erase("citizen-1")

    assert b"NGUYEN" not in stored.state
    [item] = intake.reconciliation(Wanted(), by=CASHIER)["items"]
    assert item["text"] == ""


def test_a_page_begins_where_another_ended() -> None:
    place = NOW, UUID(int=7)

    assert Wanted(after=cursor(*place)).place == place
    with pytest.raises(CursorInvalidError):
        _ = Wanted(after="nowhere").place


def test_letters_lose_their_marks_and_everything_between_them() -> None:
    assert squeezed("Đơn h15.217-\u0111 \u2460") == "DONH15217D"
    assert squeezed("") == ""
    assert candidates("short") == set()
    assert candidates("bhws-gqmz svvn", "BHWSGQMZSVV") == {"BHWSGQMZSVVN"}
    codes = {"H152611200001", "H1526112000017"}
    assert candidates("xH15.26.1120 0001.7") > codes
