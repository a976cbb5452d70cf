"""What applicants think of it: ratings, complaints and their answers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query

from services.portal import feedback as heard
from services.portal.api.answers import done
from services.portal.api.conversation_models import (
    ComplaintAnswerGiven,
    NewComplaint,
    NewRating,
)
from services.portal.api.models import Done, Listed
from services.portal.asking import Known, Ordering, UpTo
from shared.clock import LOCAL

router = APIRouter(tags=["feedback"])


@router.post("/dossiers/{dossier_id}/rating", response_model=Done)
async def rate(dossier_id: UUID, wanted: NewRating, desk: Ordering) -> Any:
    """Say how it was, once, when it is over."""
    place = await desk.order(
        "intake.rate", dossier_id=dossier_id, score=wanted.score, words=wanted.words
    )
    return done(place)


@router.get("/dossiers/{dossier_id}/complaints")
async def complaints_of(dossier_id: UUID, desk: Known) -> Any:
    """The complaints about a dossier, for its applicant and for who answers them."""
    return await desk.ask("intake.complaints", dossier_id=dossier_id)


@router.post("/dossiers/{dossier_id}/complaints", response_model=Done)
async def complain(dossier_id: UUID, wanted: NewComplaint, desk: Ordering) -> Any:
    """Lodge a complaint. Somebody above the counter answers it."""
    place = await desk.order(
        "intake.complain",
        dossier_id=dossier_id,
        subject=wanted.subject,
        text=wanted.text,
    )
    return done(place)


@router.post(
    "/dossiers/{dossier_id}/complaints/{complaint_id}/answer", response_model=Done
)
async def answer(
    dossier_id: UUID, complaint_id: UUID, wanted: ComplaintAnswerGiven, desk: Ordering
) -> Any:
    """Answer a complaint: what was found, in words. Its applicant is told."""
    place = await desk.order(
        "intake.answer_complaint",
        dossier_id=dossier_id,
        complaint_id=complaint_id,
        outcome=wanted.outcome,
        text=wanted.text,
    )
    return done(place)


@router.get("/complaints", response_model=Listed, dependencies=[UpTo])
async def complaints(
    desk: Known,
    state: Literal["open", "answered"] = "open",
    after: Annotated[str | None, Query(max_length=200)] = None,
) -> Any:
    """Those that wait for your answer, the most urgent first; or those answered."""
    is_answered = state == "answered"
    rows, next = await heard.complaints(desk, answered=is_answered, after=after)
    return {"items": rows, "next": next}


@router.get("/ratings", response_model=Listed)
async def ratings(desk: Known, since: date, until: date) -> Any:
    """How applicants found it, by procedure and unit; no figure of a few answers."""
    begin = datetime.combine(since, time(), LOCAL)
    end = datetime.combine(until, time(), LOCAL) + timedelta(days=1)
    return {"items": await heard.ratings(desk, begin, end)}
