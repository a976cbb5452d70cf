"""The reconciliation queue: money that waits until a person knows what it was for."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import Response
from pydantic import ValidationError
from starlette.datastructures import UploadFile as Sent

from services.portal import paying
from services.portal.api.money_models import Statement
from services.portal.desk import Desk, Place
from services.portal.errors import FileMissingError, StatementUnreadableError
from services.portal.pages.forms import Act, Entered, Person, submitted, text
from services.portal.pages.officers import require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page

router = APIRouter()

STATES = ("open", "matched", "dismissed")


@router.get("/staff/reconciliation")
async def reconciliation(request: Request, desk: Person) -> Response:
    return await show(request, desk, FIRST_LOOK)


@router.post("/staff/reconciliation")
async def take_statement(request: Request, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        sent = entered.get("file")
        if not isinstance(sent, Sent | UploadFile) or not sent.filename:
            raise FileMissingError
        content = await sent.read()
        await sent.close()
        return await desk.order("intake.take_transfers", lines=statement(content))

    return await changed(request, desk, act)


@router.post("/staff/reconciliation/{transfer_id}/match")
async def match(request: Request, transfer_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        dossier_id = await paying.dossier_named(desk, text(entered, "dossier"))
        return await desk.order(
            "intake.match_transfer", transfer_id=transfer_id, dossier_id=dossier_id
        )

    return await changed(request, desk, act)


@router.post("/staff/reconciliation/{transfer_id}/dismissal")
async def dismiss(request: Request, transfer_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        reason = text(entered, "reason")
        return await desk.order(
            "intake.dismiss_transfer", transfer_id=transfer_id, reason=reason
        )

    return await changed(request, desk, act)


async def changed(request: Request, desk: Desk, act: Act) -> Response:
    require_staff(desk)

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, attempt)

    then = f"/{desk.language}/staff/reconciliation?done=done"
    return await submitted(request, desk, act, again, then=then)


async def show(request: Request, desk: Desk, attempt: Attempt) -> Response:
    require_staff(desk)
    state = request.query_params.get("state", "open")
    after = request.query_params.get("after")
    state = state if state in STATES else "open"
    found = await desk.ask("intake.reconciliation", state=state, after=after)
    return page(
        request,
        desk,
        "staff/reconciliation.html",
        attempt,
        state=state,
        states=STATES,
        items=found["items"],
        next=found["next"],
        after=after,
        may_enter=desk.actor.has("cashier"),
    )


def statement(content: bytes) -> list[dict[str, Any]]:
    """The lines of a file as the API takes them, or as a bare list."""
    try:
        told = json.loads(content)
        body = {"lines": told} if isinstance(told, list) else told
        lines = Statement.model_validate(body).model_dump(mode="json")["lines"]
    except (ValueError, RecursionError, ValidationError):
        raise StatementUnreadableError from None
    return list(lines)
