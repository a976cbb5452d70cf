"""What a citizen does with their dossier: files, sending, completing, withdrawing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import Response
from starlette.datastructures import UploadFile as Sent

from services.portal import uploads
from services.portal.desk import Desk, Place
from services.portal.errors import FileMissingError
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


@router.post("/dossiers/{dossier_id}/submission")
async def submit(request: Request, dossier_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order("intake.submit_dossier", dossier_id=dossier_id)

    return await act_on(request, desk, dossier_id, act, "submitted")


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


@router.post("/dossiers/{dossier_id}/documents/{code}")
async def upload(
    request: Request, dossier_id: UUID, code: str, desk: Person
) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        sent = entered.get("file")
        if not isinstance(sent, Sent | UploadFile) or not sent.filename:
            raise FileMissingError
        about = uploads.Upload(
            dossier_id,
            code,
            sent.filename,
            sent.content_type or uploads.UNKNOWN,
            sent.size,
        )
        _, place = await uploads.hand_in(desk, about, chunks(sent))
        return place

    return await act_on(request, desk, dossier_id, act, "uploaded")


@router.post("/dossiers/{dossier_id}/documents/{code}/removal")
async def remove(
    request: Request, dossier_id: UUID, code: str, desk: Person
) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order(
            "intake.detach_document",
            dossier_id=dossier_id,
            document=code,
            file_id=text(entered, "file_id"),
        )

    return await act_on(request, desk, dossier_id, act, "removed")


async def chunks(sent: Sent) -> AsyncIterator[bytes]:
    while chunk := await sent.read(uploads.CHUNK):
        yield chunk
