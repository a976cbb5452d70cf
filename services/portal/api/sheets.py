"""Sheets to print: the course of a dossier (form 06), the register (form 07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.encoders import jsonable_encoder
from fastapi.responses import Response
from pydantic import Field

from services.portal import sheets
from services.portal.api.models import Asked, Short
from services.portal.asking import Known
from services.portal.desk import Desk
from services.portal.downloads import SANDBOX, disposition
from shared.printing import views
from shared.printing.views import View

router = APIRouter(tags=["sheets"])

Language = Literal["vi", "en", "fr"]

PDF = "application/pdf"
BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {PDF: {}}, "description": "The sheet, not sealed"}
}


class Period(Asked):
    """Which days, both included; today where none are named."""

    since: date | None = Field(default=None, alias="from")
    until: date | None = Field(default=None, alias="to")
    unit: Short | None = None
    lang: Language | None = None


@router.get("/cases/{case_id}/{kind}.pdf", response_class=Response, responses=BYTES)
async def sheet_pdf(
    case_id: UUID, kind: sheets.Kind, desk: Known, lang: Language | None = None
) -> Any:
    """A sheet about a dossier as PDF: the control sheet is form 06."""
    return await printed(desk, await sheets.of_case(desk, case_id, kind), lang)


@router.get("/cases/{case_id}/control-sheet")
async def control_sheet(case_id: UUID, desk: Known) -> Any:
    """The course of a dossier, hop by hop (form 06)."""
    return told(await sheets.of_case(desk, case_id, "control-sheet"))


@router.get("/register.pdf", response_class=Response, responses=BYTES)
async def register_pdf(desk: Known, wanted: Annotated[Period, Query()]) -> Any:
    """The register of a unit as PDF (form 07), at most a thousand lines."""
    return await printed(desk, await registered(desk, wanted), wanted.lang)


@router.get("/register")
async def register(desk: Known, wanted: Annotated[Period, Query()]) -> Any:
    """The dossiers a unit received, and what became of them (form 07)."""
    return told(await registered(desk, wanted))


async def registered(desk: Desk, wanted: Period) -> View:
    today = desk.parts.today()
    since = wanted.since or wanted.until or today
    return await sheets.register(desk, since, wanted.until or today, wanted.unit)


def told(view: View) -> Any:
    head = {"kind": view.kind, "unit": view.unit.id, "dated": view.dated}
    return jsonable_encoder(head | {"code": view.code} | view.content)


async def printed(desk: Desk, view: View, language: Language | None) -> Response:
    view = replace(view, language=language or view.language)
    html = views.whole(view, desk.parts.directory)
    return Response(
        await desk.parts.press.print(html),
        media_type=PDF,
        headers={
            "Content-Disposition": disposition(f"{name(view)}.pdf"),
            "Content-Security-Policy": SANDBOX,
            "Cache-Control": "private, no-store",
        },
    )


def name(view: View) -> str:
    return "-".join(filter(None, [view.kind, view.code]))
