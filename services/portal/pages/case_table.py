"""A case on an officer's table: what was asked, what was handed in, what to do now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from services.portal import (
    answers,
    conversation,
    reviewing,
    timelines,
    viewing,
    writing,
)
from services.portal.desk import UNANSWERED, Desk, together
from services.portal.history import past_of
from services.portal.pages import supplements
from services.portal.pages.case_commands import COMMANDS
from services.portal.pages.filters import Filters
from services.portal.pages.officers import colleagues, naming, require_staff
from services.portal.pages.rendering import Attempt, page
from services.portal.pages.staff_approvals import compared

Found = dict[str, Any]

NOTHING_SAID: Found = {
    "allowed": [],
    "apology": None,
    "clock": None,
    "consultations": [],
    "opinions": [],
    "payment": None,
    "procedure_name": None,
    "proposable": [],
    "proposal": None,
    "suspension": None,
    "version": 0,
    "waiting_for": [],
    "withdrawal_wish": None,
}


async def show(
    request: Request, desk: Desk, case_id: UUID, attempt: Attempt
) -> Response:
    require_staff(desk)
    found = await desk.ask("workflow.case", case_id=case_id)
    case = told(found)
    records, beside, called, here, mine = await together(
        records_of(desk, found["dossier_id"]),
        neighbours(request, desk, case_id),
        naming(desk),
        colleagues(desk),
        own_of(request, desk, case),
    )
    form = await form_of(desk, found["dossier_id"])
    return page(
        request,
        desk,
        "staff/case.html",
        attempt,
        **records,
        **mine,
        look=await look_of(request, desk, case, records["files"]),
        case=case,
        consulting=consulting(case),
        rows=form.rows(given(found, records["dossier"]), desk.language),
        names=form.document_names(),
        askable=supplements.askable(form),
        reasons=supplements.reasons(),
        commands=COMMANDS,
        units=desk.parts.directory.units,
        beside=beside,
        filters=Filters.read(request.query_params),
        where=where(request),
        step_here=request.query_params.get("step"),
        called=called,
        colleagues=here,
        me=desk.actor.subject,
        compared=compared,
    )


async def own_of(request: Request, desk: Desk, case: Found) -> Found:
    """What is there for this reader: what is new, what they typed, templates."""
    is_first_look = request.method == "GET"
    news, typed, phrases, talk = await together(
        reviewing.news(desk, case) if is_first_look else nothing(),
        writing.find(desk, UUID(case["id"])),
        desk.try_to_ask("workflow.phrases"),
        talk_of(desk, case["dossier_id"]),
    )
    return {"news": news, "typed": typed, "phrases": phrases or [], "talk": talk}


async def nothing() -> None:
    return None


async def talk_of(desk: Desk, dossier_id: str) -> Found | None:
    """The messages; nothing when their service is away."""
    try:
        return await conversation.part(desk, UUID(dossier_id))
    except UNANSWERED:
        return None


async def look_of(
    request: Request, desk: Desk, case: Found, files: list[Found] | None
) -> viewing.Look | None:
    """The file beside the data: the one asked for, else the first, while one works."""
    shown = [each for each in files or [] if each["state"] == "accepted"]
    wanted = request.query_params.get("file")
    works = any("finish_step" in each["allowed"] for each in case["steps"])
    chosen = [each for each in shown if each["id"] == wanted] or shown[:1]
    if not chosen or not (wanted or works):
        return None
    try:
        return await viewing.look(desk, UUID(chosen[0]["id"]), request.query_params)
    except UNANSWERED:
        return None


def told(found: Found) -> Found:
    """The case; what workflow says nothing of is nothing."""
    steps = [each | {"allowed": offers(each)} for each in found["steps"]]
    return NOTHING_SAID | found | {"steps": steps}


def offers(step: Found) -> list[str]:
    """What may be done at a step now."""
    return list(step.get("allowed", []))


def consulting(case: Found) -> list[str]:
    """The steps at which others may be asked now."""
    return [each["step"] for each in case["steps"] if "consult" in each["allowed"]]


async def records_of(desk: Desk, dossier_id: str) -> Found:
    """What the other services have; a part that is away does not hide the rest."""
    files, dossier, papers, past = await together(
        desk.try_to_ask("documents.files", dossier_id=dossier_id),
        desk.try_to_ask("intake.dossier", dossier_id=dossier_id),
        desk.try_to_ask("signing.papers", dossier_id=dossier_id),
        past_of(desk, UUID(dossier_id)),
    )
    return {"files": files, "dossier": dossier, "papers": papers, "past": past}


async def form_of(desk: Desk, dossier_id: str) -> answers.Form:
    """The form of the procedure, in the version under which it was received."""
    row = await desk.parts.views.dossier(UUID(dossier_id), desk.parties)
    definition = await timelines.definition(desk, row) if row else {}
    return answers.Form(definition, desk.parts.directory.common)


async def neighbours(request: Request, desk: Desk, case_id: UUID) -> Found:
    """What stands before and after it in the list one came from."""
    nobody: Found = {"previous": None, "next": None}
    step = request.query_params.get("step")
    if not step:
        return nobody
    filters = Filters.read(request.query_params)
    found = await desk.try_to_ask(
        "workflow.neighbours", case_id=case_id, step=step, **filters.arguments()
    )
    return nobody | (found or {})


def where(request: Request, **more: Any) -> str:
    """The list one came from, and the step one stood at in it."""
    params = request.query_params
    return Filters.read(params).query(step=params.get("step"), **more)


def given(found: Found, dossier: Found | None) -> Found:
    """What the applicant answered, from whoever may tell it."""
    told = found.get("answers") or (dossier or {}).get("answers")
    return told if isinstance(told, dict) else {}
