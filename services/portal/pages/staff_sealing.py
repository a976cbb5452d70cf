"""What a clerk watches: what waits for its seal, what failed, which number is next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import overview
from services.portal.desk import Desk, together
from services.portal.pages.forms import Person
from services.portal.pages.officers import listed, naming, require_staff
from services.portal.pages.rendering import page

router = APIRouter()

NUMBERING = "clerk"  # whose steps number and seal
LIMIT = 50


@router.get("/staff/sealing")
async def sealing(request: Request, desk: Person) -> Response:
    require_staff(desk)
    found, steps, called, procedures = await together(
        desk.ask("signing.sealing"),
        desk.try_to_ask("workflow.queue", role=NUMBERING, limit=LIMIT),
        naming(desk),
        desk.parts.views.procedures(desk.parts.today()),
    )
    titles = dict(pair for row in procedures for pair in titles_of(row["definition"]))
    return page(
        request,
        desk,
        "staff/sealing.html",
        steps=[step(desk, each) for each in listed(steps)],
        waiting=found["waiting"],
        sealed=found["sealed"],
        series=[
            each | {"title": titles.get(each["series"], each["series"])}
            for each in found["series"]
        ],
        unit=found["unit"],
        called=called,
    )


def titles_of(definition: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What the results of a procedure are called, by the registers they stand in."""
    for each in definition.get("outcomes", ()):
        yield f"{definition['slug']}/{each['code']}", each["title"]


def step(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    due_at = datetime.fromisoformat(row["due_at"]) if row["due_at"] else None
    urgency = overview.urgency(due_at, row["status"], desk.parts.now())
    return row | {"urgency": urgency}
