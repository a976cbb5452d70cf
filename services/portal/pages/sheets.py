"""Sheets on the screen, with a style for paper: form 06, form 07 and their like."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from markupsafe import Markup

from services.portal import sheets
from services.portal.desk import Desk
from services.portal.pages.forms import Person
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import page, style
from shared.printing import views
from shared.printing.views import View

router = APIRouter()

API = "/api/v1"


@router.get("/staff/register")
async def register(request: Request, desk: Person) -> Response:
    require_staff(desk)
    today = desk.parts.today()
    since, until = (day(request, name, today) for name in ("from", "to"))
    view = await sheets.register(desk, min(since, until), until, None)
    file = f"{API}/register.pdf?from={since}&to={until}&lang={desk.language}"
    return show(request, desk, view, file, since=since, until=until)


@router.get("/staff/cases/{case_id}/{kind}")
async def sheet(request: Request, case_id: UUID, kind: str, desk: Person) -> Response:
    require_staff(desk)
    if kind not in sheets.BUILDERS:
        raise HTTPException(404)
    view = await sheets.of_case(desk, case_id, kind)
    file = f"{API}/cases/{case_id}/{kind}.pdf?lang={desk.language}"
    return show(request, desk, view, file, case_id=case_id)


def show(request: Request, desk: Desk, view: View, file: str, **more: Any) -> Response:
    inside = Markup(views.fragment(view, desk.parts.directory))  # noqa: S704 -- escaped
    known: dict[str, Any] = {"case_id": None, "since": None, "until": None} | more
    return page(
        request,
        desk,
        "staff/sheet.html",
        sheet=inside,
        kind=view.kind,
        file=file,
        is_wide=view.kind == "register",
        sheet_style=style("sheet.css"),
        **known,
    )


def day(request: Request, name: str, otherwise: date) -> date:
    """A day in the address; another one when it was spoilt."""
    try:
        return date.fromisoformat(request.query_params.get(name, ""))
    except ValueError:
        return otherwise
