"""Ratings as figures, and the complaints that wait for an answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.portal.desk import Desk
from shared.actor import Actor
from shared.errors import NotAllowedError

FEWEST = 5  # answers below which a figure says more about people than about a service
OVERSEERS = ("manager", "auditor")
HEADS = ("manager", "unit_leader", "agency_leader")


def scope_of(desk: Desk) -> list[str] | None:
    """The units whose complaints somebody answers; None for all of them."""
    by: Actor = desk.actor
    leads = desk.is_staff and by.has(*HEADS)
    is_reception = desk.parts.directory.is_reception(by.agency)
    if desk.is_staff and (by.has("auditor") or (leads and is_reception)):
        return None
    if leads and by.agency:
        return [by.agency]
    raise NotAllowedError("complaints")


async def complaints(
    desk: Desk, *, answered: bool, after: str | None = None
) -> tuple[list[dict[str, Any]], str | None]:
    """Those to be answered, the most urgent first; or those that were."""
    units = scope_of(desk)
    return await desk.parts.views.complaints(units, answered=answered, after=after)


async def ratings(desk: Desk, since: datetime, until: datetime) -> list[dict[str, Any]]:
    """By procedure and unit: how many rated, how well; no figure of only a few."""
    if not desk.is_staff or not desk.actor.has(*OVERSEERS):
        raise NotAllowedError("ratings")
    rows = await desk.parts.views.ratings(since, until)
    return [row if row["count"] >= FEWEST else hidden(row) for row in rows]


def hidden(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"average": None, "satisfied": None}
