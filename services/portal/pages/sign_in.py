"""Signing in and out in a browser: every way in, officers' passwords, the way out."""

from __future__ import annotations

import secrets
from urllib.parse import quote

import httpx
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import signing_in
from services.portal.desk import Desk
from services.portal.errors import IdentityRefusedError
from services.portal.origin import cookie_name, drop_cookie
from services.portal.pages.forms import Entered, Visitor, submitted, text
from services.portal.pages.own_cookies import (
    LEAVING,
    SESSION,
    inside,
    keep,
    kept,
    let_in,
)
from services.portal.pages.rendering import Attempt, language_of, page
from services.portal.parts import SIGNED_OUT, Parts, parts_of
from services.portal.sessions import Session

provider = APIRouter()
router = APIRouter()


@router.get("/sign-in")
async def choice(request: Request, desk: Visitor, next: str = "") -> Response:
    """Every way in, and what each is for."""
    known = [each.settings for each in desk.parts.providers.values()]
    wanted = quote(inside(next) or f"/{desk.language}/dossiers")
    return page(request, desk, "sign_in.html", next=wanted, providers=known)


@router.get("/staff/sign-in")
async def staff_form(request: Request, desk: Visitor, next: str = "") -> Response:
    return page(request, desk, "staff/sign_in.html", next=inside(next))


@router.post("/staff/sign-in")
async def staff(request: Request, desk: Visitor) -> Response:
    begun: list[tuple[str, Session]] = []

    async def act(desk: Desk, entered: Entered) -> None:
        name, password = text(entered, "username"), str(entered.get("password", ""))
        code = text(entered, "code")
        begun.append(await signing_in.officer(request, name, password, code))
        await end_present(request, desk.parts)

    async def again(attempt: Attempt) -> Response:
        next = inside(text(attempt.entered, "next"))
        return page(request, desk, "staff/sign_in.html", attempt, next=next)

    response = await submitted(request, desk, act, again, then="")
    if begun:
        wanted = inside(str((await request.form()).get("next", "")))
        response.headers["Location"] = (
            wanted
            if wanted and begun[0][1].actor.roles
            else f"/{desk.language}/staff/{first_page(begun[0][1])}"
        )
        let_in(desk.parts, response, *begun[0])
    return response


def first_page(session: Session) -> str:
    """Where one's work is; who has no role has a password to change first."""
    actor = session.actor
    if not actor.roles:
        return "password"
    is_without_queue = actor.agency is None and actor.has("administrator")
    return "admin/accounts" if is_without_queue else "queue"


@router.post("/sign-out")
async def sign_out(request: Request, desk: Visitor) -> Response:
    """Out here, and at the provider where one came from there."""
    home = f"/{desk.language}/?done=signed_out"

    async def act(desk: Desk, entered: Entered) -> None:
        if entered.get("everywhere") and desk.session:
            await desk.parts.sessions.end_all(desk.actor.subject)
        await end_present(request, desk.parts)

    async def again(attempt: Attempt) -> Response:
        return page(request, desk, "failure.html", attempt)

    response = await submitted(request, desk, act, again, then=home)
    if response.status_code == 303:
        drop_cookie(desk.parts, response, SESSION)
        if desk.session and desk.session.provider:
            await go_on_elsewhere(desk, desk.session, response)
    return response


@provider.get(SIGNED_OUT)
async def signed_out(request: Request, state: str = "") -> Response:
    """Back from the provider. Nothing ends here: it ended before one left."""
    parts = parts_of(request)
    left = kept(request, parts, LEAVING) or {}
    is_own = secrets.compare_digest(left.get("state", "").encode(), state.encode())
    language = left.get("language", "") if is_own else ""
    home = f"/{language or language_of(request)}/"
    response = RedirectResponse(f"{home}?done=signed_out", 303)
    drop_cookie(parts, response, LEAVING)
    return response


async def go_on_elsewhere(desk: Desk, session: Session, response: Response) -> None:
    """To the provider that vouched for them, to be forgotten there too."""
    parts, state = desk.parts, secrets.token_urlsafe(16)
    back = f"{parts.settings.public_url}{SIGNED_OUT}"
    if (known := parts.providers.get(session.provider)) is None:
        return
    try:
        place = await known.sign_out_address(session.id_token, back, state)
    except (httpx.HTTPError, IdentityRefusedError, ValueError):
        return
    if place:
        response.headers["Location"] = place
        keep(parts, response, LEAVING, {"state": state, "language": desk.language})


async def end_present(request: Request, parts: Parts) -> None:
    """The session this browser had, if any: a new sign-in leaves none behind."""
    token = request.cookies.get(cookie_name(parts, SESSION), "")
    if session := await parts.sessions.find(token):
        await parts.sessions.end(session)
