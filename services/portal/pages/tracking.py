"""The public page of a dossier: for whoever has its code, and nothing personal."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import clocks, overview, timelines
from services.portal.next_steps import APPLICANT_ACTS, OVER, next_of
from services.portal.pages.forms import Visitor
from services.portal.pages.rendering import Attempt, page
from services.portal.problems import Problem
from services.portal.read_models import Row

router = APIRouter()

OPENED, FINISHED = "step.opened.v1", "step.finished.v1"
CONSULTATION = "consultation"  # who asked still has it


@router.get("/t/{code}")
async def tracking(request: Request, code: str, desk: Visitor) -> Response:
    dossier = await desk.parts.views.tracked(code)
    if dossier is None:
        problem = Problem.of("dossier-not-found", desk.language)
        return page(request, desk, "unknown_code.html", Attempt(problem), code=code)
    case = await clocks.case_of(desk, dossier["id"], dossier["status"])
    lines = await timelines.timeline(desk, dossier)
    return page(
        request,
        desk,
        "tracking.html",
        dossier=dossier,
        lines=lines,
        next_step=next_of(dossier, holder(dossier, lines), desk.parts.now()),
        clock=case.get("clock"),
        unit=overview.unit_of(dossier["unit"], desk.parts.directory),
        papers=await desk.parts.views.papers(dossier["id"]),
        procedure_name=await timelines.name(desk, dossier),
    )


def holder(dossier: Row, lines: list[Row]) -> str:
    """Who has to act: the applicant, nobody, or the units that have it."""
    if dossier["status"] in APPLICANT_ACTS:
        return "applicant"
    if dossier["status"] in OVER or dossier["is_stopped"]:
        return "nobody"
    last = [line["unit"] for line in lines if line["unit"]][-1:]
    return ", ".join(dict.fromkeys(at_work(lines) or last))


def at_work(lines: list[Row]) -> list[str]:
    """The units whose steps were opened and not finished since.

    A step that opens again came back: what was opened behind it waits anew.
    """
    open: dict[str, str] = {}
    known: list[str] = []
    for line in lines:
        step = line["step"]
        if line["type"] == FINISHED:
            open.pop(step, None)
        elif line["type"] == OPENED and not step.startswith(CONSULTATION):
            behind = known[known.index(step) :] if step in known else []
            open = {key: unit for key, unit in open.items() if key not in behind}
            known = [*(each for each in known if each not in behind), step]
            open[step] = line["unit"]
    return list(open.values())
