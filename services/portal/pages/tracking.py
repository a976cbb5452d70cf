"""The public page of a dossier: for whoever has its code, and nothing personal."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import overview
from services.portal.desk import Desk
from services.portal.pages.forms import Visitor
from services.portal.pages.rendering import Attempt, page
from services.portal.problems import Problem
from services.portal.read_models import Row

router = APIRouter()

APPLICANT_ACTS = (0, 5, 6)
NOBODY_ACTS = (3, 7, 10)


@router.get("/t/{code}")
async def tracking(request: Request, code: str, desk: Visitor) -> Response:
    dossier = await desk.parts.views.tracked(code)
    if dossier is None:
        problem = Problem.of("dossier-not-found", desk.language)
        return page(request, desk, "unknown_code.html", Attempt(problem), code=code)
    return page(request, desk, "tracking.html", **await public(desk, dossier))


async def public(desk: Desk, dossier: Row) -> Row:
    """What everybody may know of a dossier."""
    views, language, directory = desk.parts.views, desk.language, desk.parts.directory
    entries = await views.timeline(dossier["id"])
    lines = [overview.line(each, language, directory) for each in entries]
    return {
        "dossier": dossier,
        "lines": lines,
        "papers": await views.papers(dossier["id"]),
        "holder": holder(dossier, lines),
        "procedure_name": dossier["procedure_name"] or await named(desk, dossier),
    }


def holder(dossier: Row, lines: list[Row]) -> str:
    """Who has to act: the applicant, nobody, or the unit that had it last."""
    if dossier["status"] in APPLICANT_ACTS:
        return "applicant"
    if dossier["status"] in NOBODY_ACTS:
        return "nobody"
    return next((line["unit"] for line in reversed(lines) if line["unit"]), "")


async def named(desk: Desk, dossier: Row) -> dict[str, str]:
    """A draft has no name yet but its procedure's."""
    today = desk.parts.today()
    row = await desk.parts.views.procedure(
        dossier["procedure"], today, dossier["version"]
    )
    return row["definition"]["names"] if row else {"vi": dossier["procedure"] or ""}
