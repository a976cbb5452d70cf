"""Bytes: files handed in, files and papers taken out. Never whole in memory."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import unquote
from uuid import UUID

from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse

from services.portal import downloads, uploads
from services.portal.api.answers import done
from services.portal.api.models import Done, FileTaken
from services.portal.asking import Known, Ordering

router = APIRouter(tags=["files"])

BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The bytes"}
}
BODY = {
    "requestBody": {
        "required": True,
        "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.put(
    "/dossiers/{dossier_id}/documents/{code}/file",
    status_code=202,
    response_model=FileTaken,
    openapi_extra=BODY,
)
async def hand_in(
    dossier_id: UUID,
    code: str,
    request: Request,
    desk: Ordering,
    x_file_name: Annotated[
        str, Header(description="The file's name, percent-encoded UTF-8")
    ] = "",
) -> Any:
    """Hand in a file for a document, at most 200 MB. It is looked into afterwards."""
    upload = uploads.Upload(
        dossier_id=dossier_id,
        document=code,
        name=unquote(x_file_name) or code,
        media_type=request.headers.get("content-type", uploads.UNKNOWN),
        size=uploads.announced(request),
    )
    file_id, place = await uploads.hand_in(desk, upload, request.stream())
    return done(place, 202, file_id=file_id)


@router.delete(
    "/dossiers/{dossier_id}/documents/{code}/files/{file_id}", response_model=Done
)
async def take_back(dossier_id: UUID, code: str, file_id: UUID, desk: Ordering) -> Any:
    """Take a file back while the dossier is still in its applicant's hands."""
    place = await desk.order(
        "intake.detach_document",
        dossier_id=dossier_id,
        document=code,
        file_id=file_id,
    )
    return done(place)


@router.get(
    "/files/{file_id}/content", response_class=StreamingResponse, responses=BYTES
)
async def file_content(file_id: UUID, desk: Known) -> Any:
    """The bytes of a file that was looked into and accepted."""
    return await downloads.stream(desk, file_id)


@router.get(
    "/papers/{paper_id}/content", response_class=StreamingResponse, responses=BYTES
)
async def paper_content(paper_id: UUID, desk: Known) -> Any:
    """The sealed PDF of a paper."""
    return await downloads.stream_paper(desk, paper_id)
