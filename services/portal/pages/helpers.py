"""Whom an applicant lets act for them: invited here, accepted here, ended here."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import codes, helping
from services.portal.desk import Desk, Place
from services.portal.errors import CodeExpiredError
from services.portal.helping import Invited, Token
from services.portal.origin import drop_cookie, visitor_of
from services.portal.pages.dossier_parts import Sight, part
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.messages import heading
from services.portal.pages.own_cookies import keep, kept
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page, ticked

router = APIRouter()

POWERS = ("fill", "send", "pay", "write", "withdraw")
COOKIE = "guichet_invitation"
NOBODY: dict[str, Any] = {"is_applicant": False, "powers": []}


def is_for_applicants(desk: Desk, sight: Sight) -> bool:
    return not desk.is_staff and "you" in sight.content


@part("helpers", place=85, shown=is_for_applicants)
async def summary(desk: Desk, sight: Sight) -> dict[str, Any]:
    found = await desk.ask("intake.helpers", dossier_id=sight.dossier["id"])
    active = [each for each in found or [] if each["state"] == "active"]
    return {"you": sight.content["you"], "active": active}


@router.get("/dossiers/{dossier_id}/helpers")
async def helpers(request: Request, dossier_id: UUID, desk: Person) -> Response:
    return await show(request, desk, dossier_id, FIRST_LOOK)


@router.post("/dossiers/{dossier_id}/helpers")
async def invite(request: Request, dossier_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        powers = [each for each in ticked(entered, "powers") if each in POWERS]
        kind = text(entered, "kind") or "helper"
        who = Invited(kind, powers, text(entered, "name"), text(entered, "to"))
        return await helping.invite(desk, dossier_id, who, visitor_of(request))

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, dossier_id, attempt)

    return await submitted(
        request, desk, act, again, then=there(desk, dossier_id, "invited")
    )


@router.post("/dossiers/{dossier_id}/helpers/{helper_id}/end")
async def end(
    request: Request, dossier_id: UUID, helper_id: UUID, desk: Person
) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await helping.end(desk, dossier_id, helper_id)

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, dossier_id, attempt)

    is_own = await is_applicant(desk, dossier_id)
    after = there(desk, dossier_id, "help_ended")
    home = f"/{desk.language}/dossiers?done=help_ended"
    return await submitted(request, desk, act, again, then=after if is_own else home)


@router.get("/helpers/{token}")
async def invitation(request: Request, token: str, desk: Person) -> Response:
    return await show_invitation(request, desk, Token.read(token), FIRST_LOOK)


@router.post("/helpers/{token}/code")
async def send_code(request: Request, token: str, desk: Person) -> Response:
    read, sent = Token.read(token), list[UUID]()

    async def act(desk: Desk, entered: Entered) -> None:
        sent.append(await helping.send_code(desk, read, visitor_of(request)))

    async def again(attempt: Attempt) -> Response:
        return await show_invitation(request, desk, read, attempt)

    here = f"/{desk.language}/helpers/{token}"
    response = await submitted(request, desk, act, again, then=here)
    for code_id in sent:
        keep(desk.parts, response, COOKIE, {"id": str(code_id), "for": token})
    return response


@router.post("/helpers/{token}")
async def accept(request: Request, token: str, desk: Person) -> Response:
    read, sent = Token.read(token), kept(request, desk.parts, COOKIE)

    async def act(desk: Desk, entered: Entered) -> Place:
        if sent is None or sent["for"] != token:
            raise CodeExpiredError
        code = text(entered, "code")
        return await helping.accept(desk, read, UUID(sent["id"]), code)

    async def again(attempt: Attempt) -> Response:
        return await show_invitation(request, desk, read, attempt)

    then = f"/{desk.language}/dossiers/{read.dossier_id}?done=helping"
    response = await submitted(request, desk, act, again, then=then)
    if isinstance(response, RedirectResponse):
        drop_cookie(desk.parts, response, COOKIE)
    return response


async def show(
    request: Request, desk: Desk, dossier_id: UUID, attempt: Attempt
) -> Response:
    you = await powers_in(desk, dossier_id)
    found = await desk.ask("intake.helpers", dossier_id=dossier_id)
    about = await heading(desk, dossier_id)
    here = f"/{desk.language}/dossiers/{dossier_id}"
    return page(
        request,
        desk,
        "helpers.html",
        attempt,
        helpers=found or [],
        you=you,
        here=here,
        powers=POWERS,
        **about,
    )


async def show_invitation(
    request: Request, desk: Desk, token: Token, attempt: Attempt
) -> Response:
    found = await helping.offered(desk, token)
    sent = kept(request, desk.parts, COOKIE)
    return page(
        request,
        desk,
        "invitation.html",
        attempt,
        invitation=found | {"to": codes.masked(found["to"])},
        is_sent=sent is not None and sent["for"] == token.text,
        here=f"/{desk.language}/helpers/{token.text}",
    )


async def powers_in(desk: Desk, dossier_id: UUID) -> dict[str, Any]:
    """What whoever asks may do as, or for, the applicant: intake says it."""
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    return dict(content.get("you") or NOBODY)


async def is_applicant(desk: Desk, dossier_id: UUID) -> bool:
    found = await desk.try_to_ask("intake.dossier", dossier_id=dossier_id)
    return bool(((found or {}).get("you") or NOBODY)["is_applicant"])


def there(desk: Desk, dossier_id: UUID, done: str) -> str:
    return f"/{desk.language}/dossiers/{dossier_id}/helpers?done={done}"
