"""Names of long lists, for those whose browser suggests while they type."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from services.portal.errors import PageNotFoundError
from services.portal.forms_schema.named import items, label
from services.portal.pages.forms import Visitor

router = APIRouter()

A_DAY = {"Cache-Control": "public, max-age=86400"}


@router.get("/names/{list_name}")
async def names(list_name: str, desk: Visitor, within: str = "") -> Response:
    """Of communes, those of one province: nobody needs all at once."""
    common = desk.parts.directory.common
    found = items(list_name, common, within=within)
    if not found or (not within and "within" in found[0]):
        raise PageNotFoundError(list_name)
    named = sorted(label(each, desk.language) for each in found)
    return JSONResponse(named, headers=A_DAY)
