"""The dashboard: how much came, was kept in time, waits; and what stands behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import languages, overview
from services.portal.desk import Desk
from services.portal.oversight import COLUMNS, Row, Scope, figures, named, satisfaction
from services.portal.pages.forms import Person
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import page
from services.portal.spreadsheets import spreadsheet

router = APIRouter()

MOST = 8  # bars in one chart; the table behind it has all
PAGES = 50  # of a list, in one spreadsheet
CHUNK = 200


@router.get("/staff/dashboard")
async def dashboard(request: Request, desk: Person) -> Response:
    require_staff(desk)
    scope = Scope.read(request.query_params, desk)
    found = await figures(desk, scope)
    return page(
        request,
        desk,
        "staff/dashboard.html",
        found=found,
        besides=await satisfaction(desk, scope),
        most=MOST,
        columns=COLUMNS,
        seen_at=desk.parts.now(),
        today=desk.parts.today(),
        **await around(desk, scope),
    )


@router.get("/staff/dashboard.csv")
async def dashboard_sheet(request: Request, desk: Person) -> Response:
    require_staff(desk)
    scope = Scope.read(request.query_params, desk)
    found = await desk.ask("workflow.statistics", **scope.arguments())
    names = await procedures(desk)
    words = [said(desk, name) for name in ("unit", "procedure", "channel")]
    head = [*words, *(said(desk, f"count_{name}") for name in COLUMNS)]
    rows = [
        [*place_of(desk, row, names), *(row[name] for name in COLUMNS)]
        for row in found["rows"]
    ]
    return spreadsheet(
        f"guichet-{scope.since}-{scope.until}", desk.language, [head, *rows]
    )


@router.get("/staff/dashboard/dossiers")
async def dossiers(request: Request, desk: Person) -> Response:
    require_staff(desk)
    scope, wanted = Scope.read(request.query_params, desk), wanted_in(request)
    after = request.query_params.get("after")
    found = await desk.ask(
        "workflow.figured_cases", **scope.arguments(), **wanted, after=after
    )
    return page(
        request,
        desk,
        "staff/dashboard_dossiers.html",
        items=found["items"],
        next=found["next"],
        after=after,
        wanted=wanted,
        is_confined=not desk.actor.has("auditor"),
        **await around(desk, scope),
    )


@router.get("/staff/dashboard/dossiers.csv")
async def dossiers_sheet(request: Request, desk: Person) -> Response:
    require_staff(desk)
    scope, wanted = Scope.read(request.query_params, desk), wanted_in(request)
    names = await procedures(desk)
    columns = ("code", "unit", "procedure", "channel", "received", "due", "ended_at")
    head = [*(said(desk, name) for name in columns), said(desk, "is_late")]
    rows = [line(desk, row, names) async for row in listed(desk, scope, wanted)]
    name = f"guichet-{wanted['name']}-{scope.since}-{scope.until}"
    return spreadsheet(name, desk.language, [head, *rows])


async def around(desk: Desk, scope: Scope) -> dict[str, Any]:
    """What the filters offer."""
    return {
        "scope": scope,
        "procedures": await procedures(desk),
        "units": desk.parts.directory.units,
        "channels": [
            each["code"] for each in desk.parts.directory.common["enums"]["channel"]
        ],
    }


async def procedures(desk: Desk) -> dict[str, Any]:
    rows = await desk.parts.views.procedures(desk.parts.today())
    return {row["slug"]: row["definition"]["names"] for row in rows}


async def listed(
    desk: Desk, scope: Scope, wanted: dict[str, Any]
) -> AsyncIterator[Row]:
    """Page after page, as many as a spreadsheet is for."""
    after = None
    for _ in range(PAGES):
        found = await desk.ask(
            "workflow.figured_cases",
            **scope.arguments(),
            **wanted,
            after=after,
            limit=CHUNK,
        )
        for row in found["items"]:
            yield row
        after = found["next"]
        if after is None:
            return


def wanted_in(request: Request) -> dict[str, Any]:
    """Which count, of which receiving unit, and waiting at which step."""
    given = request.query_params
    name = given.get("name", "")
    return {
        "name": name if name in COLUMNS else "received",
        "receiver": named(given.get("receiver")),
        "step": named(given.get("step")),
    }


def line(desk: Desk, row: Row, names: dict[str, Any]) -> list[Any]:
    ended = languages.shown_time(row["ended"])
    times = (
        languages.shown_time(row["received_at"]),
        languages.shown_time(row["due_at"]),
    )
    late = said(desk, "yes" if row["is_late"] else "no")
    return [row["code"], *place_of(desk, row, names), *times, ended, late]


def place_of(desk: Desk, row: Row, names: dict[str, Any]) -> list[str]:
    language, directory = desk.language, desk.parts.directory
    channel = overview.label_of("channel", row["channel"], language, directory)
    return [
        overview.unit_name(row["unit"], language, directory),
        languages.said(names.get(row["procedure"], row["procedure"]), language),
        channel or row["channel"],
    ]


def said(desk: Desk, name: str) -> str:
    return languages.word(name, desk.language)
