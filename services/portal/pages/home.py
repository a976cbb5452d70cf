"""The front page: what one can apply for, and where a dossier is followed."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import languages, opening
from services.portal.desk import Desk, Place
from services.portal.errors import ProcedureNotFoundError
from services.portal.pages.forms import Entered, Person, Visitor, submitted
from services.portal.pages.rendering import FIRST_LOOK, Attempt, language_of, page

entrance = APIRouter()
router = APIRouter()


@entrance.get("/")
async def enter(request: Request) -> Response:
    """To the front page in the reader's language."""
    return RedirectResponse(f"/{language_of(request)}/", 303)


@router.get("")
async def without_slash(request: Request) -> Response:
    return RedirectResponse(f"/{language_of(request)}/", 308)


@router.get("/")
async def home(
    request: Request, desk: Visitor, q: str = "", code: str = ""
) -> Response:
    if code:
        return RedirectResponse(f"/{desk.language}/t/{code.strip()[:40]}", 303)
    rows = await desk.parts.views.procedures(desk.parts.today(), q[:200])
    rows.sort(key=lambda row: languages.said(row["definition"]["names"], desk.language))
    return page(request, desk, "home.html", rows=rows, query=q[:200])


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
        response.headers["Location"] = (
            f"/{desk.language}/dossiers/{begun[0]}?done=opened"
        )
    return response


async def show(request: Request, desk: Desk, slug: str, attempt: Attempt) -> Response:
    row = await desk.parts.views.procedure(slug, desk.parts.today())
    if row is None:
        raise ProcedureNotFoundError(slug)
    return page(
        request, desk, "procedure.html", attempt, slug=slug, it=row["definition"]
    )
