"""Answering a supplement: only what was asked, with the reason for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal.desk import Desk, Place
from services.portal.filling import ASKED, Filling, filling
from services.portal.forms_schema import (
    answers_to_entered,
    compacted,
    entered_to_answers,
    explained,
    flat,
    inputs,
    links,
    with_codes,
)
from services.portal.next_steps import answer_by
from services.portal.pages.forms import Entered, Person, submitted
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()

Field = dict[str, Any]


@router.get("/dossiers/{dossier_id}/supplement")
async def supplement(request: Request, dossier_id: UUID, desk: Person) -> Response:
    it = await filling(desk, dossier_id)
    if not items(it):
        return RedirectResponse(f"/{desk.language}/dossiers/{dossier_id}", 303)
    return show(request, desk, it, FIRST_LOOK)


@router.post("/dossiers/{dossier_id}/supplement")
async def answer(request: Request, dossier_id: UUID, desk: Person) -> Response:
    """Keep what was typed; and hand it in, when it is to be sent."""
    it = await filling(desk, dossier_id)
    is_sent = (await request.form()).get("go") == "send"

    async def act(desk: Desk, entered: Entered) -> Place | None:
        place = await keep(desk, it, entered)
        if not is_sent:
            return place
        return await desk.order(
            "intake.answer_supplement", part="sent", dossier_id=dossier_id
        )

    async def again(attempt: Attempt) -> Response:
        return show(request, desk, it, attempt)

    here = f"/{desk.language}/dossiers/{dossier_id}"
    then = f"{here}?done=answered" if is_sent else f"{here}/supplement?done=kept"
    return await submitted(request, desk, act, again, then=then)


async def keep(desk: Desk, it: Filling, entered: Entered) -> Place | None:
    fields = asked_fields(it)
    if not fields:
        return None
    typed = compacted(fields, flat(entered))
    coded = with_codes(fields, typed, it.common)
    given = entered_to_answers(fields, coded, desk.language)
    return await desk.order(
        "intake.give_answers", part="answers", dossier_id=it.dossier_id, answers=given
    )


def show(request: Request, desk: Desk, it: Filling, attempt: Attempt) -> Response:
    fields, problems = (
        asked_fields(it),
        attempt.problem.errors if attempt.problem else [],
    )
    kept = answers_to_entered(fields, it.content["answers"], desk.language)
    typed = flat(attempt.entered) if attempt.entered else kept
    problems = explained(problems, fields, typed, it.common)
    return page(
        request,
        desk,
        "supplement.html",
        attempt,
        dossier_id=it.dossier_id,
        code=it.content.get("code"),
        items=items(it),
        answer_by=answer_by(it.content),
        inputs=inputs(fields, typed, it.circumstances(desk.language, problems)),
        problem_links=links(problems, fields, desk.language),
    )


def items(it: Filling) -> list[dict[str, Any]]:
    """Each thing that was asked; of a document also how far it came."""
    if it.content["status"] != ASKED:
        return []
    asked = (it.content.get("supplement") or {}).get("items", [])
    documents = {each["code"]: each for each in it.content["documents"]}
    return [
        each | {"document": documents.get(each["key"])}
        if each["kind"] == "document"
        else each | {"document": None}
        for each in asked
    ]


def asked_fields(it: Filling) -> list[Field]:
    """In the order of the form."""
    names = {each["key"] for each in items(it) if each["kind"] == "field"}
    fields = [field for section in it.form for field in section.fields]
    return [each for each in fields if each["name"] in names]
