"""Pages about the time of many: absences, days off, decrees."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal.desk import Desk, Place, together
from services.portal.domain import officer
from services.portal.errors import DayInvalidError, NothingChosenError
from services.portal.pages.forms import Act, Entered, Person, submitted, text
from services.portal.pages.officers import colleagues, listed, naming, require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page, ticked

router = APIRouter()

LISTS = {
    "absences": "workflow.absences",
    "calendar": "workflow.calendar_notices",
    "decrees": "workflow.decrees",
}


@router.get("/staff/absences")
async def absences(request: Request, desk: Person) -> Response:
    return await show(request, desk, "absences", FIRST_LOOK)


@router.post("/staff/absences")
async def enter_absence(request: Request, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        deputy = text(entered, "deputy")
        return await desk.order(
            "workflow.enter_absence",
            officer=officer(text(entered, "officer")) or desk.actor.subject,
            since=day(entered, "since"),
            until=day(entered, "until"),
            deputy=officer(deputy) if deputy else None,
        )

    return await changed(request, desk, "absences", act)


@router.post("/staff/absences/{absence_id}/end")
async def end_absence(request: Request, absence_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        who = officer(text(entered, "officer"))
        return await desk.order(
            "workflow.end_absence", officer=who, absence_id=absence_id
        )

    return await changed(request, desk, "absences", act)


@router.get("/staff/calendar")
async def calendar(request: Request, desk: Person) -> Response:
    return await show(request, desk, "calendar", FIRST_LOOK)


@router.post("/staff/calendar")
async def enter_notice(request: Request, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        scope, _, scope_id = text(entered, "scope").partition(":")
        return await desk.order(
            "workflow.enter_calendar_notice",
            notice_id=desk.key_of("notice"),
            date=day(entered, "date"),
            kind=text(entered, "kind"),
            scope=scope,
            scope_id=scope_id or None,
            legal_notice=needed(entered, "legal_notice"),
        )

    return await changed(request, desk, "calendar", act)


@router.post("/staff/calendar/{notice_id}/revocation")
async def revoke_notice(request: Request, notice_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order(
            "workflow.revoke_calendar_notice",
            notice_id=notice_id,
            legal_notice=needed(entered, "legal_notice"),
        )

    return await changed(request, desk, "calendar", act)


@router.get("/staff/decrees")
async def decrees(request: Request, desk: Person) -> Response:
    return await show(request, desk, "decrees", FIRST_LOOK)


@router.post("/staff/decrees")
async def issue_decree(request: Request, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order(
            "workflow.issue_decree",
            decree_id=desk.key_of("decree"),
            effect=text(entered, "effect"),
            legal_basis=needed(entered, "legal_basis"),
            selection=selection(entered),
            **length(entered),
        )

    return await changed(request, desk, "decrees", act)


@router.post("/staff/decrees/{decree_id}/end")
async def end_decree(request: Request, decree_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        basis = needed(entered, "legal_basis")
        return await desk.order(
            "workflow.end_decree", decree_id=decree_id, legal_basis=basis
        )

    return await changed(request, desk, "decrees", act)


async def changed(request: Request, desk: Desk, name: str, act: Act) -> Response:
    """Back to the list, which shows what was done; or the form again, as it was."""
    require_staff(desk)

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, name, attempt)

    then = f"/{desk.language}/staff/{name}?done=done"
    return await submitted(request, desk, act, again, then=then)


async def show(request: Request, desk: Desk, name: str, attempt: Attempt) -> Response:
    require_staff(desk)
    found, called, here, procedures = await together(
        desk.ask(LISTS[name]),
        naming(desk),
        colleagues(desk),
        desk.parts.views.procedures(desk.parts.today()),
    )
    units = desk.parts.directory.units
    return page(
        request,
        desk,
        f"staff/{name}.html",
        attempt,
        items=listed(found),
        called=called,
        colleagues=here,
        procedures={row["slug"]: row["definition"]["names"] for row in procedures},
        units=units,
        provinces=sorted({each.province for each in units if each.province}),
        may_edit=desk.actor.has("manager", "administrator"),
        leads=desk.actor.has("unit_leader", "agency_leader"),
        me=desk.actor.subject,
    )


def needed(entered: Entered, name: str) -> str:
    if given := text(entered, name):
        return given
    raise NothingChosenError(name)


def day(entered: Entered, name: str) -> date:
    """A day as a browser sends it, or as people here write it."""
    given = needed(entered, name)
    parts = given.split("/")
    written = "-".join(reversed(parts)) if len(parts) == 3 else given
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise DayInvalidError(name) from None


def selection(entered: Entered) -> dict[str, Any]:
    """Which dossiers a decree concerns; what is not named selects all."""
    given: dict[str, Any] = {
        "procedures": ticked(entered, "procedures"),
        "units": ticked(entered, "units"),
        "codes": text(entered, "codes").replace(",", " ").split(),
    }
    for name in ("received_from", "received_until"):
        if text(entered, name):
            given[name] = day(entered, name).isoformat()
    return {name: value for name, value in given.items() if value}


def length(entered: Entered) -> dict[str, Any]:
    """By how much clocks are extended; nothing else needs to be said."""
    if text(entered, "effect") != "extend":
        return {}
    value = needed(entered, "value")
    if not (value.isascii() and value.isdigit() and len(value) <= 3):
        raise NothingChosenError("value")
    return {"value": int(value), "unit": text(entered, "unit")}
