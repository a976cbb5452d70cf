"""Looking all answers through, declaring that they are true, and sending them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import summaries
from services.portal.desk import Desk, Place
from services.portal.errors import NotAllDoneError, PageIncompleteError
from services.portal.filling import ASKED, DRAFT, Filling, filling
from services.portal.forms_schema import entered_to_answers, flat, inputs, links
from services.portal.forms_schema.places import root
from services.portal.pages.forms import Entered, Person, submitted
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()


@router.get("/dossiers/{dossier_id}/check")
async def look(request: Request, dossier_id: UUID, desk: Person) -> Response:
    it = await filling(desk, dossier_id)
    if it.content["status"] not in (DRAFT, ASKED):
        return RedirectResponse(f"/{desk.language}/dossiers/{dossier_id}", 303)
    return await show(request, desk, it, FIRST_LOOK)


@router.post("/dossiers/{dossier_id}/submission")
async def send(request: Request, dossier_id: UUID, desk: Person) -> Response:
    """Hand it in, once, however often the button is pressed."""

    async def act(desk: Desk, entered: Entered) -> Place:
        it = await filling(desk, dossier_id)
        if not it.is_sent:
            await declare(desk, it, entered)
        place = await desk.order("intake.submit_dossier", dossier_id=dossier_id)
        await desk.parts.drafts.drop(dossier_id)
        return place

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, await filling(desk, dossier_id), attempt)

    then = f"/{desk.language}/dossiers/{dossier_id}/confirmation"
    return await submitted(request, desk, act, again, then=then)


async def declare(desk: Desk, it: Filling, entered: Entered) -> None:
    """What is declared belongs to the form; nothing typed elsewhere is left behind."""
    if any(it.unfinished()):
        raise NotAllDoneError
    given = entered_to_answers(it.declaration, flat(entered), desk.language)
    told = await desk.ask("intake.form", dossier_id=it.dossier_id, answers=given)
    names = {each["name"] for each in it.declaration}
    wrong = [each for each in told["problems"] if root(each["field"]) in names]
    if wrong:
        raise PageIncompleteError("check", wrong)
    if given:
        await desk.order(
            "intake.give_answers",
            part="declaration",
            dossier_id=it.dossier_id,
            answers=given,
        )


async def show(request: Request, desk: Desk, it: Filling, attempt: Attempt) -> Response:
    folder = f"/{desk.language}/dossiers/{it.dossier_id}"
    found = await desk.ask("intake.problems", dossier_id=it.dossier_id)
    refused = attempt.problem.errors if attempt.problem else []
    where = it.circumstances(desk.language, refused)
    typed = flat(attempt.entered)
    return page(
        request,
        desk,
        "check.html",
        attempt,
        it=it,
        parts_of_form=summaries.parts(it, desk.language, folder=folder),
        open_problems=summaries.open_problems(it, found, desk.language, folder),
        unfinished=[f"{folder}/form/{each.id}?back=check" for each in it.unfinished()],
        declaration=inputs(it.declaration, typed, where),
        problem_links=own_links(it, refused, desk.language, folder),
        total=total(it.content["fees"]),
    )


def own_links(
    it: Filling, refused: list[dict[str, Any]], language: str, folder: str
) -> list[dict[str, str]]:
    """Of the declaration on this page, of everything else where it is mended."""
    here = {each["name"] for each in it.declaration}
    mine = [each for each in refused if root(str(each.get("field", ""))) in here]
    return [
        *links(mine, it.declaration, language),
        *summaries.open_problems(it, refused, language, folder),
    ]


def total(fees: list[dict[str, Any]]) -> int | None:
    """What all of it costs; nothing is said while a part is not known."""
    amounts = [each["amount"] for each in fees]
    return None if None in amounts else sum(amounts)
