"""One dossier at the desk: received, completed, paid, handed over, printed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup
from starlette.datastructures import MultiDict

from services.portal import downloads, forms_schema, limits, scanning
from services.portal.counter.decisions import Decision
from services.portal.counter.handling import handle
from services.portal.counter.screen import AT_THE_DESK, METHODS, definition_of
from services.portal.desk import Desk, Place, together
from services.portal.pages.forms import Entered, Person, submitted
from services.portal.pages.officers import listed, require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from shared.errors import NotAllowedError

router = APIRouter()

DESKS = ("front_desk", "return_officer", "cashier", "unit_leader", "agency_leader")
DRAFT, SUBMITTED, READY = 0, 1, 9
FORMS = ("receipt", "supplement", "refusal")  # forms 01, 02 and 03
WITH_FORM = (2, 3, 5)  # received, refused, asked to be completed
BY_HAND = ("shown", "handed_over")
SHOWN_HERE = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; "
    "frame-ancestors 'self'"
)


def require_counter(desk: Desk) -> None:
    require_staff(desk)
    if not desk.actor.has(*DESKS):
        raise NotAllowedError


@router.get("/staff/desk/dossiers/{dossier_id}")
async def dossier(request: Request, dossier_id: UUID, desk: Person) -> Response:
    require_counter(desk)
    return await show(request, desk, dossier_id, FIRST_LOOK)


@router.post("/staff/desk/dossiers/{dossier_id}")
async def change(request: Request, dossier_id: UUID, desk: Person) -> Response:
    require_counter(desk)
    entered = MultiDict(await request.form())
    decision = Decision.of(entered)

    async def act(desk: Desk, entered: Entered) -> Place | None:
        return await handle(desk, dossier_id, decision, entered)

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, dossier_id, attempt)

    here = f"/{desk.language}/staff/desk/dossiers/{dossier_id}"
    then = f"{here}?done=desk_{decision.go}"
    if decision.go == "discard":
        then = f"/{desk.language}/staff/desk/today?done=desk_discard"
    return await submitted(request, desk, act, again, then=then)


@router.get("/staff/desk/papers/{paper_id}")
async def paper(paper_id: UUID, desk: Person) -> Response:
    """The sealed PDF of ours, in a frame of ours, so that one key prints it."""
    require_counter(desk)
    answer = await downloads.stream_paper(desk, paper_id)
    kept = answer.headers["Content-Disposition"]
    answer.headers["Content-Disposition"] = kept.replace("attachment", "inline", 1)
    answer.headers["Content-Security-Policy"] = SHOWN_HERE
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    return answer


@router.get("/staff/desk/drafts/{dossier_id}")
async def go_on(dossier_id: UUID, desk: Person) -> Response:
    """A filing that was kept is typed on where it stopped."""
    require_counter(desk)
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    here = f"/{desk.language}/staff/desk"
    if content["status"] != DRAFT or content["channel"] == "online":
        return RedirectResponse(f"{here}/dossiers/{dossier_id}", 303)
    address = f"{here}?procedure={content['procedure']}&dossier={dossier_id}"
    return RedirectResponse(address, 303)


@router.get("/staff/desk/dossiers/{dossier_id}/phone/{code}")
async def phone(
    request: Request, dossier_id: UUID, code: str, desk: Person
) -> Response:
    """The applicant's or the desk's phone brings photos of one document."""
    require_counter(desk)
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    address = scanning.address(desk, scanning.token(desk, dossier_id, code))
    return page(
        request,
        desk,
        "staff/desk/phone.html",
        document=limits.document_of(content, code),
        address=address,
        picture=Markup(scanning.code(address)),  # noqa: S704 -- drawn by us
        minutes=int(scanning.LASTS.total_seconds()) // 60,
        back=f"/{desk.language}/staff/desk/drafts/{dossier_id}",
    )


async def show(
    request: Request, desk: Desk, dossier_id: UUID, attempt: Attempt
) -> Response:
    content = await desk.ask("intake.dossier", dossier_id=dossier_id)
    papers, problems = await together(
        desk.try_to_ask("signing.papers", dossier_id=dossier_id),
        desk.try_to_ask("intake.problems", dossier_id=dossier_id),
    )
    definition = await definition_of(desk, content["procedure"], content)
    waits = content["status"] in (DRAFT, SUBMITTED) and desk.actor.has("front_desk")
    issued = [each for each in listed(papers) if each.get("state") == "issued"]
    forms = [each for each in issued if each["kind"] in FORMS]
    return page(
        request,
        desk,
        "staff/desk/dossier.html",
        attempt,
        it=content,
        definition=definition,
        papers=listed(papers),
        newest=max(forms, key=lambda each: each["issued_at"], default=None),
        problems=listed(problems) if waits else [],
        rows=rows_of(desk, definition, content),
        to_bring=to_bring(content) if waits else [],
        fields=own_fields(desk, definition, content, attempt) if waits else [],
        waits=waits,
        is_ready=content["status"] == READY and desk.actor.has("return_officer"),
        methods=METHODS[:-1],
        is_paper_coming=content["status"] in WITH_FORM and not forms,
    )


def rows_of(
    desk: Desk, definition: dict[str, Any], content: dict[str, Any]
) -> list[forms_schema.Input]:
    """What was answered, to be compared with the paper on the counter."""
    common = desk.parts.directory.common
    parts = forms_schema.sections(definition, common, asked=AT_THE_DESK)
    fields = [each for part in parts for each in part.fields]
    where = forms_schema.Circumstances(
        language=desk.language,
        common=common,
        visible={each["name"] for each in fields if each["name"] in content["answers"]},
        values=content["answers"],
        locked={each["name"] for each in fields},
    )
    return forms_schema.inputs(fields, {}, where)


def to_bring(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Papers that come to the counter by hand and were not seen yet."""
    return [
        each
        for each in content["documents"]
        if each["manner"] in BY_HAND and each["state"] == "missing"
    ]


def own_fields(
    desk: Desk, definition: dict[str, Any], content: dict[str, Any], attempt: Attempt
) -> list[forms_schema.Input]:
    """What only the front desk fills in."""
    common = desk.parts.directory.common
    parts = forms_schema.sections(definition, common, asked=frozenset({"front_desk"}))
    fields = [each for part in parts for each in part.fields]
    entered = attempt.entered or forms_schema.answers_to_entered(
        fields, content["answers"], desk.language
    )
    problems = attempt.problem.errors if attempt.problem else []
    where = forms_schema.Circumstances(desk.language, common, problems)
    return forms_schema.inputs(fields, entered, where)
