"""The public page of a dossier: for whoever has its code, and nothing personal."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import clocks, timelines
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
    case = await clocks.case_of(desk, dossier["id"], dossier["status"])
    shown = await public(desk, dossier)
    clock = case.get("clock")
    return page(request, desk, "tracking.html", **shown, clock=clock)


async def public(desk: Desk, dossier: Row) -> Row:
    """What everybody may know of a dossier."""
    lines = await timelines.timeline(desk, dossier)
    return {
        "dossier": dossier,
        "lines": lines,
        "papers": await desk.parts.views.papers(dossier["id"]),
        "holder": holder(dossier, lines),
        "procedure_name": await timelines.name(desk, dossier),
    }


def holder(dossier: Row, lines: list[Row]) -> str:
    """Who has to act: the applicant, nobody, or the unit that had it last."""
    if dossier["status"] in APPLICANT_ACTS:
        return "applicant"
    if dossier["status"] in NOBODY_ACTS or dossier["is_stopped"]:
        return "nobody"
    return next((line["unit"] for line in reversed(lines) if line["unit"]), "")
