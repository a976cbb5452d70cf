"""Refunds in a browser: found by a code, proposed by one, decided by another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.portal import DOSSIER, NOON, APortal, a_citizen, a_portal, a_row
from tests.unit.portal.test_pages import hidden

LANGUAGES = ("vi", "en", "fr")
CASHIER = an_officer("cashier", "ttpvhcc_xa")
MANAGER = replace(an_officer("manager", "ttpvhcc_xa"), subject="staff:manager")
PAYMENT = str(UUID(int=9))
PAID: dict[str, Any] = {
    "payment_id": PAYMENT,
    "amount": 40000,
    "method": "cash",
    "reference": "BL <7>",
    "paid_at": NOON.isoformat(),
    "refunded": 0,
    "refundable": 15000,
}
PENDING = {
    "payment_id": PAYMENT,
    "amount": 15000,
    "reason": "Nộp <b>thừa</b>",
    "proposed_by": CASHIER.subject,
    "proposed_at": NOON.isoformat(),
}
CONTENT: dict[str, Any] = {
    "id": str(DOSSIER),
    "names": {"vi": "Bản sao", "en": "Copy", "fr": "Copie"},
    "code": "H15.217-261120-0001",
    "tracking_code": "BHWSGQMZSVVN",
    "paid": 40000,
    "refunded": 0,
    "payments": [PAID],
    "refund": None,
}
HERE = f"/en/staff/refunds/{DOSSIER}"


@pytest.fixture
def portal() -> APortal:
    portal = a_portal()
    portal.bus.answers["intake.dossier"] = CONTENT
    portal.views.rows = [a_row()]
    return portal


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_paid_is_found_by_the_code_on_the_receipt(
    portal: APortal, language: str
) -> None:
    here = f"/{language}/staff/refunds"
    browser = portal.person(CASHIER)

    empty = browser.get(here)
    found = browser.get(f"{here}?dossier=BHWSGQMZSVVN")
    unknown = browser.get(f"{here}?dossier=H99")

    assert [empty.status_code, found.status_code, unknown.status_code] == [
        200,
        200,
        404,
    ]
    assert "BL &lt;7&gt;" in found.text
    assert 'value="H99"' in unknown.text


@pytest.mark.parametrize("amount", ["15.000", "15 000", "15,000₫", "15000"])
def test_an_amount_is_taken_as_people_write_it(portal: APortal, amount: str) -> None:
    browser = portal.person(CASHIER)
    form = hidden(browser.get(HERE).text)
    entered = {"payment": PAYMENT, "amount": amount, "reason": "Nộp thừa"}

    answer = browser.post(HERE, data=form | entered)

    assert answer.status_code == 303
    assert portal.bus.orders[0].arguments["amount"] == 15000


@pytest.mark.parametrize(
    "wrong", [{"amount": "0"}, {"amount": "-5"}, {"amount": "x"}, {"payment": "x"}]
)
def test_what_was_typed_stays_when_it_is_wrong(
    portal: APortal, wrong: dict[str, str]
) -> None:
    browser = portal.person(CASHIER)
    form = hidden(browser.get(HERE).text)
    entered = {"payment": PAYMENT, "amount": "5", "reason": "Nộp thừa"}

    answer = browser.post(HERE, data=form | entered | wrong)

    assert answer.status_code == 422
    assert "Nộp thừa</textarea>" in answer.text
    assert portal.bus.orders == []


def test_somebody_else_decides(portal: APortal) -> None:
    portal.bus.answers["intake.dossier"] = CONTENT | {"refund": PENDING}

    theirs = portal.person(MANAGER).get(HERE).text
    mine = portal.person(CASHIER).get(HERE).text

    assert "Nộp &lt;b&gt;thừa&lt;/b&gt;" in theirs
    assert 'name="answer"' in theirs
    assert 'name="answer"' not in mine
    assert 'name="amount"' not in mine
    assert "somebody else has to decide" in mine


def test_the_decision_is_asked_for_a_proof_and_says_which_way(portal: APortal) -> None:
    portal.bus.answers["intake.dossier"] = CONTENT | {"refund": PENDING}
    browser = portal.person(MANAGER)
    form = hidden(browser.get(HERE).text)
    there = f"{HERE}/{PAYMENT}"

    none = browser.post(there, data=form)
    denied = browser.post(there, data=form | {"answer": "deny", "reason": "Không"})
    portal.bus.answers["intake.decide_refund"] = Refused("step-up-needed", "x")
    asked = browser.post(there, data=form | {"answer": "grant"})

    assert [none.status_code, denied.status_code] == [422, 303]
    assert portal.bus.orders[0].arguments["granted"] is False
    assert 'name="proof"' in asked.text


@pytest.mark.parametrize(
    "by", [a_citizen(), an_officer("reviewer", "ttpvhcc_xa"), an_officer("clerk")]
)
def test_it_is_not_for_everybody(portal: APortal, by: Any) -> None:
    answer = portal.person(by).get(HERE)

    assert answer.status_code == 403
    assert portal.bus.questions == []
