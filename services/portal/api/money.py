"""Money: paid online, by transfer, and back."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Header, Query, Request

from services.portal import paying
from services.portal.api.answers import done
from services.portal.api.models import Done, Listed, Reason
from services.portal.api.money_models import (
    Match,
    OnlinePayment,
    OnlinePaymentAnswer,
    RefundDecision,
    RefundWish,
    Statement,
)
from services.portal.asking import POSITION, Anybody, Known, Ordering

router = APIRouter(tags=["money"])

NOTHING_SAID = OnlinePayment()


@router.get("/dossiers/{dossier_id}/ways-to-pay")
async def ways_to_pay(dossier_id: UUID, desk: Known) -> Any:
    """What is due now, and how it can be paid besides at the counter."""
    return await desk.ask("intake.ways_to_pay", dossier_id=dossier_id)


@router.post(
    "/dossiers/{dossier_id}/online-payments",
    status_code=201,
    response_model=OnlinePaymentAnswer,
)
async def begin_payment(
    dossier_id: UUID,
    request: Request,
    desk: Ordering,
    wanted: OnlinePayment = NOTHING_SAID,
) -> Any:
    """Begin to pay online what is due. The gateway tells us how it ends."""
    payment_id = wanted.id or paying.payment_of(desk)
    place = await paying.begin(desk, request, dossier_id, payment_id)
    return done(place, 201, **await paying.payment(desk, dossier_id, payment_id))


@router.get("/dossiers/{dossier_id}/online-payments/{payment_id}")
async def payment(dossier_id: UUID, payment_id: UUID, desk: Known) -> Any:
    """How an attempt to pay online stands."""
    return await paying.payment(desk, dossier_id, payment_id)


@router.get("/payments/vnpay/ipn")
async def notice(request: Request, desk: Anybody) -> Any:
    """The gateway's notice. Its signature is its proof; it answers in its own words."""
    return await paying.notice(desk, request)


@router.post("/transfers", response_model=Done)
async def take_transfers(wanted: Statement, desk: Ordering) -> Any:
    """Enter a bank's statement: what matches is paid, what does not waits."""
    lines = wanted.model_dump(mode="json")["lines"]
    return done(await desk.order("intake.take_transfers", lines=lines))


@router.get("/reconciliation", response_model=Listed)
async def reconciliation(
    desk: Known,
    state: Literal["open", "matched", "dismissed"] | None = "open",
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    x_guichet_position: Annotated[str, Header()] = "",
) -> Any:
    """Money that waits for a person, the oldest first."""
    return await desk.ask(
        "intake.reconciliation",
        state=state,
        after=after,
        limit=limit,
        seen=seen(x_guichet_position),
    )


@router.post("/reconciliation/{transfer_id}/match", response_model=Done)
async def match(transfer_id: UUID, wanted: Match, desk: Ordering) -> Any:
    """Say which dossier a transfer was for: it is paid with it."""
    dossier_id = await paying.dossier_named(desk, wanted.dossier)
    place = await desk.order(
        "intake.match_transfer", transfer_id=transfer_id, dossier_id=dossier_id
    )
    return done(place)


@router.post("/reconciliation/{transfer_id}/dismissal", response_model=Done)
async def dismiss(transfer_id: UUID, wanted: Reason, desk: Ordering) -> Any:
    """Set a transfer aside that was for none of our dossiers, and say why."""
    place = await desk.order(
        "intake.dismiss_transfer", transfer_id=transfer_id, reason=wanted.reason
    )
    return done(place)


@router.get("/refunds", response_model=Listed)
async def refunds(
    desk: Known,
    after: str | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    x_guichet_position: Annotated[str, Header()] = "",
) -> Any:
    """Refunds that wait for a decision, the oldest first."""
    return await desk.ask(
        "intake.refunds", after=after, limit=limit, seen=seen(x_guichet_position)
    )


@router.post("/dossiers/{dossier_id}/refunds", status_code=201, response_model=Done)
async def propose_refund(dossier_id: UUID, wanted: RefundWish, desk: Ordering) -> Any:
    """Propose to pay something back. Somebody else decides."""
    place = await desk.order(
        "intake.propose_refund", dossier_id=dossier_id, **wanted.model_dump()
    )
    return done(place, 201)


@router.post(
    "/dossiers/{dossier_id}/refunds/{payment_id}/decision", response_model=Done
)
async def decide_refund(
    dossier_id: UUID, payment_id: UUID, wanted: RefundDecision, desk: Ordering
) -> Any:
    """Grant or deny a refund that somebody else proposed."""
    place = await desk.order(
        "intake.decide_refund",
        dossier_id=dossier_id,
        payment_id=payment_id,
        **wanted.model_dump(),
    )
    return done(place)


def seen(position: str) -> int | None:
    """The place in intake's log that the answer must include."""
    place = POSITION.fullmatch(position)
    return int(place[2]) if place and place[1] == "intake" else None
