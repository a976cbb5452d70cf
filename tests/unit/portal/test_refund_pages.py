"""Refunds in a browser: found by a code, proposed by one, decided by another."""

from __future__ import annotations

import re
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
    "dossier_id": str(DOSSIER),
    "names": {"vi": "Bản sao", "en": "Copy", "fr": "Copie"},
    "code": "H15.217-261120-0001",
    "tracking_code": "BHWSGQMZSVVN",
    "paid": 40000,
    "refunded": 0,
    "payments": [PAID],
    "refund": None,
    "unit": "ttpvhcc_xa",
    "you": {"may_propose": True, "may_decide": False},
}
WAITS = CONTENT | {"refund": PENDING}
DECIDING = {"you": {"may_propose": False, "may_decide": True}}
ENTRY: dict[str, Any] = {
    "dossier_id": str(DOSSIER),
    "code": "H15.217-261120-0001",
    "tracking_code": "BHWSGQMZSVVN",
    "names": {"vi": "Bản sao", "en": "Copy <b>", "fr": "Copie"},
    "unit": "ttpvhcc_xa",
    "payment_id": PAYMENT,
    "amount": 15000,
    "proposed_at": NOON.isoformat(),
    "proposed_by": CASHIER.subject,
}
NONE: dict[str, Any] = {"items": [], "next": None}
LIST = "/en/staff/refunds"
HERE = f"{LIST}/{DOSSIER}"


@pytest.fixture
def portal() -> APortal:
    portal = a_portal()
    portal.bus.answers |= {"intake.refund": CONTENT, "intake.refunds": NONE}
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
    portal.bus.answers["intake.refund"] = WAITS | DECIDING

    theirs = portal.person(MANAGER).get(HERE).text
    mine = portal.person(CASHIER).get(HERE).text

    assert "Nộp &lt;b&gt;thừa&lt;/b&gt;" in theirs
    assert 'name="answer"' in theirs
    assert 'name="answer"' not in mine
    assert 'name="amount"' not in mine
    assert "somebody else has to decide" in mine


def test_the_decision_is_asked_for_a_proof_and_says_which_way(portal: APortal) -> None:
    portal.bus.answers["intake.refund"] = WAITS | DECIDING
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


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_decides_finds_what_waits(portal: APortal, language: str) -> None:
    unnamed = ENTRY | {"code": None}
    portal.bus.answers["intake.refunds"] = {"items": [ENTRY, unnamed], "next": None}
    here = f"/{language}/staff/refunds"

    shown = portal.person(MANAGER).get(here).text

    assert shown.count(f'href="{here}/{DOSSIER}"') == 2
    assert ">H15.217-261120-0001</a>" in shown
    assert ">BHWSGQMZSVVN</a>" in shown
    assert shown.count(f'<time datetime="{NOON.isoformat()}"') >= 2
    assert CASHIER.subject in shown
    assert "<b>" not in shown
    assert 'rel="next"' not in shown


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", "Không có đề nghị hoàn tiền nào đang chờ"),
        ("en", "No refund waits for a decision"),
        ("fr", "Aucun remboursement"),
    ],
)
def test_where_nothing_waits_it_says_so(
    portal: APortal, language: str, said: str
) -> None:
    shown = portal.person(MANAGER).get(f"/{language}/staff/refunds").text

    assert said in shown
    assert "<table" not in shown


def test_a_long_list_goes_on_where_the_page_ended(portal: APortal) -> None:
    place = f"{NOON.isoformat()}~{DOSSIER}"
    portal.bus.answers["intake.refunds"] = {"items": [ENTRY], "next": place}
    browser = portal.person(MANAGER)
    further = re.search(r'rel="next" href="([^"]+)"', browser.get(LIST).text)

    assert further
    portal.bus.answers["intake.refunds"] = {"items": [ENTRY], "next": None}
    second = browser.get(further[1]).text

    assert portal.bus.questions[-1][1]["after"] == place
    assert f'href="{LIST}">First page' in second
    assert 'rel="next"' not in second


def test_a_program_asks_for_what_waits(portal: APortal) -> None:
    portal.bus.answers["intake.refunds"] = {"items": [ENTRY], "next": "then"}
    program = portal.program(MANAGER)

    seen = {"X-Guichet-Position": "intake/7"}
    answer = program.get("/api/v1/refunds?limit=1&after=there", headers=seen)

    assert answer.json()["items"] == [ENTRY]
    assert answer.json()["next"] == "then"
    asked = {"after": "there", "limit": 1, "seen": 7}
    assert portal.bus.questions == [("intake.refunds", asked)]
    assert program.get("/api/v1/refunds?limit=201").status_code == 422


def test_auditors_look_and_touch_nothing(portal: APortal) -> None:
    nothing = {"you": {"may_propose": False, "may_decide": False}}
    portal.bus.answers["intake.refund"] = WAITS | nothing
    portal.bus.answers["intake.refunds"] = {"items": [ENTRY], "next": None}
    auditor = portal.person(an_officer("auditor"))

    listed, shown = auditor.get(LIST), auditor.get(HERE)

    assert [listed.status_code, shown.status_code] == [200, 200]
    assert 'method="post" action="/en/staff/refunds' not in shown.text


@pytest.mark.parametrize("role", ["cashier", "agency_leader", "manager", "auditor"])
def test_the_navigation_leads_there(portal: APortal, role: str) -> None:
    shown = portal.person(an_officer(role)).get(LIST).text

    assert f'navigation__link" href="{LIST}" aria-current="page"' in shown
