"""What is still to be done before a dossier can be sent, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.portal import languages
from services.portal.desk import Desk
from services.portal.filling import (
    ASKED,
    BLOCKED,
    DRAFT,
    NOT_BEGUN,
    Filling,
    filling,
    section_name,
)
from services.portal.pages.form_page import clock
from services.portal.pages.forms import Person
from services.portal.pages.rendering import page

router = APIRouter()


@dataclass(frozen=True)
class Task:
    """One line of the list; without address it cannot be begun yet."""

    label: str
    state: str
    address: str = ""
    hint: str = ""


@router.get("/dossiers/{dossier_id}/tasks")
async def tasks(request: Request, dossier_id: UUID, desk: Person) -> Response:
    it = await filling(desk, dossier_id)
    if it.content["status"] not in (DRAFT, ASKED):
        return RedirectResponse(f"/{desk.language}/dossiers/{dossier_id}", 303)
    groups = [
        ("tasks_form", list(form_tasks(it, desk))),
        ("tasks_send", list(last_tasks(it, desk))),
    ]
    done = sum(each.state == "done" for _, group in groups for each in group)
    return page(
        request,
        desk,
        "tasks.html",
        it=it,
        groups=groups,
        n_done=done,
        n_all=sum(len(group) for _, group in groups),
        saved_at=clock(it.draft.saved_at),
    )


def form_tasks(it: Filling, desk: Desk) -> Iterator[Task]:
    folder = f"/{desk.language}/dossiers/{it.dossier_id}"
    for section in it.sections:
        name = section_name(section, desk.language)
        address = f"{folder}/form/{it.begin(section).id}"
        yield Task(name, it.state(section), address)


def last_tasks(it: Filling, desk: Desk) -> Iterator[Task]:
    """What comes when the form is filled in."""
    folder = f"/{desk.language}/dossiers/{it.dossier_id}"
    if it.content["documents"]:
        name = languages.word("documents", desk.language)
        yield Task(name, it.paper_state, f"{folder}/documents")
    name = languages.word("check_and_send", desk.language)
    if it.is_ready:
        yield Task(name, NOT_BEGUN, f"{folder}/check")
    else:
        yield Task(name, BLOCKED, hint="blocked_hint")
