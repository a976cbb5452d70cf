"""Messages between applicant and offices: their pages, and what is typed meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from services.portal import conversation, overview, timelines
from services.portal.desk import Desk, Place
from services.portal.errors import CrossSiteError
from services.portal.origin import is_our_form
from services.portal.pages.citizen import fallback
from services.portal.pages.dossier_parts import Sight, part
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from services.portal.read_models import Row

router = APIRouter()

DRAFT = 0
NOTHING: dict[str, Any] = {"messages": [], "unread": 0}
STAFF = "/staff/"


def is_sent(desk: Desk, sight: Sight) -> bool:
    return bool(sight.dossier["status"] != DRAFT)


@part("conversation", place=62, shown=is_sent, live=True)
async def summary(desk: Desk, sight: Sight) -> dict[str, Any]:
    """How many there are, how many are new, and the last one."""
    dossier_id = sight.dossier["id"]
    found = await desk.ask("intake.conversation", dossier_id=dossier_id) or NOTHING
    return {"found": found, "last": found["messages"][-1:]}


@router.get("/dossiers/{dossier_id}/messages")
async def messages(request: Request, dossier_id: UUID, desk: Person) -> Response:
    if desk.is_staff:
        return RedirectResponse(office_page(desk, dossier_id), 303)
    return await show(request, desk, dossier_id, FIRST_LOOK)


@router.post("/dossiers/{dossier_id}/messages")
async def write(request: Request, dossier_id: UUID, desk: Person) -> Response:
    then = f"/{desk.language}/dossiers/{dossier_id}/messages?done=message#last"
    return await sent(request, desk, dossier_id, then)


@router.post("/dossiers/{dossier_id}/messages/unsent")
async def keep(request: Request, dossier_id: UUID, desk: Person) -> Response:
    """While somebody types; only their own page asks for it."""
    entered = await request.form()
    if not is_our_form(request, str(entered.get("form_token", ""))):
        raise CrossSiteError
    place = conversation.place_of(dossier_id)
    typed = str(entered.get("text", ""))
    unsent = await desk.parts.typed.keep(desk.actor.subject, place, typed)
    saved_at = unsent.saved_at.isoformat() if unsent.saved_at else None
    return JSONResponse({"saved_at": saved_at}, headers={"Cache-Control": "no-store"})


@router.get("/staff/messages")
async def waiting(request: Request, desk: Person, after: str | None = None) -> Response:
    """The dossiers whose applicants wrote, and nobody has looked yet."""
    require_staff(desk)
    rows, next = await desk.parts.views.with_news(desk.parties, after)
    directory = desk.parts.directory
    items = [
        overview.row(each, desk.language, directory)
        | {"names": await timelines.name(desk, each)}
        for each in rows
    ]
    return page(request, desk, "staff/messages.html", items=items, next=next)


@router.get("/staff/dossiers/{dossier_id}/messages")
async def of_office(request: Request, dossier_id: UUID, desk: Person) -> Response:
    require_staff(desk)
    return await show(request, desk, dossier_id, FIRST_LOOK)


@router.post("/staff/dossiers/{dossier_id}/messages")
async def answer(request: Request, dossier_id: UUID, desk: Person) -> Response:
    """Back to where the answer was written: the case, or the dossier's own messages."""
    require_staff(desk)
    entered = await request.form()
    back = str(entered.get("back", ""))
    own = office_page(desk, dossier_id)
    there = back if is_page_of_office(back, desk.language) else own
    mark = "&" if "?" in there else "?"
    return await sent(request, desk, dossier_id, f"{there}{mark}done=message")


async def sent(request: Request, desk: Desk, dossier_id: UUID, then: str) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await conversation.write(desk, dossier_id, text(entered, "text"))

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, dossier_id, attempt)

    return await submitted(request, desk, act, again, then=then)


async def show(
    request: Request, desk: Desk, dossier_id: UUID, attempt: Attempt
) -> Response:
    found = await conversation.part(desk, dossier_id)
    template = "staff/dossier_messages.html" if desk.is_staff else "messages.html"
    return page(
        request,
        desk,
        template,
        attempt,
        **found,
        **await heading(desk, dossier_id),
    )


async def heading(desk: Desk, dossier_id: UUID) -> Row:
    """Which dossier it is about, by its code and its procedure."""
    row = await desk.parts.views.dossier(dossier_id, desk.parties)
    if row is None:
        row = fallback(await desk.ask("intake.dossier", dossier_id=dossier_id))
    return {"dossier": row, "procedure_name": await timelines.name(desk, row)}


def office_page(desk: Desk, dossier_id: UUID) -> str:
    return f"/{desk.language}{STAFF}dossiers/{dossier_id}/messages"


def is_page_of_office(address: str, language: str) -> bool:
    """A place of ours; nobody is sent elsewhere by what a form says."""
    return address.startswith(f"/{language}{STAFF}") and "\\" not in address
