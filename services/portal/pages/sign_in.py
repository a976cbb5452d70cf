"""Signing in and out in a browser."""

from __future__ import annotations

from urllib.parse import quote

import httpx
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import signing_in
from services.portal.desk import Desk
from services.portal.errors import IdentityRefusedError
from services.portal.identity import Pending
from services.portal.origin import VISITOR, cookie_name, drop_cookie, set_cookie
from services.portal.pages.forms import Entered, Visitor, submitted, text
from services.portal.pages.own_cookies import PENDING, SESSION, inside, keep, kept
from services.portal.pages.rendering import Attempt, language_of, page
from services.portal.parts import Parts, parts_of

provider = APIRouter()
router = APIRouter()


@provider.get("/sign-in")
async def go(request: Request, next: str = "") -> Response:
    """To the identity provider, and from there back to where one wanted to go."""
    parts = parts_of(request)
    pending = Pending.begin(inside(next) or f"/{language_of(request)}/dossiers")
    response = RedirectResponse(await parts.provider.address(pending), 303)
    keep(parts, response, PENDING, pending.as_dict())
    return response


@provider.get("/sign-in/callback")
async def come_back(request: Request) -> Response:
    """Believed only when all of it fits what this browser began."""
    parts = parts_of(request)
    pending = pending_of(request, parts)
    identity = await parts.provider.identity(pending, dict(request.query_params))
    await end_present(request, parts)
    token, _ = await signing_in.citizen(parts, identity)
    response = RedirectResponse(pending.next, 303)
    set_cookie(parts, response, SESSION, token)
    drop_cookie(parts, response, PENDING)
    drop_cookie(parts, response, VISITOR)
    return response


@router.get("/sign-in")
async def choice(request: Request, desk: Visitor, next: str = "") -> Response:
    """Every way in, and what each is for."""
    return page(request, desk, "sign_in.html", next=quote(inside(next)))


@router.get("/staff/sign-in")
async def staff_form(request: Request, desk: Visitor, next: str = "") -> Response:
    return page(request, desk, "staff/sign_in.html", next=inside(next))


@router.post("/staff/sign-in")
async def staff(request: Request, desk: Visitor) -> Response:
    tokens: list[str] = []

    async def act(desk: Desk, entered: Entered) -> None:
        name, password = text(entered, "username"), str(entered.get("password", ""))
        token, _ = await signing_in.officer(request, name, password)
        await end_present(request, desk.parts)
        tokens.append(token)

    async def again(attempt: Attempt) -> Response:
        next = inside(text(attempt.entered, "next"))
        return page(request, desk, "staff/sign_in.html", attempt, next=next)

    response = await submitted(request, desk, act, again, then="")
    if tokens:
        wanted = inside(str((await request.form()).get("next", "")))
        response.headers["Location"] = wanted or f"/{desk.language}/staff/queue"
        set_cookie(desk.parts, response, SESSION, tokens[0])
    return response


@router.post("/sign-out")
async def sign_out(request: Request, desk: Visitor) -> Response:
    """Out here, and at the provider where one came from there."""
    kind = desk.actor.kind if desk.session else ""
    home = f"/{desk.language}/"

    async def act(desk: Desk, entered: Entered) -> None:
        await end_present(request, desk.parts)

    async def again(attempt: Attempt) -> Response:
        return page(request, desk, "failure.html", attempt)

    response = await submitted(request, desk, act, again, then=home)
    if response.status_code == 303:
        drop_cookie(desk.parts, response, SESSION)
        if kind == "citizen":
            response.headers["Location"] = await elsewhere(desk.parts) or home
    return response


async def elsewhere(parts: Parts) -> str | None:
    try:
        return await parts.provider.sign_out_address(f"{parts.settings.public_url}/")
    except (httpx.HTTPError, IdentityRefusedError):
        return None


async def end_present(request: Request, parts: Parts) -> None:
    """The session this browser had, if any: a new sign-in leaves none behind."""
    token = request.cookies.get(cookie_name(parts, SESSION), "")
    if session := await parts.sessions.find(token):
        await parts.sessions.end(session)


def pending_of(request: Request, parts: Parts) -> Pending:
    """The sign-in this very browser began."""
    began = kept(request, parts, PENDING)
    if began is None:
        raise IdentityRefusedError
    return Pending(**began)
