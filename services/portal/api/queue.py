"""The queue of a unit: what waits, for whom, until when; and many steps at once."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Header, Query
from pydantic import Field

from services.portal import pseudonyms
from services.portal.api.answers import done
from services.portal.api.models import Asked, Done, Short
from services.portal.api.work_models import Bulk, Distribution, View
from services.portal.asking import POSITION, Known, Ordering
from services.portal.desk import Desk
from services.portal.domain import officer

router = APIRouter(tags=["queue"])

Text = Annotated[str | None, Field(max_length=200)]


class Chosen(Asked):
    """Which steps of the queue."""

    mine: bool = False
    unassigned: bool = False
    role: Text = None
    status: Annotated[int | None, Field(ge=1, le=10)] = None
    procedure: Text = None
    due: Literal["overdue", "soon", "later"] | None = None
    q: Text = None
    code: Text = None
    applicant: Text = None
    priority: bool | None = None
    assignee: Text = None


class Filter(Chosen):
    """Which page of them."""

    after: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Neighbourhood(Chosen):
    """Which step one stands at, in which list."""

    case_id: UUID
    step: Short


@router.get("/queue")
async def queue(
    desk: Known,
    wanted: Annotated[Filter, Query()],
    x_guichet_position: Annotated[str, Header()] = "",
) -> Any:
    """The open steps of your unit, the most urgent first."""
    place = seen(x_guichet_position)
    return await desk.ask("workflow.queue", **asked(desk, wanted), seen=place)


@router.get("/queue/neighbours")
async def neighbours(desk: Known, wanted: Annotated[Neighbourhood, Query()]) -> Any:
    """What stands before and after a step in the filtered list."""
    return await desk.ask("workflow.neighbours", **asked(desk, wanted))


@router.post("/queue/bulk")
async def bulk(wanted: Bulk, desk: Ordering) -> Any:
    """Do one thing at up to 500 steps; each succeeds or fails by itself."""
    named = wanted.arguments.get("assignee")
    to = {"assignee": officer(named)} if isinstance(named, str) else {}
    return {
        "items": await desk.order_each(
            "workflow.bulk",
            action=wanted.action,
            items=[each.model_dump() for each in wanted.items],
            arguments=wanted.arguments | to,
        )
    }


@router.post("/queue/distribution")
async def distribute(wanted: Distribution, desk: Ordering) -> Any:
    """Share steps out evenly among officers who are not away."""
    items = [each.model_dump() for each in wanted.items]
    officers = [officer(each) for each in wanted.officers]
    return {
        "items": await desk.order_each(
            "workflow.distribute", items=items, officers=officers
        )
    }


@router.get("/alerts")
async def alerts(desk: Known) -> Any:
    """What is due soon, overdue or has to be apologised for, as far as it is yours."""
    return {"items": await desk.ask("workflow.alerts")}


@router.get("/views")
async def views(desk: Known) -> Any:
    """The filters you keep under a name."""
    return {"items": await desk.ask("workflow.views")}


@router.put("/views/{name}", response_model=Done)
async def save_view(name: str, wanted: View, desk: Ordering) -> Any:
    """Keep filters of your queue under a name."""
    place = await desk.order("workflow.save_view", name=name, filters=wanted.filters)
    return done(place)


@router.delete("/views/{name}", response_model=Done)
async def delete_view(name: str, desk: Ordering) -> Any:
    """Keep these filters no longer."""
    return done(await desk.order("workflow.delete_view", name=name))


def asked(desk: Desk, wanted: Chosen) -> dict[str, Any]:
    """An applicant is known by a pseudonym, never by their number."""
    key = desk.parts.settings.pseudonym_key
    applicant = wanted.applicant and pseudonyms.known(key, wanted.applicant)
    return wanted.model_dump() | {"applicant": applicant}


def seen(position: str) -> int | None:
    """The place in workflow's log that the answer must include."""
    place = POSITION.fullmatch(position)
    return int(place[2]) if place and place[1] == "workflow" else None
