"""The front page: what one can apply for, by words, by what happened, by agency."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import finding
from services.portal.pages.forms import Visitor
from services.portal.pages.rendering import language_of, page

entrance = APIRouter()
router = APIRouter()

LONGEST = 200  # characters of a search


@entrance.get("/")
async def enter(request: Request) -> Response:
    """To the front page in the reader's language."""
    return RedirectResponse(f"/{language_of(request)}/", 303)


@router.get("")
async def without_slash(request: Request) -> Response:
    return RedirectResponse(f"/{language_of(request)}/", 308)


@router.get("/")
async def home(request: Request, desk: Visitor, code: str = "") -> Response:
    if code:
        return RedirectResponse(f"/{desk.language}/t/{code.strip()[:40]}", 303)
    found = await finding.search(desk, finding.Wish())
    return page(
        request,
        desk,
        "home.html",
        events=desk.parts.guidance.life_events,
        sectors=finding.by_sector(found, desk.language),
        agencies=finding.agencies(found, desk),
    )


@router.get("/procedures")
async def procedures(
    request: Request,
    desk: Visitor,
    query: str = "",
    event: str = "",
    agency: str = "",
    sector: str = "",
) -> Response:
    wish = finding.Wish(query.strip()[:LONGEST], event, agency, sector)
    found = await finding.search(desk, wish)
    everything = await finding.search(desk, finding.Wish())
    return page(
        request,
        desk,
        "procedures.html",
        rows=found,
        wish=wish,
        events=desk.parts.guidance.life_events,
        event=desk.parts.guidance.event(event),
        agencies=finding.agencies(everything, desk),
        guidance=desk.parts.guidance,
    )
