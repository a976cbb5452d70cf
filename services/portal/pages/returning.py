"""Leaving a draft and coming back to it: by a link, and by what proves who it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import codes
from services.portal.codes import Wish
from services.portal.desk import Desk
from services.portal.errors import EmailInvalidError, LinkExpiredError
from services.portal.filling import Filling, filling
from services.portal.origin import visitor_of
from services.portal.pages.forms import Entered, Person, Visitor, submitted, text
from services.portal.pages.own_cookies import CODE, keep
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()

Link = dict[str, Any]


@router.get("/dossiers/{dossier_id}/return")
async def offer(request: Request, dossier_id: UUID, desk: Person) -> Response:
    it = await filling(desk, dossier_id)
    return show(request, desk, it, FIRST_LOOK)


@router.post("/dossiers/{dossier_id}/return")
async def send(request: Request, dossier_id: UUID, desk: Person) -> Response:
    """A link to this draft, to a phone or a mailbox."""
    it = await filling(desk, dossier_id)

    async def act(desk: Desk, entered: Entered) -> None:
        to = addressed(text(entered, "to"))
        about = {
            "dossier_id": str(dossier_id),
            "to": to,
            "subject": desk.actor.subject,
        }
        token = await desk.parts.drafts.link(about)
        link = f"{desk.parts.settings.public_url}/{desk.language}/return/{token}"
        wish = Wish(to, "return", visitor_of(request))
        await codes.send_link(desk, wish, link)

    async def again(attempt: Attempt) -> Response:
        return show(request, desk, it, attempt)

    then = f"/{desk.language}/dossiers/{dossier_id}/tasks?done=link_sent"
    return await submitted(request, desk, act, again, then=then)


@router.get("/return/{token}")
async def come_back(request: Request, token: str, desk: Visitor) -> Response:
    """Straight on for who is signed in; else what proves that it is them."""
    link = await linked(desk, token)
    if desk.session and desk.actor.subject == link["subject"]:
        return RedirectResponse(tasks(desk, link), 303)
    return ask(request, desk, token, link, FIRST_LOOK)


@router.post("/return/{token}")
async def prove(request: Request, token: str, desk: Visitor) -> Response:
    """A code to the phone one signed in by; it is entered as at any sign-in."""
    link = await linked(desk, token)
    sent: list[dict[str, str]] = []

    async def act(desk: Desk, entered: Entered) -> None:
        if not is_by_phone(desk, link):
            raise LinkExpiredError
        wish = Wish(link["to"], "return", visitor_of(request))
        code_id = await codes.send(desk, wish)
        next = tasks(desk, link)
        sent.append({"id": str(code_id), "to": link["to"], "next": next})

    async def again(attempt: Attempt) -> Response:
        return ask(request, desk, token, link, attempt)

    then = f"/{desk.language}/sign-in/phone/code"
    response = await submitted(request, desk, act, again, then=then)
    if sent:
        keep(desk.parts, response, CODE, sent[0])
    return response


async def linked(desk: Desk, token: str) -> Link:
    if found := await desk.parts.drafts.linked(token):
        return found
    raise LinkExpiredError


def tasks(desk: Desk, link: Link) -> str:
    return f"/{desk.language}/dossiers/{link['dossier_id']}/tasks"


def is_by_phone(desk: Desk, link: Link) -> bool:
    """The number is all that proved who they are; a code to it proves as much."""
    return bool(codes.subject_of(desk, link["to"]) == link["subject"])


def addressed(entered: str) -> str:
    if "@" not in entered:
        return codes.phone(entered)
    if entered.count("@") != 1 or "." not in entered.rpartition("@")[2]:
        raise EmailInvalidError
    return entered


def show(request: Request, desk: Desk, it: Filling, attempt: Attempt) -> Response:
    claims = desk.session.claims if desk.session else {}
    known = it.answers.get("phone") or claims.get("phone_number") or ""
    return page(request, desk, "return_offer.html", attempt, it=it, known=known)


def ask(
    request: Request, desk: Desk, token: str, link: Link, attempt: Attempt
) -> Response:
    return page(
        request,
        desk,
        "return.html",
        attempt,
        by_phone=is_by_phone(desk, link),
        to=codes.masked(link["to"]),
        next=tasks(desk, link),
    )
