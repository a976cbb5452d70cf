"""An officer's own account: the second factor, and being signed in elsewhere."""

from __future__ import annotations

from asyncio import to_thread
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import segno
from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import administration, one_time
from services.portal.application import STAFF
from services.portal.desk import Desk, Place
from services.portal.domain import Account
from services.portal.errors import AccountNotFoundError, FactorCodeWrongError
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from shared.actor import require_stepped_up

router = APIRouter()

Offer = dict[str, str]


@router.get("/staff/account")
async def account(request: Request, desk: Person) -> Response:
    return await show(request, desk, FIRST_LOOK)


@router.post("/staff/account/factor")
async def offer(request: Request, desk: Person) -> Response:
    """A secret for the app; it counts once the app has shown a code of it."""
    require_staff(desk)
    offers: list[Offer] = []

    async def act(desk: Desk, entered: Entered) -> None:
        require_stepped_up(desk.actor)
        offers.append(offered(desk, one_time.new_secret()))

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, attempt)

    response = await submitted(request, desk, act, again, then="")
    if offers:
        return await show(request, desk, FIRST_LOOK, offer=offers[0])
    return response


@router.post("/staff/account/factor/confirmation")
async def confirm(request: Request, desk: Person) -> Response:
    """The app shows the right code: the factor counts, spare codes are shown once."""
    require_staff(desk)
    spare: list[str] = []
    form = await request.form()
    secret = secret_in(desk, str(form.get("offer", "")))

    async def act(desk: Desk, entered: Entered) -> Place:
        now = desk.parts.now()
        if not secret or one_time.step_of(secret, text(entered, "code"), now) is None:
            raise FactorCodeWrongError
        codes = one_time.spare_codes()
        place = await administration.add_factor(desk, secret, codes)
        spare.extend(codes)
        return place

    async def again(attempt: Attempt) -> Response:
        known = offered(desk, secret) if secret else None
        return await show(request, desk, attempt, offer=known)

    response = await submitted(request, desk, act, again, then="")
    if spare:
        return await show(request, desk, FIRST_LOOK, spare=spare)
    return response


@router.post("/staff/account/factor/removal")
async def remove(request: Request, desk: Person) -> Response:
    require_staff(desk)

    async def act(desk: Desk, entered: Entered) -> Place:
        return await administration.remove_factor(desk, own_name(desk))

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, attempt)

    then = f"/{desk.language}/staff/account?done=factor_removed"
    return await submitted(request, desk, act, again, then=then)


async def show(
    request: Request,
    desk: Desk,
    attempt: Attempt,
    *,
    offer: Offer | None = None,
    spare: list[str] | None = None,
) -> Response:
    require_staff(desk)
    known = await own_account(desk)
    return page(
        request,
        desk,
        "staff/account.html",
        attempt,
        account=known,
        offer=offer,
        spare=spare,
    )


async def own_account(desk: Desk) -> Account:
    accounts = desk.parts.accounts
    known = await to_thread(accounts.find_account, own_name(desk))
    if known is None:
        raise AccountNotFoundError
    return known


def own_name(desk: Desk) -> str:
    return desk.actor.subject.removeprefix(STAFF)


def offered(desk: Desk, secret: str) -> Offer:
    """The secret as letters and as a picture, and sealed for the way back."""
    sealed = desk.parts.box.seal({"secret": secret}, purpose(desk))
    qr = segno.make(one_time.address(secret, own_name(desk)), error="m")
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    return {
        "sealed": urlsafe_b64encode(sealed).decode(),
        "secret": " ".join(groups),
        "picture": qr.svg_data_uri(scale=5, border=4, light="#fff"),
    }


def secret_in(desk: Desk, sealed: str) -> str:
    """The secret that was offered to this very officer."""
    try:
        opened: Any = desk.parts.box.open(urlsafe_b64decode(sealed), purpose(desk))
    except ValueError:
        return ""
    return str((opened or {}).get("secret", ""))


def purpose(desk: Desk) -> bytes:
    return b"factor " + desk.actor.subject.encode()
