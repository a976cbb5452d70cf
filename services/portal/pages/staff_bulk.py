"""Many steps at once, and the lists an officer comes back to."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import languages
from services.portal.desk import Desk, Place
from services.portal.domain import officer
from services.portal.errors import NothingChosenError
from services.portal.pages.filters import Filters
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.officers import listed, require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, ticked
from services.portal.pages.staff_queue import show

router = APIRouter()


@router.post("/staff/queue/bulk")
async def bulk(request: Request, desk: Person) -> Response:
    """Each of the chosen steps succeeds or fails by itself; the page says which."""
    require_staff(desk)
    told: list[dict[str, Any]] = []

    async def act(desk: Desk, entered: Entered) -> None:
        answer = await at_each(desk, entered, chosen_steps(entered))
        told.extend(result(desk, each) for each in listed(answer))

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, attempt)

    response = await submitted(request, desk, act, again, then="")
    if response.status_code == 303:
        places = [each.get("position") or 0 for each in told]
        seen = max(places, default=0) or None
        return await show(request, desk, FIRST_LOOK, results=told, seen=seen)
    return response


async def at_each(desk: Desk, entered: Entered, items: list[dict[str, str]]) -> Any:
    officers = [officer(each) for each in ticked(entered, "officer")]
    match text(entered, "action"):
        case "claim":
            return await desk.order_each(
                "workflow.bulk", action="claim", items=items, arguments={}
            )
        case "assign" if officers:
            return await desk.order_each(
                "workflow.bulk",
                action="assign",
                items=items,
                arguments={"assignee": officers[0]},
            )
        case "distribute" if officers:
            return await desk.order_each(
                "workflow.distribute", items=items, officers=officers
            )
    raise NothingChosenError


def chosen_steps(entered: Entered) -> list[dict[str, str]]:
    pairs = (each.partition("~") for each in ticked(entered, "item"))
    if found := [{"case_id": case, "step": step} for case, _, step in pairs]:
        return found
    raise NothingChosenError


def result(desk: Desk, told: dict[str, Any]) -> dict[str, Any]:
    """What became of one step, in the reader's words."""
    if told["ok"]:
        return told | {"message": languages.word("bulk_done", desk.language)}
    code, message = told.get("code") or "", told.get("message") or ""
    return told | {"message": languages.refusal(code, desk.language, message)}


@router.post("/staff/queue/views")
async def keep_view(request: Request, desk: Person) -> Response:
    """Keep these filters under a name, or keep them no longer."""
    require_staff(desk)
    filters = Filters.read(request.query_params)

    async def act(desk: Desk, entered: Entered) -> Place:
        name = text(entered, "name")
        if not name:
            raise NothingChosenError
        if text(entered, "action") == "delete":
            return await desk.order("workflow.delete_view", name=name)
        kept = filters.kept()
        return await desk.order("workflow.save_view", name=name, filters=kept)

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, attempt)

    then = f"/{desk.language}/staff/queue{filters.query(done='view_changed')}"
    return await submitted(request, desk, act, again, then=then)
