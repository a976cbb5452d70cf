"""What a citizen sees of their own dossiers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import clocks, history, overview, timelines
from services.portal.desk import UNANSWERED, Desk, together
from services.portal.pages.forms import Person
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from services.portal.pages.tracking import public
from services.portal.read_models import Wanted

router = APIRouter()


@router.get("/dossiers")
async def dossiers(
    request: Request, desk: Person, after: str | None = None
) -> Response:
    rows, next = await desk.parts.views.dossiers(desk.parties, Wanted(after=after))
    directory = desk.parts.directory
    items = [
        overview.row(each, desk.language, directory)
        | {"names": await timelines.name(desk, each)}
        for each in rows
    ]
    return page(
        request, desk, "dossiers.html", items=items, next=next, after=after or ""
    )


@router.get("/dossiers/{dossier_id}")
async def dossier(request: Request, dossier_id: UUID, desk: Person) -> Response:
    return await show(request, desk, dossier_id, FIRST_LOOK)


async def show(
    request: Request, desk: Desk, dossier_id: UUID, attempt: Attempt
) -> Response:
    """The owner of the dossier decides who may look: intake is asked first."""
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    row = await desk.parts.views.dossier(dossier_id, desk.parties)
    shared = await public(desk, row or fallback(content))
    case = await clocks.case_of(desk, dossier_id, content["status"] or 0)
    own = {"content": NOTHING_SAID | content, "case": NO_CASE | case}
    return page(
        request,
        desk,
        "dossier.html",
        attempt,
        **(shared | own | await records(desk, dossier_id, content)),
    )


NOTHING_SAID = {"stop": None, "is_withdrawal_asked": False, "balance": None}
NO_CASE = {"clock": None, "suspension": None, "payment": None}


async def records(
    desk: Desk, dossier_id: UUID, content: dict[str, Any]
) -> dict[str, Any]:
    """What the other services have; a part that is away does not hide the rest."""
    papers, messages, past, problems = await together(
        desk.try_to_ask("signing.papers", dossier_id=dossier_id),
        desk.try_to_ask("notifications.messages", dossier_id=dossier_id),
        past_of(desk, dossier_id),
        desk.try_to_ask("intake.problems", dossier_id=dossier_id)
        if not content["status"]
        else nothing(),
    )
    return {
        "papers": papers,
        "messages": messages,
        "past": past,
        "problems": problems or [],
    }


async def past_of(desk: Desk, dossier_id: UUID) -> dict[str, Any] | None:
    try:
        return await history.history(desk, dossier_id)
    except UNANSWERED:
        return None


async def nothing() -> None:
    return None


def fallback(content: dict[str, Any]) -> dict[str, Any]:
    """The rows are a moment behind: what intake itself says stands in."""
    return {
        "id": UUID(str(content["id"])),
        "code": content.get("code"),
        "tracking_code": content.get("tracking_code"),
        "procedure": content.get("procedure"),
        "version": content.get("procedure_version"),
        "procedure_name": content.get("names"),
        "status": content.get("status") or 0,
        "received_at": None,
        "due_at": None,
        "promised_at": None,
        "due_reason": None,
        "expected_at": None,
        "is_stopped": False,
        "outcome_title": None,
    }
