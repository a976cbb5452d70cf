"""Paying through the portal: its pages, its addresses, the gateway's notices."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest

from services.portal.bus import ServiceUnavailableError
from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.portal import (
    DOSSIER,
    NOON,
    URL,
    APortal,
    Browser,
    a_citizen,
    a_key,
    a_portal,
    a_row,
)
from tests.unit.portal.test_pages import hidden

LANGUAGES = ("vi", "en", "fr")
PAYMENT = UUID(int=9)
TEXT = {"vi": "Lệ phí", "en": "Fee", "fr": "Droit"}
QR = "00020101021238570010A00000072701270006970436011300110012345670208QRIBFTTA"
WAYS: dict[str, Any] = {
    "amount": 37500,
    "reference": "H15.217.01-261120-0001",
    "online": True,
    "account": {"bin": "970436", "number": "0011001234567", "name": "TTPVHCC"},
    "qr": QR,
    "unit": "ttpvhcc_xa",
}
CONTENT: dict[str, Any] = {
    "id": str(DOSSIER),
    "names": TEXT,
    "code": None,
    "fees": [{"name": TEXT, "amount": 37500}],
    "paid": 0,
}
BEGUN: dict[str, Any] = {
    "payment_id": str(PAYMENT),
    "dossier_id": str(DOSSIER),
    "state": "begun",
    "amount": 37500,
    "method": "vnpay",
    "reason": "",
    "expires_at": NOON.isoformat(),
    "url": "https://pay.example.vn/vpcpay.html?vnp_Amount=3750000",
    "qr": QR,
}
LINE = {"bank_ref": "FT1", "amount": 5, "booked_at": "2026-11-20T05:00:00Z"}
QUEUE: dict[str, Any] = {
    "items": [
        {
            "transfer_id": str(PAYMENT),
            "state": "open",
            "source": "bank",
            "bank_ref": "FT1",
            "amount": 37500,
            "booked_at": NOON.isoformat(),
            "text": "nộp <b>lệ phí</b>",
            "reason": reason,
            "dossier_id": str(DOSSIER),
        }
        for reason in (
            "reference-unknown",
            "amount-differs",
            "ambiguous",
            "dossier-closed",
            "not-handed-in",
            "too-late",
            "paid-again",
        )
    ],
    "next": "further~on",
}
STATE = f"/dossiers/{DOSSIER}/payments/{PAYMENT}"
CASHIER = an_officer("cashier", agency="ttpvhcc_xa")
NOTICE = {"vnp_TxnRef": "1", "vnp_SecureHash": "2"}
IPN = "/api/v1/payments/vnpay/ipn"


@pytest.fixture
def portal() -> APortal:
    return a_portal(
        {
            "intake.dossier": CONTENT,
            "intake.ways_to_pay": WAYS,
            "intake.payment": BEGUN,
            "intake.reconciliation": QUEUE,
            "intake.take_vnpay_notice": {"RspCode": "00", "Message": "Confirm Success"},
        }
    )


def applicant(portal: APortal) -> Browser:
    return portal.person(a_citizen())


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_pays_sees_how_much_and_every_way(portal: APortal, language: str) -> None:
    page = applicant(portal).get(f"/{language}/dossiers/{DOSSIER}/payment")

    assert page.status_code == 200
    assert "0011001234567" in page.text
    assert "H15.217.01-261120-0001" in page.text
    assert re.search(r'role="img" aria-label="[^"]+37.500', page.text)
    assert "<svg" in page.text
    assert "style=" not in page.text
    assert not re.search('<script(?! type="module" src=)', page.text)


@pytest.mark.parametrize("code", ["nothing-to-pay", "fee-not-known", "dossier-closed"])
def test_when_nothing_can_be_paid_the_page_says_so(portal: APortal, code: str) -> None:
    portal.bus.answers["intake.ways_to_pay"] = Refused(code, "no")

    page = applicant(portal).get(f"/en/dossiers/{DOSSIER}/payment")

    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert "<svg" not in page.text


def test_a_stranger_sees_no_way_to_pay(portal: APortal) -> None:
    portal.bus.answers["intake.ways_to_pay"] = Refused("not-allowed", "no")

    assert applicant(portal).get(f"/en/dossiers/{DOSSIER}/payment").status_code == 403


def test_without_gateway_and_account_there_is_the_counter(portal: APortal) -> None:
    less = WAYS | {"online": False, "account": None, "qr": None}
    portal.bus.answers["intake.ways_to_pay"] = less

    page = applicant(portal).get(f"/en/dossiers/{DOSSIER}/payment")

    assert "VNPay" not in page.text
    assert "VietQR" not in page.text
    assert "At the counter" in page.text


def test_the_button_begins_one_payment_and_leads_to_a_page_of_ours(
    portal: APortal,
) -> None:
    browser = applicant(portal)
    here = f"/en/dossiers/{DOSSIER}/payment"
    form = hidden(browser.get(here).text)

    sent = [browser.post(here, data=form) for _ in range(2)]

    order = portal.bus.orders[0]
    payment_id = order.arguments["payment_id"]
    there = f"/en/dossiers/{DOSSIER}/payments/{payment_id}"
    assert order.method == "intake.begin_payment"
    assert order.arguments["return_url"] == f"{URL}{there}/return"
    assert payment_id.version == 4
    assert [each.headers["location"] for each in sent] == [there, there]
    assert {each.arguments["payment_id"] for each in portal.bus.orders} == {payment_id}


def test_from_there_a_link_leads_to_the_gateway(portal: APortal) -> None:
    page = applicant(portal).get(f"/vi{STATE}")

    assert 'href="https://pay.example.vn/vpcpay.html?vnp_Amount=3750000"' in page.text
    assert "http-equiv" not in page.text


def test_a_forged_return_shows_only_what_is_known(portal: APortal) -> None:
    forged = "?vnp_ResponseCode=00&vnp_TransactionStatus=00&vnp_SecureHash=x"

    page = applicant(portal).get(f"/en{STATE}/return{forged}")

    assert "Being confirmed" in page.text
    assert f'content="3; url=/en{STATE}/return"' in page.text
    assert "vnp_" not in page.text
    assert [method for method, _ in portal.bus.questions] == ["intake.payment"]
    assert portal.bus.orders == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["succeeded", "failed", "expired"])
def test_each_end_is_said(portal: APortal, language: str, state: str) -> None:
    portal.bus.answers["intake.payment"] = BEGUN | {"state": state, "url": None}

    page = applicant(portal).get(f"/{language}{STATE}/return")

    assert page.status_code == 200
    assert "http-equiv" not in page.text
    assert (f"/{language}/dossiers/{DOSSIER}/payment" in page.text) == (
        state != "succeeded"
    ) or "payments/" in page.text


def test_a_payment_is_of_its_dossier(portal: APortal) -> None:
    other = f"/api/v1/dossiers/{uuid4()}/online-payments/{PAYMENT}"

    assert portal.program(a_citizen()).get(other).status_code == 404


def test_programs_begin_and_follow_a_payment(portal: APortal) -> None:
    program = portal.program(a_citizen())
    here = f"/api/v1/dossiers/{DOSSIER}/online-payments"

    begun = program.post(here, headers=a_key())
    named = program.post(here, headers=a_key(), json={"id": str(PAYMENT)})

    assert begun.status_code == named.status_code == 201
    assert begun.json()["url"].startswith("https://pay.example.vn/")
    assert begun.json()["qr"] == QR
    assert portal.bus.orders[1].arguments["payment_id"] == PAYMENT
    assert program.get(f"{here}/{PAYMENT}").json()["state"] == "begun"


def test_the_gateways_notice_is_handed_on_by_the_portal_itself(
    portal: APortal,
) -> None:
    answer = portal.browser().get(IPN, params=NOTICE)

    assert answer.json() == {"RspCode": "00", "Message": "Confirm Success"}
    assert portal.bus.questions == [("intake.take_vnpay_notice", {"params": NOTICE})]
    [asker] = portal.bus.askers
    signed = jwt.decode(asker.token, options={"verify_signature": False})
    assert (signed["sub"], signed["kind"], signed["roles"]) == ("system", "system", [])


def test_a_notice_that_says_something_twice_is_forged(portal: APortal) -> None:
    answer = portal.browser().get(f"{IPN}?vnp_Amount=1&vnp_Amount=2")

    assert answer.json()["RspCode"] == "97"
    assert portal.bus.questions == []


@pytest.mark.parametrize(
    "hindrance", [ServiceUnavailableError("x"), Refused("invalid", "x")]
)
def test_a_notice_that_cannot_be_taken_now_is_told_again(
    portal: APortal, hindrance: Exception
) -> None:
    portal.bus.answers["intake.take_vnpay_notice"] = hindrance

    answer = portal.browser().get(IPN, params=NOTICE)

    assert (answer.status_code, answer.json()["RspCode"]) == (200, "99")


@pytest.mark.parametrize("language", LANGUAGES)
def test_cashiers_see_why_money_waits(portal: APortal, language: str) -> None:
    page = portal.person(CASHIER).get(f"/{language}/staff/reconciliation")

    assert page.status_code == 200
    assert "nộp &lt;b&gt;lệ phí&lt;/b&gt;" in page.text
    assert page.text.count('class="mark"') == len(QUEUE["items"])
    assert "after=further~on" in page.text


def test_a_statement_is_handed_in_as_a_file(portal: APortal) -> None:
    browser = portal.person(CASHIER)
    here = "/en/staff/reconciliation"
    form = hidden(browser.get(here).text)
    files = [json.dumps(each).encode() for each in ([LINE], {"lines": [LINE]})]
    bad = [b"", b"\xff", b"[]", b"5", b'[{"amount": 5}]', b"[" * 9999]

    def sent(content: bytes) -> int:
        key = {"key": str(uuid4())}
        file = {"file": ("statement.json", content)}
        return browser.post(here, data=form | key, files=file).status_code

    assert [sent(each) for each in files] == [303, 303]
    assert [sent(each) for each in bad] == [422] * len(bad)
    assert len(portal.bus.orders) == 2
    assert portal.bus.orders[0].arguments["lines"][0]["bank_ref"] == "FT1"


def test_a_transfer_is_matched_by_what_stands_on_the_paper(portal: APortal) -> None:
    portal.views.rows = [a_row()]
    program = portal.program(CASHIER)
    here = f"/api/v1/reconciliation/{PAYMENT}/match"
    names = [str(DOSSIER), "H15.217-261120-0001", "h15.217-261120-0001", "BHWSGQMZSVVN"]

    found = [
        program.post(here, headers=a_key(), json={"dossier": each}).status_code
        for each in [*names, "H99"]
    ]

    assert found == [200, 200, 200, 200, 404]
    assert {each.arguments["dossier_id"] for each in portal.bus.orders} == {DOSSIER}


def test_pages_match_and_set_aside(portal: APortal) -> None:
    portal.views.rows = [a_row()]
    browser = portal.person(CASHIER)
    here = "/vi/staff/reconciliation"
    form = hidden(browser.get(here).text)

    matched = browser.post(
        f"{here}/{PAYMENT}/match", data=form | {"dossier": "BHWSGQMZSVVN"}
    )
    aside = browser.post(f"{here}/{PAYMENT}/dismissal", data=form | {"reason": "nhầm"})
    unknown = browser.post(f"{here}/{PAYMENT}/match", data=form | {"dossier": "?"})

    assert [matched.status_code, aside.status_code, unknown.status_code] == [
        303,
        303,
        404,
    ]
    assert [each.method for each in portal.bus.orders] == [
        "intake.match_transfer",
        "intake.dismiss_transfer",
    ]


def test_programs_reconcile_and_refund(portal: APortal) -> None:
    program = portal.program(CASHIER)
    refunds = f"/api/v1/dossiers/{DOSSIER}/refunds"
    wish = {"payment_id": str(PAYMENT), "amount": 5, "reason": "Rút hồ sơ"}

    answers = [
        program.post("/api/v1/transfers", headers=a_key(), json={"lines": [LINE]}),
        program.get(
            "/api/v1/reconciliation", headers={"X-Guichet-Position": "intake/12"}
        ),
        program.post(
            f"/api/v1/reconciliation/{PAYMENT}/dismissal",
            headers=a_key(),
            json={"reason": "nhầm"},
        ),
        program.post(refunds, headers=a_key(), json=wish),
        program.post(
            f"{refunds}/{PAYMENT}/decision", headers=a_key(), json={"granted": True}
        ),
        program.get(f"/api/v1/dossiers/{DOSSIER}/ways-to-pay"),
    ]

    assert [each.status_code for each in answers] == [200, 200, 200, 201, 200, 200]
    assert portal.bus.questions[0][1]["seen"] == 12
    assert [each.method for each in portal.bus.orders] == [
        "intake.take_transfers",
        "intake.dismiss_transfer",
        "intake.propose_refund",
        "intake.decide_refund",
    ]
