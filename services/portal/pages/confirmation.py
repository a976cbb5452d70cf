"""It was sent: with which reference, what happens next and when, and the proof."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

import segno
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from services.portal import languages, summaries
from services.portal.desk import Desk
from services.portal.filling import Filling, filling
from services.portal.pages.forms import Person
from services.portal.pages.rendering import FOLDER, common, environment, page

router = APIRouter()


@router.get("/dossiers/{dossier_id}/confirmation")
async def confirm(request: Request, dossier_id: UUID, desk: Person) -> Response:
    it = await filling(desk, dossier_id)
    if not it.is_sent:
        return RedirectResponse(f"/{desk.language}/dossiers/{dossier_id}/tasks", 303)
    return page(request, desk, "confirmation.html", **values(desk, it))


@router.get("/dossiers/{dossier_id}/receipt.pdf")
async def receipt(request: Request, dossier_id: UUID, desk: Person) -> Response:
    """The proof of sending, on paper: what was sent, when, and to whom."""
    it = await filling(desk, dossier_id)
    if not it.is_sent:
        return RedirectResponse(f"/{desk.language}/dossiers/{dossier_id}/tasks", 303)
    html = environment.get_template("print/sent.html").render(
        **common(request, desk),
        **values(desk, it),
        parts_of_form=summaries.parts(it, desk.language, folder=""),
        look=look(),
        code_image=segno.make(tracking(desk, it), error="m").png_data_uri(scale=6),
    )
    pdf = await desk.parts.press.print(html)
    name = f"guichet-{it.content['tracking_code']}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


@cache
def look() -> Markup:
    """The sheet is printed without the network: its style stands in it."""
    sheet = (FOLDER / "static/sent.css").read_text(encoding="utf-8")
    return Markup(f"<style>{sheet}</style>")  # noqa: S704 -- our own file


def values(desk: Desk, it: Filling) -> dict[str, Any]:
    return {
        "it": it,
        "content": it.content,
        "unit": desk.parts.directory.unit(it.content["unit"]),
        "tracking_url": tracking(desk, it),
        "name": languages.said(it.definition["names"], desk.language),
    }


def tracking(desk: Desk, it: Filling) -> str:
    code = it.content["tracking_code"]
    return f"{desk.parts.settings.public_url}/{desk.language}/t/{code}"
