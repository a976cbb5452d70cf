"""Where an officer is written to each morning, and whether at all."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import administration
from services.portal.application import STAFF
from services.portal.desk import Desk
from services.portal.domain import Contact
from services.portal.languages import LANGUAGES
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()


@router.get("/staff/digest")
async def digest(request: Request, desk: Person) -> Response:
    return await show(request, desk, FIRST_LOOK)


@router.post("/staff/digest")
async def change(request: Request, desk: Person) -> Response:
    require_staff(desk)

    async def act(desk: Desk, entered: Entered) -> None:
        username = desk.actor.subject.removeprefix(STAFF)
        await administration.change_contact(desk, username, contact(entered))

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, attempt)

    then = f"/{desk.language}/staff/digest?done=digest"
    return await submitted(request, desk, act, again, then=then)


def contact(entered: Entered) -> Contact:
    language = text(entered, "language")
    return Contact(
        text(entered, "email"),
        language if language in LANGUAGES else LANGUAGES[0],
        wants_digest=text(entered, "wants_digest") == "yes",
    )


async def show(request: Request, desk: Desk, attempt: Attempt) -> Response:
    require_staff(desk)
    known = await administration.contact_of(desk)
    if attempt.entered:
        known = contact(attempt.entered)
    elif not known.email:
        known = replace(known, language=desk.language)
    return page(
        request, desk, "staff/digest.html", attempt, known=known, choices=LANGUAGES
    )
