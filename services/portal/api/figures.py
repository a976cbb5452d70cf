"""The figures of managers and auditors, and the dossiers behind them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from services.portal.asking import Known

router = APIRouter(tags=["figures"])

Name = Annotated[str | None, Field(min_length=1, max_length=200)]
Counted = Literal[
    "received",
    "ended",
    "ended_on_time",
    "ended_late",
    "late_with_apology",
    "open",
    "open_overdue",
]


class Scope(BaseModel):
    """Of which days, and of which dossiers."""

    since: date
    until: date
    unit: Name = None
    procedure: Name = None
    channel: Name = None


Asked = Annotated[Scope, Depends()]


@router.get("/statistics")
async def statistics(desk: Known, scope: Asked) -> Any:
    """How many results were on time, late, and late with an apology."""
    return await desk.ask("workflow.statistics", **scope.model_dump())


@router.get("/statistics/trend")
async def trend(desk: Known, scope: Asked) -> Any:
    """The same day by day, or month by month when it is long."""
    return await desk.ask("workflow.trend", **scope.model_dump())


@router.get("/statistics/steps")
async def bottlenecks(desk: Known, scope: Asked) -> Any:
    """Where dossiers wait now, and how many days each step took."""
    return {"items": await desk.ask("workflow.bottlenecks", **scope.model_dump())}


@router.get("/statistics/dossiers")
async def dossiers(  # noqa: PLR0913 - as the question has them
    desk: Known,
    scope: Asked,
    name: Counted,
    receiver: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    step: Annotated[str | None, Query(min_length=1, max_length=200)] = None,
    after: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    """The dossiers behind a count, as far as the asker may know them."""
    return await desk.ask(
        "workflow.figured_cases",
        **scope.model_dump(),
        name=name,
        receiver=receiver,
        step=step,
        after=after,
        limit=limit,
    )
