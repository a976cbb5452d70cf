"""A payment gateway that speaks VNPay 2.1.0: a page with two buttons, and notices.

Written from the protocol, not from our own side of it: each checks the other.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha512
from urllib.parse import quote_plus, urlencode

import httpx
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import Route

from infra.standins.settings import StandinsSettings
from infra.standins.vnpay_page import payment_page
from shared import clock

Params = Mapping[str, str]

HEARD = ("00", "02")  # with these we are told that the notice has arrived
PAUSES = (0.1, 0.5, 1, 2, 4, 8, 15, 30, 60, 60)  # seconds between two notices
NEEDED = (
    "vnp_Amount",
    "vnp_CreateDate",
    "vnp_ExpireDate",
    "vnp_IpAddr",
    "vnp_OrderInfo",
    "vnp_ReturnUrl",
    "vnp_TxnRef",
)


def signed(params: Params, secret: str) -> dict[str, str]:
    given = sorted((name, value) for name, value in params.items() if value)
    text = "&".join(f"{name}={quote_plus(value)}" for name, value in given)
    digest = hmac.new(secret.encode(), text.encode(), sha512).hexdigest()
    return {**params, "vnp_SecureHash": digest}


class Gateway:
    def __init__(self, settings: StandinsSettings) -> None:
        self._terminal = settings.vnpay_terminal
        self._secret = settings.vnpay_secret.get_secret_value()
        self._notices_to = settings.vnpay_ipn_url
        self._ended: set[str] = set()
        self._telling: set[asyncio.Task[None]] = set()

    async def show(self, request: Request) -> Response:
        """The page where one pays; sent back, the way home."""
        asked = dict(request.query_params)
        if wrong := self._what_is_wrong(asked):
            return PlainTextResponse(f"{wrong}\n", 400)
        if request.method == "GET":
            return HTMLResponse(payment_page(asked))
        choice = (await request.form()).get("choice")
        self._ended.add(asked["vnp_TxnRef"])
        answer = self._answer(asked, is_paid=choice == "pay")
        telling = asyncio.create_task(self._tell(answer))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)
        home = f"{asked['vnp_ReturnUrl']}?{urlencode(answer)}"
        return RedirectResponse(home, 303)

    def _what_is_wrong(self, asked: dict[str, str]) -> str | None:
        given = dict(asked)
        hash = given.pop("vnp_SecureHash", "").lower()
        right = signed(given, self._secret)["vnp_SecureHash"]
        if not hmac.compare_digest(hash.encode(), right.encode()):
            return "Sai chữ ký. Wrong signature. Signature incorrecte."
        if missing := [name for name in NEEDED if not asked.get(name)]:
            return f"Thiếu tham số. Missing: {', '.join(missing)}"
        if asked.get("vnp_TmnCode") != self._terminal:
            return "Không có website này. Unknown merchant."
        if asked["vnp_TxnRef"] in self._ended:
            return "Giao dịch đã kết thúc. This transaction has ended."
        if now() > asked["vnp_ExpireDate"]:
            return "Giao dịch đã quá thời gian. The time to pay is over."
        return None

    def _answer(self, asked: dict[str, str], *, is_paid: bool) -> dict[str, str]:
        code = "00" if is_paid else "24"  # 24: the payer gave up
        told = {
            "vnp_Amount": asked["vnp_Amount"],
            "vnp_BankCode": "NCB",
            "vnp_CardType": "ATM",
            "vnp_OrderInfo": asked["vnp_OrderInfo"],
            "vnp_PayDate": now(),
            "vnp_ResponseCode": code,
            "vnp_TmnCode": self._terminal,
            "vnp_TransactionNo": str(10**7 + secrets.randbelow(9 * 10**7)),
            "vnp_TransactionStatus": "00" if is_paid else "02",
            "vnp_TxnRef": asked["vnp_TxnRef"],
        }
        return signed(told, self._secret)

    async def _tell(self, notice: dict[str, str]) -> None:
        """Until it is confirmed, or nobody can say that we did not try."""
        async with httpx.AsyncClient(timeout=10) as wire:
            for pause in PAUSES:
                try:
                    answer = await wire.get(self._notices_to, params=notice)
                    if answer.json().get("RspCode") in HEARD:
                        return
                except (httpx.HTTPError, ValueError):
                    pass  # it is down, or not itself: again in a moment
                await asyncio.sleep(pause)


def now() -> str:
    """As the protocol writes it, in Hanoi's time."""
    return clock.now().astimezone(clock.LOCAL).strftime("%Y%m%d%H%M%S")


def routes(settings: StandinsSettings) -> list[Route]:
    gateway = Gateway(settings)
    return [Route("/vpcpay.html", gateway.show, methods=["GET", "POST"])]
