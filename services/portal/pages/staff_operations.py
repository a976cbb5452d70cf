"""The page operators keep open: health, lag, and dead letters."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import standings
from services.portal.desk import Desk, Place
from services.portal.errors import LettersKeptError
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()


@router.get("/staff/operations")
async def operations(request: Request, desk: Person) -> Response:
    return await show(request, desk, FIRST_LOOK)


@router.post("/staff/operations/redrive")
async def redrive(request: Request, desk: Person) -> Response:
    require_staff(desk)

    async def act(desk: Desk, entered: Entered) -> Place | None:
        service, inbox = text(entered, "service"), text(entered, "inbox")
        told = await standings.redrive(desk, service, inbox)
        if told["kept"]:
            raise LettersKeptError(str(told["kept"]))
        return None

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, attempt)

    then = f"/{desk.language}/staff/operations?done=redriven"
    return await submitted(request, desk, act, again, then=then)


async def show(request: Request, desk: Desk, attempt: Attempt) -> Response:
    require_staff(desk)
    found = await standings.standings(desk)
    return page(
        request,
        desk,
        "staff/operations.html",
        attempt,
        services=found,
        is_well=all(each["is_up"] and not each["dead"] for each in found),
        seen_at=desk.parts.now(),
    )
