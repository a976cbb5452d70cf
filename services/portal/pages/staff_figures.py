"""What became of the promises: how many in time, late, and late with an apology."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal.pages.forms import Person
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import page

router = APIRouter()

COLUMNS = (
    "received",
    "ended",
    "ended_on_time",
    "ended_late",
    "late_with_apology",
    "open",
    "open_overdue",
)


@router.get("/staff/statistics")
async def statistics(
    request: Request, desk: Person, since: str = "", until: str = ""
) -> Response:
    require_staff(desk)
    today = desk.parts.today()
    first, last = day_or(since, today.replace(day=1)), day_or(until, today)
    found = await desk.ask("workflow.statistics", since=first, until=last)
    procedures = await desk.parts.views.procedures(today)
    return page(
        request,
        desk,
        "staff/statistics.html",
        found=found,
        columns=COLUMNS,
        since=first.isoformat(),
        until=last.isoformat(),
        procedures={row["slug"]: row["definition"]["names"] for row in procedures},
    )


def day_or(given: str, otherwise: date) -> date:
    """A day in the address; another one when it was spoilt, or of another time."""
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return otherwise
    return found if 2000 <= found.year < 2100 else otherwise
