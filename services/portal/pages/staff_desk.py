"""The front desk: one screen for a whole filing, with the keyboard alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import MultiDict

from services.portal import forms_schema
from services.portal.counter.decisions import Decision, decide
from services.portal.counter.filing import Run
from services.portal.counter.scans import scans_in
from services.portal.counter.screen import (
    METHODS,
    Sheet,
    definition_of,
    id_in,
    named,
    said,
)
from services.portal.counter.screen import offered as offered_procedures
from services.portal.desk import Desk, Place
from services.portal.pages.forms import Entered, Person, submitted
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from shared.errors import NotAllowedError

router = APIRouter()

TOLD = ("filing-incomplete", "form-invalid", "documents-missing", "item-unknown")
DECISIONS = ("receive", "request_supplement", "refuse", "keep")
PHONE = "phone:"  # kept, so that a phone may bring photos of one document
SHOWN = 300  # procedures to choose from; of more, one searches by words


def require_desk(desk: Desk) -> None:
    require_staff(desk)
    if not desk.actor.has("front_desk"):
        raise NotAllowedError


@router.get("/staff/desk")
async def choose(request: Request, desk: Person, procedure: str = "") -> Response:
    """By code or words; one that is meant beyond doubt is opened at once."""
    require_desk(desk)
    words = " ".join(procedure.split())[:200]
    found = await named(desk, words) if words else []
    if len(found) != 1:
        every = await offered_procedures(desk)
        return page(
            request,
            desk,
            "staff/desk/choose.html",
            words=words,
            found=found[:SHOWN],
            every=every[:SHOWN],
            is_whole=len(every) <= SHOWN and not words,
        )
    slug = found[0]["slug"]
    if words != slug:
        address = f"/{desk.language}/staff/desk?procedure={quote(slug)}"
        return RedirectResponse(address, 303)
    kept = id_in(request.query_params.get("dossier", ""))
    attempt = await kept_filing(desk, found[0], kept) if kept else FIRST_LOOK
    return await show(request, desk, slug, attempt)


async def kept_filing(desk: Desk, definition: dict[str, Any], kept: UUID) -> Attempt:
    """What was typed before, as it would stand in the form."""
    content = await desk.ask("intake.dossier", dossier_id=kept)
    fields = Sheet(desk, definition, {}).fields
    typed = forms_schema.answers_to_entered(fields, content["answers"], desk.language)
    pairs = [(name, each) for name, value in typed.items() for each in many(value)]
    brought = [("document", x["code"]) for x in content["documents"] if x["record"]]
    more = [
        ("dossier", str(kept)),
        ("channel", content["channel"]),
        ("unit", content["unit"]),
        ("language", content["language"]),
    ]
    return Attempt(entered=MultiDict([*pairs, *brought, *more]))


def many(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


@router.post("/staff/desk")
async def file(request: Request, desk: Person, procedure: str = "") -> Response:
    """Check, receive, ask for what is missing, or refuse: one post, one key."""
    require_desk(desk)
    entered = MultiDict(await request.form())
    procedure, go = procedure or said(entered, "slug"), said(entered, "go")
    if go not in DECISIONS and not go.startswith(PHONE):
        return await show(request, desk, procedure, Attempt(entered=entered), go=go)
    runs: list[Run] = []

    async def act(desk: Desk, entered: Entered) -> Place | None:
        sheet = Sheet(desk, await definition_of(desk, procedure), entered)
        if sheet.card_problem:
            raise sheet.card_problem
        scans = await scans_in(MultiDict(await request.form()))
        run = Run(desk, sheet.filing(), scans)
        runs.append(run)
        return await decide(run, Decision.of(entered))

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, procedure, attempt, run=next(iter(runs), None))

    response = await submitted(request, desk, act, again, then="")
    if response.status_code == 303 and runs:
        there = f"/{desk.language}/staff/desk/dossiers/{runs[0].id}"
        own = f"/phone/{quote(go.removeprefix(PHONE), safe='')}"
        then = own if go.startswith(PHONE) else f"?done=desk_{go}"
        response.headers["Location"] = there + then
    return response


async def show(
    request: Request,
    desk: Desk,
    slug: str,
    attempt: Attempt,
    *,
    run: Run | None = None,
    go: str = "",
) -> Response:
    sheet = Sheet(desk, await definition_of(desk, slug), attempt.entered)
    focus = with_rows(sheet, go)
    problem = attempt.problem
    told = problem.errors if problem and problem.code in TOLD else None
    screen = await sheet.screen(told)
    return page(
        request,
        desk,
        "staff/desk/filing.html",
        attempt,
        screen=screen,
        slug=slug,
        every=(await offered_procedures(desk))[:SHOWN],
        methods=METHODS,
        focus=focus,
        stopped_at=run.part if run and problem else "",
        **chosen(sheet),
    )


def with_rows(sheet: Sheet, go: str) -> str:
    """A table with a row more, or a row less; where the next word is typed."""
    changed = forms_schema.changed_rows(sheet.fields, sheet.typed, go)
    if changed is None:
        return ""
    sheet.typed, focus = changed
    return focus


def chosen(sheet: Sheet) -> dict[str, Any]:
    filing = sheet.filing()
    return {
        "channel": filing.channel,
        "unit": filing.unit or sheet.desk.actor.agency,
        "documents": filing.documents,
        "exemption_groups": filing.exemption_groups,
        "exemptions": exemptions(sheet.definition),
    }


def exemptions(definition: dict[str, Any]) -> list[str]:
    """The groups for whom some fee of this procedure is none."""
    groups = [each for fee in definition["fees"] for each in fee["exemptions"]]
    return list(dict.fromkeys(groups))
