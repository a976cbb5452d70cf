"""Shows the code that makes a phone the scanner of this screen."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from services.portal import limits, scanning
from services.portal.pages.forms import Person
from services.portal.pages.rendering import page

router = APIRouter()


@router.get("/dossiers/{dossier_id}/documents/{code}/phone")
async def phone(
    request: Request, dossier_id: UUID, code: str, desk: Person
) -> Response:
    """A new code each time; the one before it ends by itself."""
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    document = limits.document_of(content, code)
    address = scanning.address(desk, scanning.token(desk, dossier_id, code))
    return page(
        request,
        desk,
        "phone.html",
        document=document,
        address=address,
        picture=Markup(scanning.code(address)),  # noqa: S704 -- drawn by us
        minutes=int(scanning.LASTS.total_seconds()) // 60,
        back=f"/{desk.language}/dossiers/{dossier_id}/documents",
    )
