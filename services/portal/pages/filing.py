"""What a citizen does with their dossier: files, completing, withdrawing."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal.desk import Desk, Place
from services.portal.pages.citizen import show
from services.portal.pages.forms import Act, Entered, Person, submitted, text
from services.portal.pages.rendering import Attempt

router = APIRouter()


async def act_on(
    request: Request, desk: Desk, dossier_id: UUID, act: Act, done: str
) -> Response:
    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, dossier_id, attempt)

    then = f"/{desk.language}/dossiers/{dossier_id}?done={done}"
    return await submitted(request, desk, act, again, then=then)


@router.post("/dossiers/{dossier_id}/supplement-answer")
async def answer(request: Request, dossier_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order("intake.answer_supplement", dossier_id=dossier_id)

    return await act_on(request, desk, dossier_id, act, "answered")


@router.post("/dossiers/{dossier_id}/withdrawal")
async def withdraw(request: Request, dossier_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        reason = text(entered, "reason")
        return await desk.order(
            "intake.withdraw_dossier", dossier_id=dossier_id, reason=reason
        )

    return await act_on(request, desk, dossier_id, act, "withdrawn")
