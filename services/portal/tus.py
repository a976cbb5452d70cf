"""Resumable uploads (tus 1.0): a file goes on where its line was lost."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated
from uuid import UUID, uuid4

import structlog
from fastapi import APIRouter, Header, Request, Response

from services.portal import limits, uploads, writers
from services.portal.asking import Known
from services.portal.desk import Desk
from services.portal.frame import FILE_LIMIT
from services.portal.intray import KEPT_FOR, Arriving, Upload
from services.portal.parts import Parts
from services.portal.upload_errors import (
    FileNotAsDeclaredError,
    UploadProtocolError,
)

PREFIX = "/uploads"
VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
EXTENSIONS = "creation,termination,expiration"
LONGEST_START = 16  # bytes by which a file is known

log = structlog.get_logger()
router = APIRouter(prefix=PREFIX, include_in_schema=False)

Number = Annotated[int, Header(ge=0)]
Text = Annotated[str, Header()]


@router.options("")
async def offer(desk: Known) -> Response:
    return answer(
        204,
        Tus_Version=VERSION,
        Tus_Extension=EXTENSIONS,
        Tus_Max_Size=str(FILE_LIMIT),
    )


@router.post("")
async def begin(
    desk: Known,
    upload_length: Number,
    upload_metadata: Text = "",
    tus_resumable: Text = "",
) -> Response:
    """Announce a file; begun again under its own key, it goes on where it was."""
    require_version(tus_resumable)
    said = metadata(upload_metadata)
    upload = Upload(
        uuid_of(said.get("dossier", "")),
        said.get("document", ""),
        said.get("name") or said.get("document", ""),
        said.get("type", ""),
        upload_length,
    )
    key = uuid_of(said["key"]) if "key" in said else uuid4()
    arriving = await announced(desk, key, upload)
    return answer(
        201,
        Location=f"{PREFIX}/{arriving.id}",
        Upload_Offset=str(arriving.offset),
        Upload_Expires=expiry(desk),
        X_Guichet_File=str(uploads.file_id(arriving.id)),
    )


@router.head("/{upload_id}")
async def where(upload_id: UUID, desk: Known, tus_resumable: Text = "") -> Response:
    """How far it came. A lost line is closed here, that nothing more comes of it."""
    require_version(tus_resumable)
    parts, owner = desk.parts, desk.actor.subject
    await parts.writers.take_over(upload_id)
    arriving = parts.intray.find(owner, upload_id)
    offset, length = arriving.offset, arriving.length
    if offset == length and not arriving.is_done:
        await parts.writers.run(upload_id, hand_in(desk, arriving))
    return answer(200, Upload_Offset=str(offset), Upload_Length=str(length))


@router.patch("/{upload_id}")
async def go_on(
    upload_id: UUID,
    request: Request,
    desk: Known,
    upload_offset: Number,
    tus_resumable: Text = "",
) -> Response:
    """Its next bytes. With the last one it is handed in."""
    require_version(tus_resumable)
    if request.headers.get("content-type") != PIECE:
        raise UploadProtocolError
    arriving = desk.parts.intray.find(desk.actor.subject, upload_id)
    work = taken(desk, arriving, upload_offset, request.stream())
    offset = await desk.parts.writers.run(upload_id, work)
    return answer(204, Upload_Offset=str(offset), Upload_Expires=expiry(desk))


@router.delete("/{upload_id}")
async def give_up(upload_id: UUID, desk: Known, tus_resumable: Text = "") -> Response:
    """Its owner does not want to bring it any more."""
    require_version(tus_resumable)
    await abandoned(desk, upload_id)
    return answer(204)


async def announced(desk: Desk, key: UUID, upload: Upload) -> Arriving:
    """Who may not bring it, or what is not taken, is refused before a byte came."""
    parts, owner = desk.parts, desk.actor.subject
    content = await desk.ask("intake.dossier", dossier_id=upload.dossier_id)
    document = limits.document_of(content, upload.document)
    limits.require_taken(document, upload.media_type, upload.size)
    arriving = parts.intray.begin(owner, key, upload, parts.now())
    try:
        await uploads.announce(replace(desk, key=arriving.id), arriving.upload)
    except BaseException:
        if not arriving.offset:
            parts.intray.drop(owner, arriving.id)
        raise
    return arriving


async def taken(
    desk: Desk, arriving: Arriving, offset: int, body: AsyncIterator[bytes]
) -> int:
    if arriving.is_done:
        return arriving.offset
    at_most = arriving.length
    size = await writers.append(arriving.path, offset, body, at_most=at_most)
    if size == arriving.length:
        await hand_in(desk, arriving)
    return size


async def hand_in(desk: Desk, arriving: Arriving) -> None:
    """All of it is here: on to the store, and to be looked into."""
    keyed, intray = replace(desk, key=arriving.id), desk.parts.intray
    owner, upload = desk.actor.subject, arriving.upload
    with arriving.path.open("rb") as file:
        start = file.read(LONGEST_START)
        if not limits.is_what_it_claims(upload.media_type, start):
            await uploads.give_up(keyed, upload)
            intray.drop(owner, arriving.id)
            raise FileNotAsDeclaredError(str(arriving.id))
        file.seek(0)
        await uploads.hand_in(keyed, upload, uploads.read(file))
    intray.settle(owner, arriving)


async def abandoned(desk: Desk, upload_id: UUID) -> None:
    parts, owner = desk.parts, desk.actor.subject
    await parts.writers.take_over(upload_id)
    arriving = parts.intray.find(owner, upload_id)
    if not arriving.is_done:
        await uploads.give_up(replace(desk, key=upload_id), arriving.upload)
    parts.intray.drop(owner, upload_id)


async def swept(parts: Parts) -> None:
    """For as long as the portal runs: what nobody went on with is thrown away."""
    while True:
        for each in (parts.intray.sweep, parts.shelf.sweep, parts.albums.sweep):
            try:
                await asyncio.to_thread(each, parts.now())
            except OSError as error:  # the disk may be well again at the next sweep
                log.warning("files.not_swept", error=type(error).__name__)
        await asyncio.sleep(SWEEP)


SWEEP = 600.0  # seconds


def answer(status: int, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    known = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
    return Response(status_code=status, headers=known | named)


def require_version(version: str) -> None:
    if version != VERSION:
        raise UploadProtocolError(version)


def metadata(header: str) -> dict[str, str]:
    """What is said of a file: names, and values in base64."""
    pairs = (each.strip().partition(" ") for each in header.split(","))
    try:
        return {
            name: base64.b64decode(value, validate=True).decode()
            for name, _, value in pairs
        }
    except ValueError:
        raise UploadProtocolError from None


def uuid_of(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise UploadProtocolError from None


def expiry(desk: Desk) -> str:
    at = desk.parts.now() + KEPT_FOR
    return at.strftime("%a, %d %b %Y %H:%M:%S GMT")
