"""Complaints for who answers them, and ratings as figures for managers."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import feedback
from services.portal.desk import Desk, Place
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.messages import heading
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from shared.clock import LOCAL

router = APIRouter(prefix="/staff")

OUTCOMES = ("upheld", "partly", "rejected")
YEAR = timedelta(days=365)


@router.get("/complaints")
async def complaints(
    request: Request, desk: Person, state: str = "open", after: str | None = None
) -> Response:
    require_staff(desk)
    is_answered = state == "answered"
    rows, next = await feedback.complaints(desk, answered=is_answered, after=after)
    more: dict[str, Any] = {"state": state, "next": next, "today": desk.parts.now()}
    return page(request, desk, "staff/complaints.html", rows=rows, **more)


@router.get("/complaints/{dossier_id}")
async def of_dossier(request: Request, dossier_id: UUID, desk: Person) -> Response:
    require_staff(desk)
    return await show(request, desk, dossier_id, FIRST_LOOK)


@router.post("/complaints/{dossier_id}/{complaint_id}")
async def answer(
    request: Request, dossier_id: UUID, complaint_id: UUID, desk: Person
) -> Response:
    require_staff(desk)

    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order(
            "intake.answer_complaint",
            dossier_id=dossier_id,
            complaint_id=complaint_id,
            outcome=text(entered, "outcome"),
            text=text(entered, "text"),
        )

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, dossier_id, attempt)

    then = f"/{desk.language}/staff/complaints/{dossier_id}?done=complaint_answered"
    return await submitted(request, desk, act, again, then=then)


@router.get("/ratings")
async def ratings(request: Request, desk: Person) -> Response:
    """Of the last year, by procedure and unit."""
    require_staff(desk)
    tomorrow = desk.parts.today() + timedelta(days=1)
    until = datetime.combine(tomorrow, time(), LOCAL)
    rows = await feedback.ratings(desk, until - YEAR, until)
    return page(request, desk, "staff/ratings.html", rows=rows)


async def show(
    request: Request, desk: Desk, dossier_id: UUID, attempt: Attempt
) -> Response:
    found = await desk.ask("intake.complaints", dossier_id=dossier_id)
    return page(
        request,
        desk,
        "staff/complaint.html",
        attempt,
        **found,
        outcomes=OUTCOMES,
        dossier_id=dossier_id,
        **await heading(desk, dossier_id),
    )
