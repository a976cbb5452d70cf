"""Signing in without an account: by a code that is sent to one's phone."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import codes, signing_in
from services.portal.codes import Wish
from services.portal.desk import Desk
from services.portal.errors import CodeExpiredError
from services.portal.origin import VISITOR, drop_cookie, visitor_of
from services.portal.pages.forms import Entered, Visitor, submitted, text
from services.portal.pages.own_cookies import CODE, inside, keep, kept, let_in
from services.portal.pages.rendering import Attempt, page
from services.portal.pages.sign_in import end_present
from services.portal.sessions import Session

router = APIRouter()

Sent = dict[str, str]


@router.get("/sign-in/phone")
async def phone(request: Request, desk: Visitor, next: str = "") -> Response:
    return page(request, desk, "sign_in_phone.html", next=inside(next))


@router.post("/sign-in/phone")
async def send(request: Request, desk: Visitor) -> Response:
    sent: list[Sent] = []

    async def act(desk: Desk, entered: Entered) -> None:
        number = codes.phone(text(entered, "phone"))
        sent.append(await sent_to(request, desk, number, text(entered, "next")))

    async def again(attempt: Attempt) -> Response:
        next = inside(text(attempt.entered, "next"))
        return page(request, desk, "sign_in_phone.html", attempt, next=next)

    return to_enter(desk, await submitted(request, desk, act, again, then=""), sent)


@router.get("/sign-in/phone/code")
async def code(request: Request, desk: Visitor) -> Response:
    if (sent := kept(request, desk.parts, CODE)) is None:
        return RedirectResponse(f"/{desk.language}/sign-in/phone", 303)
    return page(request, desk, "sign_in_code.html", **shown(sent))


@router.post("/sign-in/phone/code")
async def enter(request: Request, desk: Visitor) -> Response:
    """The code is right: signed in, and back to where one wanted to go."""
    sent = kept(request, desk.parts, CODE)
    begun: list[tuple[str, Session]] = []

    async def act(desk: Desk, entered: Entered) -> None:
        if sent is None:
            raise CodeExpiredError
        about = await codes.redeem(desk, UUID(sent["id"]), text(entered, "code"))
        await end_present(request, desk.parts)
        begun.append(await signing_in.phone(desk.parts, about["to"]))

    async def again(attempt: Attempt) -> Response:
        return page(request, desk, "sign_in_code.html", attempt, **shown(sent or {}))

    home = f"/{desk.language}/dossiers"
    wanted = inside((sent or {}).get("next", "")) or home
    response = await submitted(request, desk, act, again, then=wanted)
    if begun:
        let_in(desk.parts, response, *begun[0])
        drop_cookie(desk.parts, response, CODE)
        drop_cookie(desk.parts, response, VISITOR)
    return response


@router.post("/sign-in/phone/again")
async def send_again(request: Request, desk: Visitor) -> Response:
    """Another code to the same phone; the one before stays good until its end."""
    before = kept(request, desk.parts, CODE)
    sent: list[Sent] = []

    async def act(desk: Desk, entered: Entered) -> None:
        if before is None:
            raise CodeExpiredError
        sent.append(await sent_to(request, desk, before["to"], before["next"]))

    async def again(attempt: Attempt) -> Response:
        return page(request, desk, "sign_in_code.html", attempt, **shown(before or {}))

    response = await submitted(request, desk, act, again, then="")
    return to_enter(desk, response, sent, done="?done=code_sent")


async def sent_to(request: Request, desk: Desk, number: str, next: str) -> Sent:
    code_id = await codes.send(desk, Wish(number, "sign-in", visitor_of(request)))
    return {"id": str(code_id), "to": number, "next": inside(next)}


def to_enter(
    desk: Desk, response: Response, sent: list[Sent], done: str = ""
) -> Response:
    """To the page where the code is entered, once one was sent."""
    if sent:
        here = f"/{desk.language}/sign-in/phone/code{done}"
        response.headers["Location"] = here
        keep(desk.parts, response, CODE, sent[-1])
    return response


def shown(sent: Sent) -> dict[str, Any]:
    next = sent.get("next", "")
    return {
        "to": codes.masked(sent.get("to", "")),
        "other": f"?next={quote(next)}" if next else "",
        "minutes": codes.MINUTES,
    }
