"""Pays a dossier online, as its applicant does: through the gateway and back."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import httpx

from tools.demo.client import Json, Person, until

TIMEOUT = httpx.Timeout(30)
ENDED = ("succeeded", "failed", "expired")


class GatewayError(Exception):
    """The gateway did not show its page, or did not send the payer home."""


async def pay_online(payer: Person, path: str, *, choice: str = "pay") -> Json:
    """The payment as it stands after its notice; `path` is the dossier's address."""
    begun = await payer.order("POST", f"{path}/online-payments")
    await at_the_gateway(str(begun["url"]), choice)
    return await until(
        lambda: payer.ask(f"{path}/online-payments/{begun['payment_id']}"),
        lambda payment: payment["state"] in ENDED,
        what=f"{path}: the gateway's notice",
    )


async def at_the_gateway(url: str, choice: str) -> str:
    """Press a button of its page; where it sends the browser back to."""
    async with httpx.AsyncClient(timeout=TIMEOUT) as browser:
        page = await browser.get(url)
        if page.status_code != 200:
            raise GatewayError(urlsplit(url).netloc, page.status_code, page.text[:200])
        sent = await browser.post(url, data={"choice": choice})
    if not sent.has_redirect_location:
        raise GatewayError(urlsplit(url).netloc, sent.status_code, sent.text[:200])
    return urljoin(url, sent.headers["location"])
