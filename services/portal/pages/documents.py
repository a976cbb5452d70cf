"""The documents of a dossier: one card each, one file after the other, none blocks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import MultiDict, UploadFile

from services.portal import languages, limits, timelines, uploads
from services.portal.desk import Desk, Place
from services.portal.errors import FileMissingError
from services.portal.intray import Arriving, Upload
from services.portal.pages.citizen import fallback
from services.portal.pages.forms import (
    Act,
    Entered,
    Person,
    problem_of,
    submitted,
    text,
)
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from services.portal.upload_errors import UploadsRefusedError
from shared.errors import DomainError, Refused

router = APIRouter(prefix="/dossiers/{dossier_id}/documents")

DRAFT, SUBMITTED, ASKED = 0, 1, 5
MOST_AT_ONCE = 20

Content = dict[str, Any]


@router.get("")
async def documents(request: Request, dossier_id: UUID, desk: Person) -> Response:
    return await show(request, desk, dossier_id, FIRST_LOOK)


async def show(
    request: Request, desk: Desk, dossier_id: UUID, attempt: Attempt
) -> Response:
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    known = await desk.try_to_ask("documents.files", dossier_id=dossier_id)
    row = await desk.parts.views.dossier(dossier_id, desk.parties)
    arriving = desk.parts.intray.unfinished(desk.actor.subject, dossier_id)
    cards = list(cards_of(desk, content, known or [], arriving))
    return page(
        request,
        desk,
        "documents.html",
        attempt,
        dossier_id=dossier_id,
        status=content["status"] or 0,
        procedure_name=await timelines.name(desk, row or fallback(content)),
        cards=cards,
        is_waiting=any(file["is_waiting"] for card in cards for file in card["files"]),
        asked=asked(content),
    )


def cards_of(
    desk: Desk,
    content: Content,
    known: list[Content],
    arriving: list[Arriving],
) -> Iterator[Content]:
    """One for each document: what it takes, and what came of it."""
    files = {each["id"]: each for each in known}
    for document in content["documents"]:
        code = document["code"]
        mine = [each for each in arriving if each.upload.document == code]
        yield document | {
            "is_open": is_open(desk, content, code),
            "files": [
                file_of(each, files.get(each["file_id"], {}), mine)
                for each in document["files"]
            ],
            "kinds": limits.kinds(document),
            "accept": ",".join(limits.taken(document)),
            "max_mb": limits.most(document) // limits.MEBIBYTE,
            "takes_photos": "application/pdf" in limits.taken(document),
            "photos": len(album_of(desk, content["id"], code).photos),
        }


def file_of(file: Content, known: Content, arriving: list[Arriving]) -> Content:
    """How far a file came, in one word, and what its owner can do about it."""
    upload = next((x for x in arriving if is_of(x, str(file["file_id"]))), None)
    state = {"clean": "fine", "rejected": "refused"}.get(file["state"], "checking")
    if state == "checking" and known.get("state") == "declared":
        state = "arriving" if upload else "lost"
    return {
        "id": file["file_id"],
        "name": known.get("name") or (upload and upload.upload.name) or "",
        "state": state,
        "is_waiting": state == "checking",
        "reason": known.get("reason_text") or file.get("reason"),
        "sha256": file.get("sha256") or known.get("sha256"),
        "size": file.get("size") or known.get("size"),
        "upload": upload,
    }


def is_of(arriving: Arriving, file_id: str) -> bool:
    return str(uploads.file_id(arriving.id)) == file_id


def is_open(desk: Desk, content: Content, code: str) -> bool:
    """Whether its owner may still bring something; the services decide in the end."""
    status = content["status"] or DRAFT
    if status == ASKED:
        return code in asked(content)
    at_the_desk = desk.is_staff and desk.actor.has("front_desk")
    return status == DRAFT or (status == SUBMITTED and at_the_desk)


def asked(content: Content) -> list[str]:
    items = (content.get("supplement") or {}).get("items", [])
    return [each["key"] for each in items if each.get("kind") == "document"]


def album_of(desk: Desk, dossier_id: Any, code: str) -> Any:
    owner = desk.actor.subject
    return desk.parts.albums.of(owner, UUID(str(dossier_id)), code)


async def act_on(
    request: Request, desk: Desk, dossier_id: UUID, act: Act, done: str
) -> Response:
    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, dossier_id, Attempt(attempt.problem))

    then = f"/{desk.language}/dossiers/{dossier_id}/documents?done={done}"
    return await submitted(request, desk, act, again, then=then)


@router.post("/{code}")
async def upload(
    request: Request, dossier_id: UUID, code: str, desk: Person
) -> Response:
    """Several files at once: what is wrong with one keeps none of the others."""

    async def act(desk: Desk, entered: Entered) -> Place | None:
        content = await desk.ask("intake.dossier", dossier_id=dossier_id)
        document = limits.document_of(content, code)
        reasons, colon = [], languages.colon(desk.language)
        for number, each in enumerate(files_in(entered)):
            keyed = replace(desk, key=desk.key_of(f"{number} {each.filename}"))
            if problem := await problem_with(keyed, dossier_id, document, each):
                reasons.append({"message": f"{each.filename}{colon} {problem}"})
        if reasons:
            raise UploadsRefusedError(reasons)
        return None

    return await act_on(request, desk, dossier_id, act, "uploaded")


async def problem_with(
    desk: Desk, dossier_id: UUID, document: Content, sent: UploadFile
) -> str:
    """Why this file was not taken; nothing when it was."""
    kind, name = sent.content_type or uploads.UNKNOWN, sent.filename or ""
    about = Upload(dossier_id, document["code"], name, kind, sent.size)
    try:
        limits.require_taken(document, kind, sent.size)
        await uploads.hand_in(desk, about, chunks(sent))
    except (Refused, DomainError) as error:
        return problem_of(error, desk.language).title
    finally:
        await sent.close()
    return ""


def files_in(entered: Entered) -> list[UploadFile]:
    given = entered.getlist("file") if isinstance(entered, MultiDict) else []
    sent = [each for each in given if isinstance(each, UploadFile) and each.filename]
    if not sent:
        raise FileMissingError
    return sent[:MOST_AT_ONCE]


async def chunks(sent: UploadFile) -> AsyncIterator[bytes]:
    while chunk := await sent.read(uploads.CHUNK):
        yield chunk


@router.post("/{code}/removal")
async def remove(
    request: Request, dossier_id: UUID, code: str, desk: Person
) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        place = await desk.order(
            "intake.detach_document",
            dossier_id=dossier_id,
            document=code,
            file_id=text(entered, "file_id"),
        )
        forget(desk, dossier_id, text(entered, "file_id"))
        return place

    return await act_on(request, desk, dossier_id, act, "removed")


def forget(desk: Desk, dossier_id: UUID, file_id: str) -> None:
    """What had come of it so far is of no use any more."""
    owner, intray = desk.actor.subject, desk.parts.intray
    for each in intray.unfinished(owner, dossier_id):
        if is_of(each, file_id):
            intray.drop(owner, each.id)
