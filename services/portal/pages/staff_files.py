"""The viewer of officers: a file page by page, drawn here, beside what it is about."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import viewing
from services.portal.desk import Desk
from services.portal.downloads import SANDBOX
from services.portal.pages.forms import Person
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import failure_page, page
from services.portal.pictures.errors import FilePageMissingError

router = APIRouter()


@router.get("/staff/files/{file_id}")
async def file(request: Request, file_id: UUID, desk: Person) -> Response:
    require_staff(desk)
    found = await viewing.look(desk, file_id, request.query_params)
    if found.problem and found.problem.status in (403, 404):
        return await failure_page(request, found.problem)
    return page(request, desk, "staff/file.html", look=found)


@router.get("/staff/files/{file_id}/pages/{number}")
async def picture(
    request: Request, file_id: UUID, number: str, desk: Person
) -> Response:
    require_staff(desk)
    wanted = viewing.number({"page": number}, "page", 0)
    if not wanted:
        raise FilePageMissingError(number)
    return await drawn(request, desk, file_id, wanted)


async def drawn(request: Request, desk: Desk, file_id: UUID, number: int) -> Response:
    """Kept by the browser, which asks each time whether its reader still may see it."""
    found = await viewing.take(desk, file_id)
    wish = viewing.wished(request.query_params)
    tag = f'"{found.sha256[:32]}-{number}-{wish["zoom"]}-{wish["turn"]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": SANDBOX,
    }
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    content = await viewing.picture(desk, found, number, wish)
    return Response(content, media_type="image/webp", headers=headers)
