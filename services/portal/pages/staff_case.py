"""A case on an officer's table: what was asked, what was handed in, what to do now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import answers, timelines
from services.portal.desk import Desk, Place, together
from services.portal.errors import OutcomeMissingError
from services.portal.pages.citizen import past_of
from services.portal.pages.forms import Act, Entered, Person, submitted, text
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from services.portal.pages.staff_queue import require_staff

router = APIRouter()


@router.get("/staff/cases/{case_id}")
async def case(request: Request, case_id: UUID, desk: Person) -> Response:
    return await show(request, desk, case_id, FIRST_LOOK)


async def act_on(
    request: Request, desk: Desk, case_id: UUID, act: Act, done: str
) -> Response:
    require_staff(desk)

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, case_id, attempt)

    then = f"/{desk.language}/staff/cases/{case_id}?done={done}"
    return await submitted(request, desk, act, again, then=then)


@router.post("/staff/cases/{case_id}/steps/{step}/claim")
async def claim(request: Request, case_id: UUID, step: str, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order("workflow.claim_step", case_id=case_id, step=step)

    return await act_on(request, desk, case_id, act, "claimed")


@router.post("/staff/cases/{case_id}/steps/{step}/completion")
async def finish(request: Request, case_id: UUID, step: str, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        found = await desk.ask("workflow.case", case_id=case_id)
        return await desk.order(
            "workflow.finish_step",
            case_id=case_id,
            step=step,
            outcome=chosen(entered),
            note=text(entered, "note"),
            facts=answers.facts(entered, expected(found, step)),
        )

    return await act_on(request, desk, case_id, act, "finished")


@router.post("/staff/cases/{case_id}/steps/{step}/proposal")
async def propose(request: Request, case_id: UUID, step: str, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order(
            "workflow.propose_result",
            case_id=case_id,
            step=step,
            outcome=chosen(entered),
            text=text(entered, "text"),
        )

    return await act_on(request, desk, case_id, act, "proposed")


@router.post("/staff/cases/{case_id}/steps/{step}/supplement")
async def ask(request: Request, case_id: UUID, step: str, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        note = text(entered, "note")
        item = {
            "kind": "document",
            "key": chosen(entered, "document"),
            "reason": dict.fromkeys(("vi", "en", "fr"), note),
            "note": "",
        }
        return await desk.order(
            "workflow.ask_supplement",
            case_id=case_id,
            step=step,
            items=[item],
            note=note,
        )

    return await act_on(request, desk, case_id, act, "asked")


def expected(found: dict[str, Any], step: str) -> list[dict[str, Any]]:
    """What the officer of a step is to find out."""
    return next(
        (each.get("facts", []) for each in found["steps"] if each["step"] == step), []
    )


def chosen(entered: Entered, name: str = "outcome") -> str:
    if choice := text(entered, name):
        return choice
    raise OutcomeMissingError


async def show(
    request: Request, desk: Desk, case_id: UUID, attempt: Attempt
) -> Response:
    require_staff(desk)
    found = await desk.ask("workflow.case", case_id=case_id)
    dossier_id = found["dossier_id"]
    files, dossier, papers, past = await together(
        desk.try_to_ask("documents.files", dossier_id=dossier_id),
        desk.try_to_ask("intake.dossier", dossier_id=dossier_id),
        desk.try_to_ask("signing.papers", dossier_id=dossier_id),
        past_of(desk, dossier_id),
    )
    row = await desk.parts.views.dossier(UUID(str(dossier_id)), desk.parties)
    definition = await timelines.definition(desk, row) if row else {}
    form = answers.Form(definition, desk.parts.directory.common)
    return page(
        request,
        desk,
        "staff/case.html",
        attempt,
        case=found,
        files=files,
        dossier=dossier,
        papers=papers,
        past=past,
        rows=form.rows(given(found, dossier), desk.language),
        names=form.document_names(),
        me=desk.actor.subject,
    )


def given(found: dict[str, Any], dossier: dict[str, Any] | None) -> dict[str, Any]:
    """What the applicant answered, from whoever may tell it."""
    told = found.get("answers") or (dossier or {}).get("answers")
    return told if isinstance(told, dict) else {}
