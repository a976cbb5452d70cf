"""What an officer does with a case: each form of its page."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import answers, reviewing, writing
from services.portal.desk import Desk, Place
from services.portal.errors import OutcomeMissingError
from services.portal.pages import supplements
from services.portal.pages.case_commands import arguments
from services.portal.pages.case_table import Found, neighbours, show, where
from services.portal.pages.filters import Filters
from services.portal.pages.forms import Act, Entered, Person, submitted, text
from services.portal.pages.officers import naming, require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt
from services.portal.pages.staff_decide import with_phrase

router = APIRouter()


@router.get("/staff/cases/{case_id}")
async def case(request: Request, case_id: UUID, desk: Person) -> Response:
    return await show(request, desk, case_id, FIRST_LOOK)


async def act_on(
    request: Request, desk: Desk, case_id: UUID, act: Act, done: str
) -> Response:
    """Done on what its officer saw; what others did meanwhile is told first."""
    require_staff(desk)
    form = await request.form()

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, case_id, attempt)

    async def informed(desk: Desk, entered: Entered) -> Place | None:
        called = await naming(desk)
        await reviewing.require_unchanged(desk, case_id, seen(entered), called)
        place = await act(desk, entered)
        await writing.sent(desk, case_id, text(entered, "typed"))
        return place

    if name := str(form.get("insert", "")):
        return await again(Attempt(None, await with_phrase(desk, form, name)))
    then = await after(request, desk, case_id, str(form.get("then", "")), done)
    return await submitted(request, desk, informed, again, then=then)


async def after(
    request: Request, desk: Desk, case_id: UUID, then: str, done: str
) -> str:
    """The same case again; or the next of the list one came from, or that list."""
    staff = f"/{desk.language}/staff"
    if then != "next":
        return f"{staff}/cases/{case_id}{where(request, done=done)}"
    filters = Filters.read(request.query_params)
    beside = await neighbours(request, desk, case_id)
    if follows := beside["next"]:
        query = filters.query(step=follows["step"], done="decided_next")
        return f"{staff}/cases/{follows['case_id']}{query}"
    return f"{staff}/queue{filters.query(done='decided_last')}"


def seen(entered: Entered) -> int | None:
    """The version of the case that was on the screen."""
    given = text(entered, "seen")
    return int(given) if given.isdecimal() and len(given) < 10 else None


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
        return await desk.order(
            "workflow.ask_supplement",
            case_id=case_id,
            step=step,
            items=supplements.items(entered),
            note=text(entered, "note"),
        )

    return await act_on(request, desk, case_id, act, "asked")


@router.post("/staff/cases/{case_id}/commands/{name}")
async def command(request: Request, case_id: UUID, name: str, desk: Person) -> Response:
    """Whatever else may be done with the case at this moment."""

    async def act(desk: Desk, entered: Entered) -> Place:
        given = arguments(name, entered)
        return await desk.order(f"workflow.{name}", case_id=case_id, **given)

    return await act_on(request, desk, case_id, act, f"do_{name}")


def expected(found: Found, step: str) -> list[Found]:
    """What the officer of a step is to find out."""
    return next(
        (each.get("facts", []) for each in found["steps"] if each["step"] == step), []
    )


def chosen(entered: Entered, name: str = "outcome") -> str:
    if choice := text(entered, name):
        return choice
    raise OutcomeMissingError
