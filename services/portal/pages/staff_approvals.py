"""What waits for a leader's signature: what is new in it, and several at once."""

from __future__ import annotations

import difflib
import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import languages, overview, reviewing
from services.portal.desk import Desk, together
from services.portal.errors import NothingChosenError
from services.portal.pages.forms import Entered, Person, submitted, text
from services.portal.pages.officers import listed, naming, require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page, ticked

router = APIRouter()

Told = list[dict[str, Any]]

CHOICE = re.compile(r"([0-9a-f-]{36})~([0-9]{1,9})~(.{1,200})")
WORDS = re.compile(r"\s+|[^\s]+")


@router.get("/staff/approvals")
async def approvals(request: Request, desk: Person) -> Response:
    return await show(request, desk, FIRST_LOOK)


@router.post("/staff/approvals")
async def approve(request: Request, desk: Person) -> Response:
    """Each of the chosen results is signed by itself; the page says which were not."""
    require_staff(desk)
    told: Told = []

    async def act(desk: Desk, entered: Entered) -> None:
        note = text(entered, "note")
        told.extend(await reviewing.approve(desk, chosen(entered), note))

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, attempt)

    codes = await codes_of(request)
    response = await submitted(request, desk, act, again, then="")
    if response.status_code == 303:
        results = [result(desk, each, codes) for each in told]
        return await show(request, desk, FIRST_LOOK, results=results)
    return response


async def show(
    request: Request,
    desk: Desk,
    attempt: Attempt,
    *,
    results: Told | None = None,
) -> Response:
    require_staff(desk)
    after = request.query_params.get("after")
    found, called = await together(
        desk.ask("workflow.approvals", after=after), naming(desk)
    )
    return page(
        request,
        desk,
        "staff/approvals.html",
        attempt,
        items=[item(desk, each) for each in listed(found)],
        next=found["next"],
        after=after,
        called=called,
        results=results,
        compared=compared,
    )


def item(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    """A row with how urgent it is, and why it cannot be signed, if it cannot."""
    due_at = languages.local(row["due_at"])
    why = row["hindrance"]
    return row | {
        "urgency": overview.urgency(due_at, row["status"], desk.parts.now()),
        "why_not": why and languages.refusal(why, desk.language),
        "choice": f"{row['case_id']}~{row['version']}~{row['step']}",
    }


def chosen(entered: Entered) -> list[dict[str, Any]]:
    """Which results, each in the version that was on the screen."""
    found = [CHOICE.fullmatch(each) for each in ticked(entered, "item")]
    if items := [
        {"case_id": each[1], "version": int(each[2]), "step": each[3]}
        for each in found
        if each
    ]:
        return items
    raise NothingChosenError


async def codes_of(request: Request) -> dict[str, str]:
    """By what people call the cases of the form."""
    form = await request.form()
    named = (str(each).partition("~") for each in form.getlist("code"))
    return {case: code for case, _, code in named}


def result(desk: Desk, told: dict[str, Any], codes: dict[str, str]) -> dict[str, Any]:
    """What became of one result, in the reader's words."""
    known = told | {"name": codes.get(told["case_id"], told["case_id"])}
    if told["ok"]:
        return known | {"message": languages.word("approved_one", desk.language)}
    code, message = told.get("code") or "", told.get("message") or ""
    return known | {"message": languages.refusal(code, desk.language, message)}


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """A text with what was taken out and put in, word by word."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    found: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(("out", "".join(old[a:b])))
        if d > c:
            found.append(("in", "".join(new[c:d])))
    return found
