"""Behind the counter: today's dossiers, calls to make, results to hand over."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import paying, timelines
from services.portal.counter import lists
from services.portal.desk import Desk, Place, together
from services.portal.errors import DossierUnknownError
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from services.portal.pages.staff_desk_dossier import require_counter
from services.portal.problems import Problem
from services.portal.read_models import Row
from shared.search_words import folded

router = APIRouter()

TRACKED = re.compile(r"/t/([0-9A-Za-z-]{8,40})")
CALLS = 30  # names and numbers are asked for one by one


@router.get("/staff/desk/today")
async def today(request: Request, desk: Person) -> Response:
    require_counter(desk)
    received, waiting, begun, asked = await together(
        rows(desk, lists.RECEIVED),
        rows(desk, lists.WAITING),
        rows(desk, lists.BEGUN),
        rows(desk, lists.ASKED),
    )
    return page(
        request,
        desk,
        "staff/desk/today.html",
        received=received,
        waiting=waiting,
        begun=begun,
        asked=asked,
    )


@router.get("/staff/desk/results")
async def results(request: Request, desk: Person, q: str = "") -> Response:
    """What lies in the drawer; searched by code, or by words of the procedure."""
    require_counter(desk)
    ready = await rows(desk, lists.READY)
    wanted = folded(q[:200]).split()
    found = [
        each for each in ready if all(word in folded(about(each)) for word in wanted)
    ]
    return page(
        request,
        desk,
        "staff/desk/results.html",
        items=found,
        query=q[:200],
        may_return=desk.actor.has("return_officer"),
    )


def about(row: Row) -> str:
    names = " ".join((row["names"] or {}).values())
    return f"{row['code'] or ''} {row['tracking_code'] or ''} {names}"


@router.get("/staff/desk/calls")
async def calls(request: Request, desk: Person) -> Response:
    require_counter(desk)
    return await show_calls(request, desk, FIRST_LOOK)


@router.post("/staff/desk/calls/{notice_id}")
async def note_call(request: Request, notice_id: UUID, desk: Person) -> Response:
    require_counter(desk)

    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order(
            "notifications.note_call",
            message_id=notice_id,
            is_reached=text(entered, "reached") == "true",
            note=text(entered, "note")[:4_000],
        )

    async def again(attempt: Attempt) -> Response:
        return await show_calls(request, desk, attempt)

    then = f"/{desk.language}/staff/desk/calls?done=desk_called"
    return await submitted(request, desk, act, again, then=then)


async def show_calls(request: Request, desk: Desk, attempt: Attempt) -> Response:
    found = await rows(desk, lists.CALLS)
    contents = await together(
        *(desk.try_to_ask("intake.dossier", dossier_id=x["id"]) for x in found[:CALLS])
    )
    people = {
        row["id"]: person((content or {}).get("answers") or {})
        for row, content in zip(found, contents, strict=False)
    }
    return page(
        request,
        desk,
        "staff/desk/calls.html",
        attempt,
        items=found,
        people=people,
    )


def person(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: answers.get(name) for name in ("full_name", "phone")}


@router.get("/staff/desk/lookup")
async def look_up(request: Request, desk: Person, code: str = "") -> Response:
    """By what stands on the paper in the hand: its QR code, its code, its number."""
    require_counter(desk)
    wanted = code.strip()[:300]
    attempt = FIRST_LOOK
    if wanted:
        try:
            dossier_id = await paying.dossier_named(desk, scanned(wanted))
        except DossierUnknownError:
            attempt = Attempt(Problem.of("dossier-not-found", desk.language))
        else:
            there = f"/{desk.language}/staff/desk/dossiers/{dossier_id}"
            return RedirectResponse(there, 303)
    return page(request, desk, "staff/desk/lookup.html", attempt, code=wanted)


def scanned(words: str) -> str:
    """A QR code holds the address of the public page, and that the tracking code."""
    found = TRACKED.search(words)
    return found[1] if found else words


async def rows(desk: Desk, query: str) -> list[Row]:
    """With the name of each procedure, also of dossiers nobody has received yet."""
    found = await lists.listed(desk, query)
    return [each | {"names": await timelines.name(desk, each)} for each in found]
