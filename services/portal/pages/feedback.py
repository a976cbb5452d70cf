"""What applicants think of it: rated with one tap, complained about in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal.desk import Desk, Place
from services.portal.pages.dossier_parts import Sight, part
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.messages import heading
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()

ENDED = (3, 7, 9, 10)
SCORES = (5, 4, 3, 2, 1)


def may_rate(desk: Desk, sight: Sight) -> bool:
    is_over = sight.dossier["status"] in ENDED or sight.content.get("stop")
    you = sight.content.get("you") or {"powers": []}
    is_theirs = not desk.is_staff and "write" in you["powers"]
    return bool(is_over and is_theirs and sight.content.get("submitted_at"))


@part("rating", place=12, shown=may_rate)
async def rating_part(desk: Desk, sight: Sight) -> dict[str, Any]:
    return {"rating": sight.content.get("rating"), "scores": SCORES}


def may_complain(desk: Desk, sight: Sight) -> bool:
    return not desk.is_staff and sight.dossier["status"] != 0


@part("complaint", place=88, shown=may_complain)
async def complaint_part(desk: Desk, sight: Sight) -> dict[str, Any]:
    found = await desk.ask("intake.complaints", dossier_id=sight.dossier["id"])
    return {"complaints": (found or {"complaints": []})["complaints"]}


@router.get("/dossiers/{dossier_id}/rating")
async def rating(request: Request, dossier_id: UUID, desk: Person) -> Response:
    return await show_rating(request, desk, dossier_id, FIRST_LOOK)


@router.post("/dossiers/{dossier_id}/rating")
async def rate(request: Request, dossier_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        score = text(entered, "score")
        return await desk.order(
            "intake.rate",
            dossier_id=dossier_id,
            score=int(score) if score.isdecimal() and len(score) == 1 else 0,
            words=text(entered, "words")[:1_000],
        )

    async def again(attempt: Attempt) -> Response:
        return await show_rating(request, desk, dossier_id, attempt)

    then = f"/{desk.language}/dossiers/{dossier_id}?done=rated"
    return await submitted(request, desk, act, again, then=then)


@router.get("/dossiers/{dossier_id}/complaint")
async def complaint(request: Request, dossier_id: UUID, desk: Person) -> Response:
    return await show_complaint(request, desk, dossier_id, FIRST_LOOK)


@router.post("/dossiers/{dossier_id}/complaint")
async def complain(request: Request, dossier_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order(
            "intake.complain",
            dossier_id=dossier_id,
            subject=text(entered, "subject") or "other",
            text=text(entered, "text"),
        )

    async def again(attempt: Attempt) -> Response:
        return await show_complaint(request, desk, dossier_id, attempt)

    then = f"/{desk.language}/dossiers/{dossier_id}/complaint?done=complained"
    return await submitted(request, desk, act, again, then=then)


async def show_rating(
    request: Request, desk: Desk, dossier_id: UUID, attempt: Attempt
) -> Response:
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    return page(
        request,
        desk,
        "rating.html",
        attempt,
        rating=content.get("rating"),
        scores=SCORES,
        here=f"/{desk.language}/dossiers/{dossier_id}",
        **await heading(desk, dossier_id),
    )


async def show_complaint(
    request: Request, desk: Desk, dossier_id: UUID, attempt: Attempt
) -> Response:
    found = await desk.ask("intake.complaints", dossier_id=dossier_id)
    return page(
        request,
        desk,
        "complaint.html",
        attempt,
        **found,
        here=f"/{desk.language}/dossiers/{dossier_id}",
        **await heading(desk, dossier_id),
    )
