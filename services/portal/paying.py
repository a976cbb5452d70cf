"""What the portal does about money: begins payments, hands the gateway's word on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request

from services.portal.desk import UNANSWERED, Desk, Place
from services.portal.errors import DossierUnknownError, PageNotFoundError
from services.portal.opening import random_like
from services.portal.read_models import Wanted

Answer = dict[str, str]

FORGED = {"RspCode": "97", "Message": "Invalid signature"}
OTHER = {"RspCode": "99", "Message": "Unknown error"}


async def notice(desk: Desk, request: Request) -> Answer:
    """Hand on what the gateway says. Said twice in one request, nothing is signed."""
    items = request.query_params.multi_items()
    params = dict(items)
    if len(params) != len(items):
        return FORGED
    try:
        told: Answer = await desk.ask_as_portal(
            "intake.take_vnpay_notice", params=params
        )
    except UNANSWERED:  # it will be told again
        return OTHER
    return told


def payment_of(desk: Desk) -> UUID:
    """The id of the payment that this request begins, however often it is sent."""
    return random_like(desk.key_of("payment"))


async def begin(
    desk: Desk, request: Request, dossier_id: UUID, payment_id: UUID
) -> Place:
    here = f"{desk.parts.settings.public_url}/{desk.language}/dossiers/{dossier_id}"
    return await desk.order(
        "intake.begin_payment",
        dossier_id=dossier_id,
        payment_id=payment_id,
        return_url=f"{here}/payments/{payment_id}/return",
        ip=request.client.host if request.client else "::",
        language=desk.language,
    )


async def payment(desk: Desk, dossier_id: UUID, payment_id: UUID) -> dict[str, Any]:
    found: dict[str, Any] = await desk.ask("intake.payment", payment_id=payment_id)
    if found["dossier_id"] != str(dossier_id):
        raise PageNotFoundError
    return found


async def dossier_named(desk: Desk, name: str) -> UUID:
    """By its id, by its code, or by its tracking code; whatever stands on the paper."""
    try:
        return UUID(name.strip())
    except ValueError:
        pass
    if tracked := await desk.parts.views.tracked(name):
        return UUID(str(tracked["id"]))
    rows, _ = await desk.parts.views.dossiers(desk.parties, Wanted(query=name))
    for row in rows:
        if (row["code"] or "").casefold() == name.strip().casefold():
            return UUID(str(row["id"]))
    raise DossierUnknownError
