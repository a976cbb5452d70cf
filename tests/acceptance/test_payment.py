"""Money through the whole system: at the gateway, by transfer, and what fits not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import httpx
import pytest
from playwright.sync_api import expect

from infra.embedded.addresses import TERMINAL
from infra.embedded.secrets import Secrets
from infra.embedded.system import System
from services.intake.gateways.vnpay import signature
from shared import clock
from tests.acceptance.callers import Caller, caller, until
from tools.demo.filing import Filing
from tools.demo.paying import at_the_gateway, pay_online
from tools.demo.plans import Ending, Plan
from tools.demo.world import World, world
from tools.pages.browser import chromium

pytestmark = [pytest.mark.acceptance, pytest.mark.timeout(300)]

PROCEDURE, FEE = "permanent-residence", 10_000
IPN = "/payments/vnpay/ipn"


@dataclass(frozen=True)
class Till:
    """An applicant with dossiers that are not paid, a cashier, and the secret."""

    url: str
    secret: str
    applicant: Caller
    cashier: Caller
    paid: dict[str, Any]
    unpaid: list[str]

    def begin(self, path: str) -> dict[str, Any]:
        begun = self.applicant.order("POST", f"{path}/online-payments")
        assert begun.status_code == 201, begun.text
        payment: dict[str, Any] = begun.json()
        return payment

    def tell(self, params: dict[str, str]) -> str:
        """What the gateway, or whoever pretends to be it, is answered."""
        answer = httpx.get(f"{self.url}/api/v1{IPN}", params=params)
        assert answer.status_code == 200
        return str(answer.json()["RspCode"])

    def signed(self, payment: dict[str, Any], amount: int) -> dict[str, str]:
        told = {
            "vnp_Amount": str(amount * 100),
            "vnp_PayDate": clock.now().astimezone(clock.LOCAL).strftime("%Y%m%d%H%M%S"),
            "vnp_ResponseCode": "00",
            "vnp_TmnCode": TERMINAL,
            "vnp_TransactionNo": "4711",
            "vnp_TransactionStatus": "00",
            "vnp_TxnRef": UUID(payment["payment_id"]).hex,
        }
        return told | {"vnp_SecureHash": signature(told, self.secret)}

    def balance(self, path: str) -> int:
        return int(self.applicant.ask(path).json()["balance"])

    def waiting(self, **wanted: Any) -> list[dict[str, Any]]:
        query = "&".join(f"{name}={value}" for name, value in wanted.items())
        items: list[dict[str, Any]] = self.cashier.ask(
            f"/reconciliation?limit=200&{query}"
        ).json()["items"]
        return items


@pytest.fixture(scope="module")
def till(system: System) -> Till:
    return asyncio.run(opened(system))


@pytest.fixture
def path(till: Till) -> str:
    """Of a dossier that nobody has paid for yet."""
    return till.unpaid.pop()


async def opened(system: System) -> Till:
    places = system.connect()
    async with world(places) as here:
        await here.learn_procedures()
        first, *others = [await filed(here, n) for n in range(7)]
        paid = await pay_online(first.filer, first.path)
        cashier = await here.staff.officer(first.reception, "cashier")
        return Till(
            url=places.public_url,
            secret=Secrets(places.home / "secrets.json").password("vnpay"),
            applicant=caller(first.filer),
            cashier=caller(cashier),
            paid={**paid, "path": first.path},
            unpaid=[each.path for each in others],
        )


async def filed(here: World, number: int) -> Filing:
    plan = Plan(0, PROCEDURE, "online", Ending.GRANTED, f"till {number}")
    filing = Filing(here, plan)
    await filing.prepare()
    filing.filer = await here.citizens.signed_in("mai")
    await filing.draft()
    await filing.submit()
    return filing


def test_who_pays_at_the_gateway_has_paid(till: Till) -> None:
    dossier = till.applicant.ask(till.paid["path"]).json()

    [payment] = dossier["payments"]
    assert till.paid["state"] == "succeeded"
    assert (dossier["balance"], payment["amount"]) == (0, FEE)
    assert payment["method"] == "vnpay"


def test_what_the_browser_brings_back_decides_nothing(till: Till, path: str) -> None:
    """The gateway has not been asked: nobody has pressed its button."""
    payment = till.begin(path)
    forged = till.signed(payment, FEE) | {"vnp_SecureHash": "0" * 128}
    page = f"{till.url}/en{path}/payments/{payment['payment_id']}/return"

    shown = httpx.get(page, params=forged, cookies=till.applicant.cookies)
    answer = till.tell(forged)

    assert "Being confirmed" in shown.text
    assert answer == "97"
    assert till.balance(path) == FEE


def test_the_same_notice_twice_is_one_payment(till: Till, path: str) -> None:
    payment = till.begin(path)
    home = asyncio.run(at_the_gateway(payment["url"], "pay"))
    until(lambda: till.balance(path), lambda balance: balance == 0)

    answers = [till.tell(dict(parse_qsl(urlsplit(home).query))) for _ in range(2)]

    page = httpx.get(home, cookies=till.applicant.cookies)
    assert answers == ["02", "02"]
    assert "http-equiv" not in page.text
    assert len(till.applicant.ask(path).json()["payments"]) == 1


def test_who_gives_up_has_not_paid(till: Till, path: str) -> None:
    payment = till.begin(path)
    asyncio.run(at_the_gateway(payment["url"], "cancel"))

    here = f"{path}/online-payments/{payment['payment_id']}"
    ended = until(
        lambda: till.applicant.ask(here).json()["state"], lambda state: state != "begun"
    )

    assert (ended, till.balance(path)) == ("failed", FEE)


def test_another_amount_waits_until_a_cashier_matches_it(till: Till, path: str) -> None:
    payment = till.begin(path)

    answers = [till.tell(till.signed(payment, FEE + 1)) for _ in range(2)]

    assert answers == ["04", "04"]
    assert till.balance(path) == FEE
    [entry] = until(
        lambda: [x for x in till.waiting(state="open") if x["amount"] == FEE + 1],
        bool,
    )
    assert entry["reason"] == "amount-differs"
    matched = till.cashier.order(
        "POST",
        f"/reconciliation/{entry['transfer_id']}/match",
        json={"dossier": path.rpartition("/")[2]},
    )
    assert matched.status_code == 200, matched.text
    assert till.balance(path) == 0


def test_a_transfer_finds_its_dossier_by_mangled_words(till: Till, path: str) -> None:
    ways = till.applicant.ask(f"{path}/ways-to-pay").json()
    words = f"MBVCB.9.{' '.join(ways['reference'].lower())}.CT tu 001"
    line = {
        "bank_ref": f"FT{ways['reference']}",
        "amount": ways["amount"],
        "booked_at": clock.now().isoformat(),
        "text": words,
    }

    for _ in range(2):
        entered = till.cashier.order("POST", "/transfers", json={"lines": [line]})
        assert entered.status_code == 200, entered.text

    [payment] = till.applicant.ask(path).json()["payments"]
    assert (payment["method"], till.balance(path)) == ("transfer", 0)


def test_in_a_browser_without_scripts_one_pays_and_comes_back(
    till: Till, path: str
) -> None:
    """Across two sites: the session survives, and no policy stands in the way."""
    with chromium() as browser:
        visitor = browser.new_context(base_url=till.url, java_script_enabled=False)
        page = visitor.new_page()
        page.goto(f"/sign-in?next=/en{path}")
        page.locator("button[value=mai]").click()
        page.locator(f"a[href='/en{path}/payment']").click()
        expect(page.locator(".qr svg")).to_be_visible()
        page.locator("#online ~ form button").click()
        page.locator("a.button.start").click()
        page.locator("button[value=pay]").click()
        expect(page.locator("h1")).to_have_text("Paid", timeout=20_000)

    assert till.balance(path) == 0


def test_its_receipt_is_a_numbered_paper(till: Till) -> None:
    def papers() -> list[Any]:
        items: list[Any] = till.applicant.ask(f"{till.paid['path']}/papers").json()[
            "items"
        ]
        return [x for x in items if x["kind"] == "payment" and x["state"] == "issued"]

    assert len(until(papers, bool)) == 1
