"""Procedures as data: their versions, what changes, how they look, publishing one."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from services.portal.desk import Desk, Place
from services.portal.differences import differences, shown
from services.portal.errors import DefinitionUnreadableError, ProcedureNotFoundError
from services.portal.filling import form_of
from services.portal.forms_schema import Circumstances, inputs
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from shared.errors import NotAllowedError

router = APIRouter()

SHORT = re.compile("[1-9][0-9]{0,8}")
READERS = ("administrator", "manager")
Row = dict[str, Any]


@router.get("/staff/admin/procedures")
async def procedures(request: Request, desk: Person) -> Response:
    require_reader(desk)
    rows = await desk.parts.views.versions()
    today = desk.parts.today()
    items = [
        described(slug, list(versions), today)
        for slug, versions in groupby(rows, key=lambda row: row["slug"])
    ]
    return page(request, desk, "staff/procedures.html", items=items, **rights(desk))


@router.get("/staff/admin/procedures/publish")
async def form(request: Request, desk: Person) -> Response:
    return await show_form(request, desk, FIRST_LOOK)


@router.post("/staff/admin/procedures/publish")
async def publish(request: Request, desk: Person) -> Response:
    """First looked over and shown; in force only when that was confirmed."""
    require_reader(desk)
    entered = await request.form()

    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order(
            "intake.publish_procedures",
            definitions=[await definition_in(entered)],
            is_emergency=bool(entered.get("is_emergency")),
        )

    async def again(attempt: Attempt) -> Response:
        return await show_form(request, desk, attempt)

    async def look(desk: Desk, entered: Entered) -> None:
        definition = await definition_in(entered)
        looked.append(await looked_over(desk, definition))

    looked: list[Row] = []
    is_confirmed = bool(entered.get("confirmed"))
    then = f"/{desk.language}/staff/admin/procedures?done=published"
    done = act if is_confirmed else look
    response = await submitted(request, desk, done, again, then=then)
    if looked:
        attempt = Attempt(None, entered)
        return page(request, desk, "staff/procedure_check.html", attempt, **looked[0])
    return response


@router.get("/staff/admin/procedures/{slug}")
async def versions(
    request: Request, slug: str, desk: Person, before: int = 0, after: int = 0
) -> Response:
    require_reader(desk)
    rows = await desk.parts.views.versions(slug)
    if not rows:
        raise ProcedureNotFoundError(slug)
    known = {row["version"]: row for row in rows}
    newest = known.get(after, rows[0])
    older = known.get(before) or next(
        (row for row in rows if row["version"] < newest["version"]), None
    )
    found = differences(older["definition"], newest["definition"]) if older else None
    return page(
        request,
        desk,
        "staff/procedure_versions.html",
        slug=slug,
        rows=rows,
        names=rows[0]["definition"]["names"],
        older=older,
        newest=newest,
        changes=found,
        shown=partial(shown, language=desk.language),
        current=described(slug, rows, desk.parts.today())["current"],
        **rights(desk),
    )


@router.get("/staff/admin/procedures/{slug}/{version}")
async def preview(request: Request, slug: str, version: str, desk: Person) -> Response:
    """As citizens would see it: what it asks for, and its form page by page."""
    require_reader(desk)
    number = int(version) if SHORT.fullmatch(version) else 0
    row = await desk.parts.views.procedure(slug, desk.parts.today(), number)
    if row is None:
        raise ProcedureNotFoundError(slug)
    it = row["definition"]
    where = Circumstances(desk.language, desk.parts.directory.common)
    form = [
        (each.label, inputs(each.fields, {}, where))
        for section in form_of(desk, it)
        for each in section.pages
    ]
    shown = {"it": it, "version": number, "form": form}
    return page(request, desk, "staff/procedure_preview.html", **shown)


async def show_form(request: Request, desk: Desk, attempt: Attempt) -> Response:
    require_reader(desk)
    if not desk.actor.has("administrator"):
        raise NotAllowedError(desk.actor.subject)
    return page(request, desk, "staff/procedure_publish.html", attempt)


async def looked_over(desk: Desk, definition: Any) -> Row:
    """All that is wrong with it; and if nothing is, what it changes."""
    faults = await desk.ask("intake.check_procedures", definitions=[definition])
    slug = definition.get("slug") if isinstance(definition, dict) else None
    current = None
    if not faults:
        current = await desk.parts.views.procedure(str(slug), desk.parts.today())
    return {
        "faults": faults,
        "content": json.dumps(definition, ensure_ascii=False),
        "it": definition,
        "current": current,
        "changes": differences(current["definition"], definition) if current else [],
        "shown": partial(shown, language=desk.language),
    }


async def definition_in(entered: Entered) -> Any:
    """The file, or what was pasted."""
    sent, content = entered.get("file"), text(entered, "content")
    if isinstance(sent, UploadFile) and sent.filename:
        await sent.seek(0)
        content = (await sent.read()).decode("utf-8", errors="replace")
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise DefinitionUnreadableError from None


def described(slug: str, rows: list[Row], today: date) -> Row:
    """A procedure with the version in force and those to come."""
    begun = [row for row in rows if row["valid_from"] <= today]
    valid = [row for row in begun if not row["valid_to"] or row["valid_to"] >= today]
    return {
        "slug": slug,
        "names": rows[0]["definition"]["names"],
        "code": rows[0]["definition"]["code"],
        "current": valid[0]["version"] if valid else None,
        "coming": [row for row in rows if row["valid_from"] > today],
        "count": len(rows),
    }


def require_reader(desk: Desk) -> None:
    require_staff(desk)
    if not desk.actor.has(*READERS):
        raise NotAllowedError(desk.actor.subject)


def rights(desk: Desk) -> Row:
    return {"may_publish": desk.actor.has("administrator")}
