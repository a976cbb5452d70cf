"""The directory of agencies, to look at: it is changed in the catalogue's files."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import administration
from services.portal.pages.forms import Person
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import page

router = APIRouter()


@router.get("/staff/admin/agencies")
async def agencies(request: Request, desk: Person) -> Response:
    require_staff(desk)
    accounts = await administration.accounts(desk)
    directory = desk.parts.directory
    return page(
        request,
        desk,
        "staff/agencies.html",
        units=sorted(directory.units, key=lambda each: each.code),
        kinds=directory.agencies,
        officers=Counter(each["agency"] for each in accounts if not each["disabled"]),
    )
