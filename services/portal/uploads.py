"""A file on its way in: announced, streamed to the store, then looked into."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import IO, Any
from uuid import UUID, uuid5

import httpx
from fastapi import Request

from services.portal.bus import ServiceUnavailableError
from services.portal.desk import Desk, Place
from services.portal.errors import FileTooLargeError
from services.portal.frame import FILE_LIMIT
from services.portal.intray import Upload as Upload
from shared.errors import Refused

UNKNOWN = "application/octet-stream"
CHUNK = 256 * 1024
IN_MEMORY = 1024 * 1024  # the rest of a body without length waits on disk
ATTEMPTS = 10  # documents hears of a new dossier a moment after we do
PAUSE = 0.2
NOT_TAKEN = ("media-type-not-allowed", "file-name-invalid", "file-too-large")

Bytes = AsyncIterator[bytes]


def announced(request: Request) -> int | None:
    """How many bytes are to come, when the asker said so."""
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        return None
    if int(length) > FILE_LIMIT:
        raise FileTooLargeError(length)
    return int(length)


async def hand_in(desk: Desk, upload: Upload, body: Bytes) -> tuple[UUID, Place]:
    """May be asked again under its key after any failure: it goes on where it was."""
    if upload.size is not None:
        return await send(desk, upload, body)
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as kept:  # a store wants a length
        size = await keep(body, kept)
        return await send(desk, replace(upload, size=size), read(kept))


async def send(desk: Desk, upload: Upload, body: Bytes) -> tuple[UUID, Place]:
    file_id, place = await announce(desk, upload)
    if not await has_arrived(desk, file_id):
        grant = await desk.ask("documents.upload_grant", file_id=file_id)
        if upload.size is not None and upload.size > grant["max_bytes"]:
            await give_up(desk, upload)
            raise FileTooLargeError(str(grant["max_bytes"]))
        await store(desk, grant, upload, body)
    await desk.order("documents.receive_file", part="receive", file_id=file_id)
    return file_id, place


async def announce(desk: Desk, upload: Upload) -> tuple[UUID, Place]:
    """From now on the dossier waits for it; who may not bring it is refused here."""
    about = said_of(desk, upload)
    place = await desk.order("intake.attach_document", part="attach", **about)
    try:
        await declare(desk, upload, about)
    except Refused as refused:
        if refused.code in NOT_TAKEN:  # else its dossier would wait for it for ever
            await give_up(desk, upload)
        raise
    return about["file_id"], place


async def give_up(desk: Desk, upload: Upload) -> Place:
    """The dossier waits for it no more."""
    about = said_of(desk, upload)
    return await desk.order("intake.detach_document", part="detach", **about)


def said_of(desk: Desk, upload: Upload) -> dict[str, Any]:
    return {
        "dossier_id": upload.dossier_id,
        "document": upload.document,
        "file_id": desk.key_of("file"),
    }


def file_id(key: UUID) -> UUID:
    """The file that comes under this key."""
    return uuid5(key, "file")


async def has_arrived(desk: Desk, file_id: UUID) -> bool:
    """The same request came before, and only its answer was lost."""
    file = await desk.ask("documents.file", file_id=file_id)
    return bool(file["state"] != "declared")


async def declare(desk: Desk, upload: Upload, about: dict[str, Any]) -> None:
    """Announce the file. Intake agreed; documents will, once it heard of it."""
    for attempt in range(ATTEMPTS):
        try:
            await desk.order(
                "documents.declare_file",
                part="declare",
                name=upload.name,
                media_type=upload.media_type.partition(";")[0].strip(),
                size=upload.size,
                **about,
            )
        except Refused as refused:
            if refused.code != "not-allowed" or attempt == ATTEMPTS - 1:
                raise
            await asyncio.sleep(PAUSE)
        else:
            return


async def store(desk: Desk, grant: dict[str, Any], upload: Upload, body: Bytes) -> None:
    """To where the grant says, byte by byte as they come."""
    headers = {"Content-Length": str(upload.size), "Content-Type": upload.media_type}
    try:
        answer = await desk.parts.http.request(
            grant["method"], grant["url"], content=body, headers=headers
        )
    except httpx.HTTPError as error:
        raise ServiceUnavailableError("store") from error
    if not answer.is_success:
        raise ServiceUnavailableError("store")


async def keep(body: Bytes, kept: IO[bytes]) -> int:
    """On disk, until all of it has come and its length is known."""
    size = 0
    async for chunk in body:
        size += len(chunk)
        if size > FILE_LIMIT:
            raise FileTooLargeError(str(FILE_LIMIT))
        await asyncio.to_thread(kept.write, chunk)
    kept.seek(0)
    return size


async def read(kept: IO[bytes]) -> Bytes:
    while chunk := await asyncio.to_thread(kept.read, CHUNK):
        yield chunk
