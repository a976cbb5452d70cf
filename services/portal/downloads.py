"""A file on its way out: always to be kept, never to be run or shown as ours."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import quote
from uuid import UUID

import httpx
from fastapi.responses import StreamingResponse
from starlette.background import BackgroundTask

from services.portal import viewing
from services.portal.bus import ServiceUnavailableError
from services.portal.desk import Desk
from shared.errors import Refused

ATTEMPTS = 20
PAUSE = 0.15  # seconds: three in all

SANDBOX = "default-src 'none'; sandbox"


async def stream_paper(desk: Desk, paper_id: UUID) -> StreamingResponse:
    """A paper that was just issued: documents may hear of it a moment after us."""
    for _ in range(ATTEMPTS):
        try:
            return await stream(desk, paper_id)
        except Refused as refused:
            if refused.code != "file-not-found":
                raise
        await asyncio.sleep(PAUSE)
    return await stream(desk, paper_id)


async def stream(desk: Desk, file_id: UUID) -> StreamingResponse:
    """From the store through us, so that the store's addresses stay inside."""
    grant = await desk.ask("documents.download_grant", file_id=file_id)
    if desk.is_staff:
        await viewing.note(desk, file_id)
    asked = desk.parts.http.build_request("GET", grant["url"])
    try:
        answer = await desk.parts.http.send(asked, stream=True)
    except httpx.HTTPError as error:
        raise ServiceUnavailableError("store") from error
    if not answer.is_success:
        await answer.aclose()
        raise ServiceUnavailableError("store")
    return StreamingResponse(
        bytes_of(answer),
        headers=headers(grant["name"], grant["sha256"], answer),
        media_type=grant["media_type"],
        background=BackgroundTask(answer.aclose),
    )


async def bytes_of(answer: httpx.Response) -> AsyncIterator[bytes]:
    async for chunk in answer.aiter_raw():
        yield chunk


def headers(name: str, sha256: str, answer: httpx.Response) -> dict[str, str]:
    length = answer.headers.get("content-length")
    return {
        "Content-Disposition": disposition(name),
        "Content-Security-Policy": SANDBOX,
        "Cache-Control": "private, no-store",
        "X-Content-SHA256": sha256,
        **({"Content-Length": length} if length else {}),
    }


def disposition(name: str) -> str:
    """The name as RFC 5987 writes it, and a plain one for what does not know that."""
    clean = "".join(each for each in name if each.isprintable() and each not in '/\\"')
    plain = clean.encode("ascii", "replace").decode().replace("?", "_") or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"
