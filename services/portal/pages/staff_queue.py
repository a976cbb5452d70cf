"""An officer's queue: what waits in their unit, the most urgent first."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import overview
from services.portal.desk import Desk, Place
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from shared.errors import NotAllowedError

router = APIRouter()

PLACE = re.compile(r"[0-9]{1,18}")
VIEWS = ("all", "mine", "unassigned")
OUTSIDE = ("system", "third_party")
STAND_INS = ("reviewer", "clerk", "front_desk")


def require_staff(desk: Desk) -> None:
    if not desk.is_staff:
        raise NotAllowedError


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

    then = f"/{desk.language}/staff/cases/{case_id}?done=claimed&step={step}"
    return await submitted(request, desk, act, again, then=then)


async def show(request: Request, desk: Desk, attempt: Attempt) -> Response:
    require_staff(desk)
    view = request.query_params.get("view", "all")
    after = request.query_params.get("after")
    seen = request.query_params.get("seen", "")
    answer = await desk.ask(
        "workflow.queue",
        mine=view == "mine",
        unassigned=view == "unassigned",
        after=after,
        seen=int(seen) if PLACE.fullmatch(seen) else None,
    )
    return page(
        request,
        desk,
        "staff/queue.html",
        attempt,
        view=view if view in VIEWS else "all",
        items=[item(desk, each) for each in answer["items"]],
        counts=answer["counts"],
        next=answer["next"],
        after=after,
        unit=desk.actor.agency,
        me=desk.actor.subject,
    )


def item(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    due_at = datetime.fromisoformat(row["due_at"]) if row["due_at"] else None
    urgency = overview.urgency(due_at, row["status"], desk.parts.now())
    is_free = not row["assignee"] and may_work(desk, row["role"])
    return row | {"urgency": urgency, "is_free": is_free}


def may_work(desk: Desk, role: str) -> bool:
    """Steps that nobody outside does by themselves are done by those at hand."""
    return desk.actor.has(*(STAND_INS if role in OUTSIDE else (role,)))
