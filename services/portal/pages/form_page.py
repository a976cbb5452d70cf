"""One page of a form: asked, checked, kept; what is typed is never lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import MultiDict, UploadFile

from services.portal import languages, uploads
from services.portal.desk import Desk, Place
from services.portal.errors import PageIncompleteError
from services.portal.filling import (
    ASKED,
    DRAFT,
    Filling,
    filling,
    page_name,
    section_name,
)
from services.portal.forms_schema import (
    PREFIX,
    Page,
    changed_rows,
    compacted,
    entered_to_answers,
    explained,
    flat,
    inputs,
    links,
    with_codes,
)
from services.portal.forms_schema.places import root
from services.portal.intray import Upload
from services.portal.pages.documents import chunks
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()

OPEN = (DRAFT, ASKED)
PLACES = ("check", "tasks")  # where a page may lead back to


@router.get("/dossiers/{dossier_id}/form/{page_id}")
async def ask(
    request: Request, dossier_id: UUID, page_id: str, desk: Person
) -> Response:
    it = await filling(desk, dossier_id)
    if it.content["status"] not in OPEN:
        return RedirectResponse(f"/{desk.language}/dossiers/{dossier_id}", 303)
    return show(request, desk, it, it.page(page_id), FIRST_LOOK)


@router.post("/dossiers/{dossier_id}/form/{page_id}/draft")
async def keep(
    request: Request, dossier_id: UUID, page_id: str, desk: Person
) -> Response:
    """What is typed right now, right or wrong; answers when it was kept."""
    it = await filling(desk, dossier_id)
    if it.content["status"] not in OPEN:
        return JSONResponse({"saved": False}, 409)
    entered = flat(MultiDict(await request.form()))
    saved_at = await desk.parts.drafts.keep(it.whose, it.page(page_id).id, entered)
    return JSONResponse({"saved": True, "at": clock(saved_at)})


@router.post("/dossiers/{dossier_id}/form/{page_id}")
async def answer(
    request: Request, dossier_id: UUID, page_id: str, desk: Person
) -> Response:
    """Go on, go away for now, or change the number of rows."""
    it = await filling(desk, dossier_id)
    asked, goes_to = it.page(page_id), [""]

    async def act(desk: Desk, entered: Entered) -> Place | None:
        go = text(entered, "go") or "next"
        changed = changed_rows(asked.fields, flat(entered), go)
        if changed or go == "later":
            kept, place = changed or (flat(entered), "")
            await desk.parts.drafts.keep(it.whose, asked.id, kept)
            goes_to[0] = here(request, f"#{place}") if changed else later(it, desk)
            return None
        place_in_log = await finish(desk, it, asked, entered)
        goes_to[0] = await onward(request, desk, dossier_id, asked)
        return place_in_log

    async def again(attempt: Attempt) -> Response:
        return show(request, desk, it, asked, attempt)

    response = await submitted(request, desk, act, again, then="")
    if goes_to[0]:
        response.headers["Location"] = goes_to[0]
    return response


async def finish(desk: Desk, it: Filling, asked: Page, entered: Entered) -> Place:
    """Kept as it was typed first; into the log when all of the page is in order."""
    typed = compacted(asked.fields, flat(entered))
    await desk.parts.drafts.keep(it.whose, asked.id, typed)
    answers = understood(it, asked, typed, desk.language)
    files = await hand_in(desk, it, asked, entered)
    told = await desk.ask("intake.form", dossier_id=it.dossier_id, answers=answers)
    names = {each["name"] for each in asked.fields} - files
    wrong = [each for each in told["problems"] if root(each["field"]) in names]
    if wrong:
        raise PageIncompleteError(asked.id, wrong)
    place = await desk.order(
        "intake.give_answers", part="answers", dossier_id=it.dossier_id, answers=answers
    )
    await desk.parts.drafts.finish(it.whose, asked.id)
    return place


def understood(
    it: Filling, asked: Page, typed: Entered, language: str
) -> dict[str, Any]:
    """The answers this person may give; what is known for sure is not theirs to say."""
    open_fields = set(it.told["editable"])
    fields = [each for each in it.asked(asked) if each["name"] in open_fields]
    coded = with_codes(fields, typed, it.common)
    given = entered_to_answers(fields, coded, language)
    names = {each["name"] for each in fields}
    return given | {k: each for k, each in it.locked.items() if k in names}


async def hand_in(desk: Desk, it: Filling, asked: Page, entered: Entered) -> set[str]:
    """Files that stand on the page; answers whose fields they are of."""
    found = set()
    for each in it.asked(asked):
        sent = entered.get(PREFIX + each["name"])
        if each["type"] != "file" or not isinstance(sent, UploadFile):
            continue
        if sent.filename:
            media_type = sent.content_type or uploads.UNKNOWN
            about = Upload(
                it.dossier_id, each["name"], sent.filename, media_type, sent.size
            )
            await uploads.hand_in(desk, about, chunks(sent))
            found.add(each["name"])
    return found


def here(request: Request, place: str) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{request.url.path}{query}{place}"


def later(it: Filling, desk: Desk) -> str:
    return f"/{desk.language}/dossiers/{it.dossier_id}/tasks?done=kept"


async def onward(request: Request, desk: Desk, dossier_id: UUID, asked: Page) -> str:
    """To where one came from, else to the next page; what is asked may have changed."""
    folder = f"/{desk.language}/dossiers/{dossier_id}"
    back = request.query_params.get("back", "")
    if back in PLACES:
        return f"{folder}/{back}"
    it = await filling(desk, dossier_id)
    next = it.after(asked)
    if next is None or next.section != asked.section:
        return f"{folder}/tasks?done=section"
    return f"{folder}/form/{next.id}"


def show(
    request: Request, desk: Desk, it: Filling, asked: Page, attempt: Attempt
) -> Response:
    problems = attempt.problem.errors if attempt.problem else []
    typed = flat(attempt.entered) if attempt.entered else it.entered(asked)
    fields = it.asked(asked)
    problems = explained(problems, fields, typed, it.common)
    where = it.circumstances(desk.language, problems)
    section = next(each for each in it.form if each.id == asked.section)
    pages = [each for each in section.pages if it.asked(each)]
    return page(
        request,
        desk,
        "form.html",
        attempt,
        it=it,
        asked=asked,
        inputs=inputs(fields, typed, where),
        problem_links=links(problems, fields, desk.language),
        before=it.before(asked),
        back=request.query_params.get("back", ""),
        title=page_name(asked, section, desk.language),
        caption=section_name(section, desk.language),
        nth=place_of(asked, pages),
        total=len(pages),
        saved_at=clock(it.draft.saved_at),
    )


def place_of(asked: Page, pages: list[Page]) -> int:
    ids = [each.id for each in pages]
    return ids.index(asked.id) + 1 if asked.id in ids else 1


def clock(moment: datetime | None) -> str:
    """The hour, as clocks here show it."""
    at = languages.local(moment)
    return at.strftime("%H:%M") if at else ""
