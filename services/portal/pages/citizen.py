"""What a citizen sees of their own dossiers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import clocks, overview, timelines
from services.portal.desk import Desk
from services.portal.next_steps import answer_by, next_of
from services.portal.pages.dossier_parts import Sight, parts_of_page
from services.portal.pages.forms import Person
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from services.portal.pages.tracking import holder
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
    content = NOTHING_SAID | await desk.ask("intake.dossier", dossier_id=dossier_id)
    row = await desk.parts.views.dossier(dossier_id, desk.parties)
    case = await clocks.case_of(desk, dossier_id, content["status"] or 0)
    dossier = row or fallback(content)
    lines = await timelines.timeline(desk, dossier)
    sight = Sight(dossier, content, NO_CASE | case, lines, holder(dossier, lines))
    now = desk.parts.now()
    return page(
        request,
        desk,
        "dossier.html",
        attempt,
        **vars(sight),
        next_step=next_of(dossier, sight.holder, now, answer_by(content)),
        here=f"/{desk.language}/dossiers/{dossier_id}",
        procedure_name=await timelines.name(desk, dossier),
        shown=await parts_of_page(desk, sight),
    )


NOTHING_SAID = {"stop": None, "is_withdrawal_asked": False, "balance": None}
NO_CASE = {"clock": None, "suspension": None, "payment": None}


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
        "unit": content.get("unit"),
        "revision": 0,
    }
