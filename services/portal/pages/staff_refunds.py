"""Money that goes back: proposed for a payment of a dossier, decided by another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.portal import paying
from services.portal.desk import Desk, Place
from services.portal.errors import NothingChosenError, RefundAmountError
from services.portal.pages.forms import (
    Act,
    Entered,
    Person,
    problem_of,
    submitted,
    text,
)
from services.portal.pages.officers import naming, require_staff
from services.portal.pages.rendering import FIRST_LOOK, Attempt, page
from shared.errors import DomainError, NotAllowedError, Refused

router = APIRouter(prefix="/staff/refunds")

DECIDERS = ("manager", "agency_leader")
ROLES = ("cashier", "front_desk", *DECIDERS, "auditor")
ON_A_PAGE = 25
LARGEST = 10**12
SEPARATORS = re.compile(r"[\s.,₫đ]")
ANSWERS = {"grant": True, "deny": False}


@router.get("")
async def refunds(request: Request, desk: Person, dossier: str = "") -> Response:
    """What waits, and the way to a dossier by what stands on its papers."""
    require_role(desk)
    wanted = dossier.strip()[:100]
    if not wanted:
        return await waiting(request, desk, FIRST_LOOK)
    try:
        found = await paying.dossier_named(desk, wanted)
        return await show(request, desk, found, FIRST_LOOK)
    except (Refused, DomainError) as error:
        attempt = Attempt(problem_of(error, desk.language), {})
        return await waiting(request, desk, attempt, wanted)


@router.get("/{dossier_id}")
async def of_dossier(request: Request, dossier_id: UUID, desk: Person) -> Response:
    require_role(desk)
    return await show(request, desk, dossier_id, FIRST_LOOK)


@router.post("/{dossier_id}")
async def propose(request: Request, dossier_id: UUID, desk: Person) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        return await desk.order(
            "intake.propose_refund",
            dossier_id=dossier_id,
            payment_id=payment_in(entered),
            amount=amount_in(entered),
            reason=text(entered, "reason"),
        )

    return await changed(request, desk, dossier_id, act, "refund_proposed")


@router.post("/{dossier_id}/{payment_id}")
async def decide(
    request: Request, dossier_id: UUID, payment_id: UUID, desk: Person
) -> Response:
    async def act(desk: Desk, entered: Entered) -> Place:
        answer = ANSWERS.get(text(entered, "answer"))
        if answer is None:
            raise NothingChosenError("answer")
        return await desk.order(
            "intake.decide_refund",
            dossier_id=dossier_id,
            payment_id=payment_id,
            granted=answer,
            reason=text(entered, "reason"),
        )

    return await changed(request, desk, dossier_id, act, "refund_decided")


async def changed(
    request: Request, desk: Desk, dossier_id: UUID, act: Act, done: str
) -> Response:
    require_role(desk)

    async def again(attempt: Attempt) -> Response:
        return await show(request, desk, dossier_id, attempt)

    then = f"/{desk.language}/staff/refunds/{dossier_id}?done={done}"
    return await submitted(request, desk, act, again, then=then)


async def waiting(
    request: Request, desk: Desk, attempt: Attempt, wanted: str = ""
) -> Response:
    after = request.query_params.get("after") or None
    found = await desk.ask("intake.refunds", limit=ON_A_PAGE, after=after)
    return page(
        request,
        desk,
        "staff/refunds.html",
        attempt,
        items=found["items"],
        next=found["next"],
        after=after,
        wanted=wanted,
        decides=desk.actor.has(*DECIDERS),
        called=await naming(desk),
    )


async def show(
    request: Request, desk: Desk, dossier_id: UUID, attempt: Attempt
) -> Response:
    content = await desk.ask("intake.refund", dossier_id=dossier_id)
    pending, you = content["refund"], content["you"]
    by_me = bool(pending) and pending["proposed_by"] == desk.actor.subject
    return page(
        request,
        desk,
        "staff/refund.html",
        attempt,
        dossier=content,
        pending=pending,
        payments=content["payments"],
        by_me=by_me,
        may_propose=you["may_propose"],
        may_decide=you["may_decide"] and not by_me,
        called=await naming(desk),
    )


def payment_in(entered: Mapping[str, Any]) -> UUID:
    try:
        return UUID(text(entered, "payment"))
    except ValueError:
        raise NothingChosenError("payment") from None


def amount_in(entered: Mapping[str, Any]) -> int:
    """Whole dong, as people write them: with dots or spaces between thousands."""
    digits = SEPARATORS.sub("", text(entered, "amount"))
    amount = int(digits) if digits.isascii() and digits.isdigit() else 0
    if not 0 < amount <= LARGEST:
        raise RefundAmountError(amount)
    return amount


def require_role(desk: Desk) -> None:
    require_staff(desk)
    if not desk.actor.has(*ROLES):
        raise NotAllowedError(desk.actor.subject)
