"""The queue of a unit: what waits, for whom, until when."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from pydantic import Field

from services.portal.api.models import Asked
from services.portal.asking import POSITION, Known

router = APIRouter(tags=["queue"])


class Filter(Asked):
    """Which part of the queue."""

    mine: bool = False
    unassigned: bool = False
    role: str | None = None
    status: Annotated[int | None, Field(ge=1, le=10)] = None
    after: str | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


@router.get("/queue")
async def queue(
    desk: Known,
    wanted: Annotated[Filter, Query()],
    x_guichet_position: Annotated[str, Header()] = "",
) -> Any:
    """The open steps of your unit, the most urgent first."""
    place = seen(x_guichet_position)
    return await desk.ask("workflow.queue", **wanted.model_dump(), seen=place)


def seen(position: str) -> int | None:
    """The place in workflow's log that the answer must include."""
    place = POSITION.fullmatch(position)
    return int(place[2]) if place and place[1] == "workflow" else None
