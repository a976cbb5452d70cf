"""The stand-in gateway shows its page to whom we sent, and believes nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import httpx
import pytest

from infra.embedded import Servers
from services.intake.domain.payment import Payment
from services.intake.gateways.vnpay import VNPay, is_signed
from shared.personal import Personal

HOME = "http://127.0.0.1:9/vi/return"


@pytest.fixture
def ours(servers: Servers) -> VNPay:
    address = servers.addresses.gateway
    return VNPay(address.terminal, address.secret, address.url)


def a_payment(**changed: Any) -> Payment:
    now = datetime.now(UTC)
    facts: dict[str, Any] = {
        "id": uuid4(),
        "dossier_id": uuid4(),
        "amount": 37500,
        "method": "vnpay",
        "txn_ref": uuid4().hex,
        "info": "Thanh toan ho so H15.217.01-261120-0001",
        "return_url": HOME,
        "ip": Personal("citizen-1", "203.0.113.5"),
        "language": "vi",
        "begun_at": now,
        "expires_at": now + timedelta(minutes=15),
    }
    return Payment(**facts | changed)


def test_its_page_shows_the_amount_and_what_for(ours: VNPay) -> None:
    page = httpx.get(ours.address(a_payment()))

    assert page.status_code == 200
    assert "37.500 đồng" in page.text
    assert "H15.217.01-261120-0001" in page.text


@pytest.mark.parametrize(("choice", "code"), [("pay", "00"), ("cancel", "24")])
def test_who_paid_or_gave_up_is_sent_home_with_its_signed_word(
    servers: Servers, ours: VNPay, choice: str, code: str
) -> None:
    payment = a_payment()
    url = ours.address(payment)

    sent = httpx.post(url, data={"choice": choice})

    home = urlsplit(sent.headers["location"])
    told = dict(parse_qsl(home.query))
    assert sent.status_code == 303
    assert home._replace(query="").geturl() == HOME
    assert is_signed(told, servers.addresses.gateway.secret)
    notice = ours.read(told)
    assert notice
    assert notice.fits(payment)
    assert (notice.is_paid, notice.code) == (
        code == "00",
        code if code != "00" else "00",
    )
    assert httpx.get(url).status_code == 400


def test_a_changed_amount_is_refused(ours: VNPay) -> None:
    url = ours.address(a_payment())

    answer = httpx.get(url.replace("vnp_Amount=3750000", "vnp_Amount=100"))

    assert answer.status_code == 400
    assert "Wrong signature" in answer.text


def test_another_secret_is_refused(servers: Servers) -> None:
    address = replace(servers.addresses.gateway, secret="a guess")
    stranger = VNPay(address.terminal, address.secret, address.url)

    assert "Wrong signature" in httpx.get(stranger.address(a_payment())).text


def test_another_shop_is_unknown(servers: Servers) -> None:
    address = servers.addresses.gateway
    other = VNPay("OTHER001", address.secret, address.url)

    assert "Unknown merchant" in httpx.get(other.address(a_payment())).text


def test_when_the_time_is_over_nothing_can_be_paid(ours: VNPay) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=1)

    answer = httpx.post(ours.address(a_payment(expires_at=long_ago)))

    assert (answer.status_code, "over" in answer.text) == (400, True)


def test_what_lacks_something_is_refused(servers: Servers, ours: VNPay) -> None:
    answer = httpx.get(ours.address(a_payment(info="")))

    assert "Missing: vnp_OrderInfo" in answer.text
