"""An officer's queue: what waits in their unit, the most urgent first."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import overview, pseudonyms
from services.portal.desk import Desk, Place, together
from services.portal.pages.filters import DUE, STATUSES, VIEWS, Filters
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.officers import colleagues, listed, naming, require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()

PLACE = re.compile(r"[0-9]{1,18}")
OUTSIDE = ("system", "third_party")
STAND_INS = ("reviewer", "clerk", "front_desk")
EXPRESS = 0  # the lane of what goes before all else
UNKNOWN = {"lane": None, "deadline_at": None}


@router.get("/staff")
@router.get("/staff/queue")
async def queue(request: Request, desk: Person) -> Response:
    return await show(request, desk, FIRST_LOOK)


@router.post("/staff/queue")
async def claim(request: Request, desk: Person) -> Response:
    require_staff(desk)
    form = await request.form()
    case_id, step = str(form.get("case_id", "")), str(form.get("step", ""))

    async def act(desk: Desk, entered: Entered) -> Place:
        wanted = {name: text(entered, name) for name in ("case_id", "step")}
        return await desk.order("workflow.claim_step", **wanted)

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, attempt)

    there = Filters.read(request.query_params).query(step=step, done="claimed")
    then = f"/{desk.language}/staff/cases/{case_id}{there}"
    return await submitted(request, desk, act, again, then=then)


@router.post("/staff/queue/search")
async def search(request: Request, desk: Person) -> Response:
    """Filters; a personal number becomes a pseudonym, so that no address holds it."""
    require_staff(desk)
    wanted = Filters.read(await request.form())
    key = desk.parts.settings.pseudonym_key
    applicant = wanted.applicant and pseudonyms.known(key, wanted.applicant)
    address = wanted.but(applicant=applicant).query()
    return RedirectResponse(f"/{desk.language}/staff/queue{address}", 303)


async def show(
    request: Request,
    desk: Desk,
    attempt: Attempt,
    *,
    results: list[dict[str, Any]] | None = None,
    seen: int | None = None,
) -> Response:
    require_staff(desk)
    answer, alerts, views, names, here, procedures = await together(
        rows_of(request, desk, seen),
        desk.try_to_ask("workflow.alerts"),
        desk.try_to_ask("workflow.views"),
        naming(desk),
        colleagues(desk),
        desk.parts.views.procedures(desk.parts.today()),
    )
    return page(
        request,
        desk,
        "staff/queue.html",
        attempt,
        filters=Filters.read(request.query_params),
        items=[item(desk, each) for each in answer["items"]],
        codes={each["case_id"]: each["code"] for each in answer["items"]},
        counts=answer["counts"],
        next=answer["next"],
        after=request.query_params.get("after"),
        alerts=listed(alerts),
        views=listed(views),
        called=names,
        colleagues=here,
        leads=desk.actor.has("unit_leader", "agency_leader"),
        procedures={row["slug"]: row["definition"]["names"] for row in procedures},
        choices={"view": VIEWS, "status": STATUSES, "due": DUE},
        unit=desk.actor.agency,
        results=results,
    )


async def rows_of(request: Request, desk: Desk, seen: int | None) -> Any:
    """One page of the list, with what its reader has just done."""
    params = request.query_params
    return await desk.ask(
        "workflow.queue",
        **Filters.read(params).arguments(),
        after=params.get("after"),
        seen=seen or place_in(params.get("seen", "")),
    )


def place_in(seen: str) -> int | None:
    """The place in workflow's log that the list must show."""
    return int(seen) if PLACE.fullmatch(seen) else None


def item(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    due_at = datetime.fromisoformat(row["due_at"]) if row["due_at"] else None
    urgency = overview.urgency(due_at, row["status"], desk.parts.now())
    is_free = not row["assignee"] and may_work(desk, row["role"])
    is_express = row.get("lane") == EXPRESS
    more = {"urgency": urgency, "is_free": is_free, "is_express": is_express}
    return UNKNOWN | row | more


def may_work(desk: Desk, role: str) -> bool:
    """Steps that nobody outside does by themselves are done by those at hand."""
    return desk.actor.has(*(STAND_INS if role in OUTSIDE else (role,)))
