"""Dossiers: begun, listed, looked at."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.portal import clocks, opening, overview, timelines
from services.portal.api.answers import done, versioned
from services.portal.api.models import (
    Answers,
    Done,
    DossierList,
    DossierOpenedAnswer,
    Listed,
    OpenDossier,
)
from services.portal.asking import Known, Ordering, UpTo
from services.portal.read_models import Wanted

router = APIRouter(tags=["dossiers"])


@router.post("/dossiers", status_code=201, response_model=DossierOpenedAnswer)
async def open_dossier(wanted: OpenDossier, desk: Ordering) -> Any:
    """Begin a dossier: a draft, until it is handed in."""
    who = wanted.applicant.personal_id if wanted.applicant else None
    begun = opening.Wish(
        wanted.id, wanted.procedure, wanted.channel, wanted.language, who
    )
    opened = await opening.open_dossier(desk, begun)
    dossier = await desk.ask("intake.dossier", dossier_id=opened.id)
    return done(
        opened.place,
        201,
        id=opened.id,
        tracking_code=opened.tracking_code,
        version=dossier["version"],
    )


@router.get("/dossiers", response_model=DossierList, dependencies=[UpTo])
async def dossiers(
    desk: Known,
    status: Annotated[int | None, Query(ge=0, le=10)] = None,
    q: Annotated[str, Query(max_length=200)] = "",
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """Your own dossiers; for officers those their unit has to do with."""
    wanted = Wanted(status, q, after, limit)
    rows, next = await desk.parts.views.dossiers(desk.parties, wanted)
    items = [overview.row(each, desk.language, desk.parts.directory) for each in rows]
    return {"items": items, "next": next}


@router.get("/dossiers/{dossier_id}", dependencies=[UpTo])
async def dossier(dossier_id: UUID, desk: Known) -> Any:
    """One dossier as its owner keeps it, with what has happened to it."""
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    shown = await desk.parts.views.dossier(dossier_id, desk.parties)
    between = overview.between(content, shown, desk.parts.directory)
    timeline = await timelines.timeline(desk, shown) if shown else []
    case = await clocks.case_of(desk, dossier_id, content.get("status") or 0)
    more = {"timeline": timeline, "clock": case.get("clock")}
    return versioned(content | between | more)


@router.get("/dossiers/{dossier_id}/problems", response_model=Listed)
async def problems(dossier_id: UUID, desk: Known) -> Any:
    """What still stands in the way of handing it in."""
    return {"items": await desk.ask("intake.problems", dossier_id=dossier_id)}


@router.put("/dossiers/{dossier_id}/answers", response_model=Done)
async def give_answers(dossier_id: UUID, wanted: Answers, desk: Ordering) -> Any:
    """Fill in the form, wholly or in part; what is not named stays as it is."""
    place = await desk.order(
        "intake.give_answers", dossier_id=dossier_id, answers=wanted.answers
    )
    return done(place)
