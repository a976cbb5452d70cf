"""One procedure in plain words, the questions before it, and its beginning."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import opening
from services.portal.desk import Desk, Place
from services.portal.errors import ProcedureNotFoundError
from services.portal.pages.forms import Entered, Person, Visitor, submitted
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from services.portal.read_models import Row
from shared.directory import Unit, UnknownUnitError

router = APIRouter()

YEAR = timedelta(days=365)
ENOUGH = 5  # cases from which a statement about all of them may be made


@router.get("/procedures/{slug}")
async def procedure(request: Request, slug: str, desk: Visitor) -> Response:
    return await show(request, desk, slug, FIRST_LOOK)


@router.post("/procedures/{slug}")
async def begin(request: Request, slug: str, desk: Person) -> Response:
    """A draft, from which its owner goes on."""
    begun: list[str] = []

    async def act(desk: Desk, entered: Entered) -> Place:
        wish = opening.Wish(None, slug, "online", desk.language)
        opened = await opening.open_dossier(desk, wish)
        begun.append(str(opened.id))
        return opened.place

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, slug, attempt)

    response = await submitted(request, desk, act, again, then="")
    if begun:
        response.headers["Location"] = f"/{desk.language}/dossiers/{begun[0]}/tasks"
    return response


@router.get("/procedures/{slug}/eligibility")
async def eligibility(request: Request, slug: str, desk: Visitor) -> Response:
    """Questions one after the other; an answer that leads elsewhere says where to."""
    row = await found(desk, slug)
    guide = desk.parts.guidance.guide(slug)
    questions = guide.questions if guide else []
    given = {each.id: request.query_params.get(each.id, "") for each in questions}
    stop = next((x for x in questions if given[x.id] == x.stop_on), None)
    open_ones = [x for x in questions if given[x.id] not in ("yes", "no")]
    return page(
        request,
        desk,
        "eligibility.html",
        slug=slug,
        it=row["definition"],
        stop=stop,
        question=open_ones[0] if open_ones and not stop else None,
        given={key: value for key, value in given.items() if value},
        is_unanswered="asked" in request.query_params,
        nth=len(questions) - len(open_ones) + 1,
        total=len(questions),
    )


async def show(request: Request, desk: Desk, slug: str, attempt: Attempt) -> Response:
    row = await found(desk, slug)
    definition = row["definition"]
    since = desk.parts.now() - YEAR
    took = await desk.parts.views.durations(slug, since)
    return page(
        request,
        desk,
        "procedure.html",
        attempt,
        slug=slug,
        it=definition,
        guide=desk.parts.guidance.guide(slug),
        unit=receiving(desk, definition),
        took=took if took and took["n"] >= ENOUGH else None,
    )


async def found(desk: Desk, slug: str) -> Row:
    row = await desk.parts.views.procedure(slug, desk.parts.today())
    if row is None:
        raise ProcedureNotFoundError(slug)
    return row


def receiving(desk: Desk, definition: dict[str, Any]) -> Unit | None:
    """Where it is handed in, as far as this deployment has the place."""
    try:
        return desk.parts.directory.unit_of(definition["steps"][0]["agency"])
    except UnknownUnitError:
        return None
