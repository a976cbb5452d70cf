"""Templates of reasons: what the officers of a unit write again and again."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal.desk import Desk
from services.portal.pages.forms import Act, Entered, Person, submitted, text
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()

PURPOSES = ("decision", "supplement", "note", "opinion")


@router.get("/staff/phrases")
async def phrases(request: Request, desk: Person) -> Response:
    return await show(request, desk, FIRST_LOOK)


@router.post("/staff/phrases")
async def keep(request: Request, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> None:
        await desk.order_each(
            "workflow.keep_phrase",
            phrase_id=known_id(desk, text(entered, "phrase_id")),
            purpose=text(entered, "purpose") or "-",
            name=text(entered, "name") or " ",
            text=text(entered, "text"),
        )

    return await changed(request, desk, act, "phrase_kept")


@router.post("/staff/phrases/{phrase_id}/removal")
async def drop(request: Request, phrase_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> None:
        await desk.order_each("workflow.drop_phrase", phrase_id=phrase_id)

    return await changed(request, desk, act, "phrase_dropped")


def known_id(desk: Desk, given: str) -> UUID:
    """The one that is changed, or a new one."""
    try:
        return UUID(given)
    except ValueError:
        return desk.key_of("phrase")


async def changed(request: Request, desk: Desk, act: Act, done: str) -> Response:
    require_staff(desk)

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, attempt)

    then = f"/{desk.language}/staff/phrases?done={done}"
    return await submitted(request, desk, act, again, then=then)


async def show(request: Request, desk: Desk, attempt: Attempt) -> Response:
    require_staff(desk)
    found = await desk.ask("workflow.phrases") or []
    chosen = request.query_params.get("phrase")
    groups = groupby(found, key=lambda each: each["purpose"])
    return page(
        request,
        desk,
        "staff/phrases.html",
        attempt,
        groups={purpose: list(each) for purpose, each in groups},
        purposes=PURPOSES,
        changing=next((x for x in found if x["phrase_id"] == chosen), None),
        unit=desk.actor.agency,
    )
