"""Paying: how much, by which ways, and how an attempt at the gateway stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import segno
from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import paying
from services.portal.desk import Desk, Place
from services.portal.pages.forms import Entered, Person, key_in, problem_of, submitted
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from shared.errors import Refused

router = APIRouter()

NOT_NOW = ("nothing-to-pay", "fee-not-known", "dossier-closed")


@router.get("/dossiers/{dossier_id}/payment")
async def ways(request: Request, dossier_id: UUID, desk: Person) -> Response:
    return await show_ways(request, desk, dossier_id, FIRST_LOOK)


@router.post("/dossiers/{dossier_id}/payment")
async def begin(request: Request, dossier_id: UUID, desk: Person) -> Response:
    """On to a page of ours: a form may not lead to another site, a link may."""
    key = key_in(dict(await request.form()))
    payment_id = paying.payment_of(replace(desk, key=key))

    async def act(desk: Desk, entered: Entered) -> Place:
        return await paying.begin(desk, request, dossier_id, payment_id)

    async def again(attempt: Attempt) -> Response:
        return await show_ways(request, desk, dossier_id, attempt)

    then = f"/{desk.language}/dossiers/{dossier_id}/payments/{payment_id}"
    return await submitted(request, desk, act, again, then=then)


@router.get("/dossiers/{dossier_id}/payments/{payment_id}")
async def payment(
    request: Request, dossier_id: UUID, payment_id: UUID, desk: Person
) -> Response:
    return await show(request, desk, dossier_id, payment_id)


@router.get("/dossiers/{dossier_id}/payments/{payment_id}/return")
async def come_back(
    request: Request, dossier_id: UUID, payment_id: UUID, desk: Person
) -> Response:
    """What the browser brings along says nothing: only our own state is shown."""
    return await show(request, desk, dossier_id, payment_id, is_back=True)


async def show_ways(
    request: Request, desk: Desk, dossier_id: UUID, attempt: Attempt
) -> Response:
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    try:
        found = await desk.ask("intake.ways_to_pay", dossier_id=dossier_id)
    except Refused as refused:
        if refused.code not in NOT_NOW:
            raise
        found, attempt = None, Attempt(problem_of(refused, desk.language))
    units = desk.parts.directory
    unit = units.unit(found["unit"]) if found else None
    return page(
        request,
        desk,
        "payment.html",
        attempt,
        content=content,
        ways=found,
        unit=unit,
        code_image=code_image(found and found["qr"]),
    )


async def show(
    request: Request,
    desk: Desk,
    dossier_id: UUID,
    payment_id: UUID,
    *,
    is_back: bool = False,
) -> Response:
    found = await paying.payment(desk, dossier_id, payment_id)
    return page(
        request,
        desk,
        "payment_state.html",
        payment=found,
        is_awaited=is_back and found["state"] == "begun",
        code_image=code_image(found["qr"]),
    )


def code_image(payload: Any) -> str | None:
    """The code as part of the page: nothing else has to be fetched."""
    if not payload:
        return None
    code = segno.make_qr(payload, error="m")
    image: str = code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff")
    return image
