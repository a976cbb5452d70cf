"""Answering a supplement: only what was asked, with the reason for each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import MultiDict

from services.portal.desk import Desk, Place
from services.portal.filling import ASKED, Filling, filling
from services.portal.forms_schema import (
    answers_to_entered,
    changed_rows,
    compacted,
    entered_to_answers,
    explained,
    flat,
    inputs,
    links,
    with_codes,
)
from services.portal.forms_schema.entered import Flat
from services.portal.next_steps import answer_by
from services.portal.pages.form_page import clock
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()

Field = dict[str, Any]


@router.get("/dossiers/{dossier_id}/supplement")
async def supplement(request: Request, dossier_id: UUID, desk: Person) -> Response:
    it = await filling(desk, dossier_id)
    if not items(it):
        return RedirectResponse(f"/{desk.language}/dossiers/{dossier_id}", 303)
    return show(request, desk, it, FIRST_LOOK)


@router.post("/dossiers/{dossier_id}/supplement/draft")
async def keep(request: Request, dossier_id: UUID, desk: Person) -> Response:
    """What is typed right now, right or wrong; answers when it was kept."""
    it = await filling(desk, dossier_id)
    if not asked_fields(it):
        return JSONResponse({"saved": False}, 409)
    entered = flat(MultiDict(await request.form()))
    saved_at = await desk.parts.drafts.keep(it.whose, draft_of(it), entered)
    return JSONResponse({"saved": True, "at": clock(saved_at)})


@router.post("/dossiers/{dossier_id}/supplement")
async def answer(request: Request, dossier_id: UUID, desk: Person) -> Response:
    """Hand it in; or keep it for later, or change the number of rows."""
    it = await filling(desk, dossier_id)
    sent = MultiDict(await request.form())
    go, fields = text(sent, "go"), asked_fields(it)
    changed = changed_rows(fields, flat(sent), go)
    typed, place = changed or (flat(sent), "")

    async def act(desk: Desk, entered: Entered) -> Place | None:
        if go == "send":
            return await send(desk, it, entered)
        if fields:
            await desk.parts.drafts.keep(it.whose, draft_of(it), typed)
        return None

    async def again(attempt: Attempt) -> Response:
        return show(request, desk, it, attempt)

    here = f"/{desk.language}/dossiers/{dossier_id}"
    kept = f"{here}/supplement#{place}" if changed else f"{here}/supplement?done=kept"
    then = f"{here}?done=answered" if go == "send" else kept
    return await submitted(request, desk, act, again, then=then)


async def send(desk: Desk, it: Filling, entered: Entered) -> Place:
    """Its answers into the log, and all of it back to who asked."""
    await give(desk, it, entered)
    place = await desk.order(
        "intake.answer_supplement", part="sent", dossier_id=it.dossier_id
    )
    await desk.parts.drafts.drop(it.dossier_id)
    return place


async def give(desk: Desk, it: Filling, entered: Entered) -> None:
    """Kept as it was typed first; nothing of it is lost when it is refused."""
    fields = asked_fields(it)
    if not fields:
        return
    typed = compacted(fields, flat(entered))
    await desk.parts.drafts.keep(it.whose, draft_of(it), typed)
    coded = with_codes(fields, typed, it.common)
    given = entered_to_answers(fields, coded, desk.language)
    await desk.order(
        "intake.give_answers", part="answers", dossier_id=it.dossier_id, answers=given
    )
    await desk.parts.drafts.finish(it.whose, draft_of(it))


def show(request: Request, desk: Desk, it: Filling, attempt: Attempt) -> Response:
    fields = asked_fields(it)
    problems = attempt.problem.errors if attempt.problem else []
    typed = flat(attempt.entered) if attempt.entered else last_typed(it, desk.language)
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
        saved_at=clock(it.draft.saved_at if draft_of(it) in it.draft.pages else None),
    )


def last_typed(it: Filling, language: str) -> Flat:
    """As it was typed last; else as it was answered."""
    if draft_of(it) in it.draft.pages:
        return it.draft.pages[draft_of(it)]
    return answers_to_entered(asked_fields(it), it.content["answers"], language)


def draft_of(it: Filling) -> str:
    """What is typed answers one request; no page of a form is called like that."""
    asked = it.content.get("supplement") or {}
    return f"supplement {asked.get('stage')} {asked.get('answer_by')}"


def items(it: Filling) -> list[dict[str, Any]]:
    """Each thing that was asked; of a document also whether it came since."""
    if it.content["status"] != ASKED:
        return []
    asked = it.content.get("supplement") or {"items": [], "brought": []}
    documents = {each["code"]: each for each in it.content["documents"]}
    return [
        {
            **each,
            "document": documents.get(each["key"]) if is_document(each) else None,
            "is_brought": each["key"] in asked["brought"],
        }
        for each in asked["items"]
    ]


def is_document(item: dict[str, Any]) -> bool:
    return bool(item["kind"] == "document")


def asked_fields(it: Filling) -> list[Field]:
    """In the order of the form."""
    names = {each["key"] for each in items(it) if each["kind"] == "field"}
    fields = [field for section in it.form for field in section.fields]
    return [each for each in fields if each["name"] in names]
