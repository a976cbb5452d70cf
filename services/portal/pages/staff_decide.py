"""Before deciding: the decision as it will be printed; and what is typed meanwhile."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import MultiDict

from services.portal import reviewing, writing
from services.portal.desk import UNANSWERED, Desk
from services.portal.errors import CrossSiteError
from services.portal.origin import is_our_form
from services.portal.pages.case_table import show
from services.portal.pages.forms import Person, problem_of, text
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import Attempt
from shared.errors import DomainError

router = APIRouter()


@router.get("/staff/cases/{case_id}/steps/{step}/preview")
async def proposed(request: Request, case_id: UUID, step: str, desk: Person) -> Any:
    """The decision as it is proposed."""
    require_staff(desk)
    return paper(await reviewing.preview(desk, case_id, step, None, ""))


@router.post("/staff/cases/{case_id}/steps/{step}/preview")
async def entered(request: Request, case_id: UUID, step: str, desk: Person) -> Any:
    """The decision as it stands in the form; nothing is proposed by looking."""
    require_staff(desk)
    form = MultiDict(await request.form())
    outcome = text(form, "outcome") or None
    try:
        return paper(
            await reviewing.preview(desk, case_id, step, outcome, text(form, "text"))
        )
    except (*UNANSWERED, DomainError) as error:
        problem = problem_of(error, desk.language)
        return await show(request, desk, case_id, Attempt(problem, form))


def paper(pdf: bytes) -> Response:
    """In the browser, under a name that says what it is."""
    headers = {
        "Content-Disposition": 'inline; filename="draft.pdf"',
        "Cache-Control": "no-store",
    }
    return Response(pdf, media_type="application/pdf", headers=headers)


@router.post("/staff/cases/{case_id}/typed")
async def typed(request: Request, case_id: UUID, desk: Person) -> Response:
    """While somebody types; only their own page asks for it."""
    require_staff(desk)
    form = await request.form()
    if not is_our_form(request, str(form.get("form_token", ""))):
        raise CrossSiteError
    kept = await writing.keep(desk, case_id, writing.entered(form))
    saved_at = kept.saved_at.isoformat() if kept.saved_at else None
    return JSONResponse({"saved_at": saved_at}, headers={"Cache-Control": "no-store"})


async def with_phrase(desk: Desk, form: Any, name: str) -> MultiDict:
    """The form with a template of the unit behind what was written already."""
    found = await desk.try_to_ask("workflow.phrases") or []
    wanted = str(form.get(f"phrase.{name}", ""))
    phrase = next((x["text"] for x in found if x["phrase_id"] == wanted), "")
    entered = MultiDict(form)
    written = str(form.get(name, "")).rstrip()
    entered[name] = "\n".join(filter(None, [written, phrase]))
    return entered
