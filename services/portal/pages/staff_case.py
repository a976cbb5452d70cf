"""What an officer does with a case: each form of its page."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import answers
from services.portal.desk import Desk, Place
from services.portal.errors import OutcomeMissingError
from services.portal.pages import supplements
from services.portal.pages.case_commands import arguments
from services.portal.pages.case_table import Found, show, where
from services.portal.pages.forms import Act, Entered, Person, submitted, text
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt

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

    there = where(request, done=done)
    then = f"/{desk.language}/staff/cases/{case_id}{there}"
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
