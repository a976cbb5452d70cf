"""What is done with a dossier: handed in, received, completed, paid, withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.portal.api.answers import done
from services.portal.api.models import (
    Assessment,
    Done,
    Exemption,
    HandOver,
    Payment,
    RecordPaper,
    Refusal,
    Supplement,
    SupplementLeave,
    Withdrawal,
)
from services.portal.asking import Ordering

router = APIRouter(prefix="/dossiers/{dossier_id}", tags=["filing"])


@router.post("/submission", response_model=Done)
async def submit(dossier_id: UUID, desk: Ordering) -> Any:
    """Hand the dossier in. From now on the administration has to answer."""
    return done(await desk.order("intake.submit_dossier", dossier_id=dossier_id))


@router.post("/acceptance", response_model=Done)
async def accept(dossier_id: UUID, desk: Ordering) -> Any:
    """Receive the dossier: it gets its code and its date, and the clock runs."""
    return done(await desk.order("intake.accept_dossier", dossier_id=dossier_id))


@router.post("/refusal", response_model=Done)
async def refuse(dossier_id: UUID, wanted: Refusal, desk: Ordering) -> Any:
    """Do not receive the dossier, for reasons its applicant reads (form 03)."""
    place = await desk.order(
        "intake.refuse_dossier",
        dossier_id=dossier_id,
        reasons=wanted.reasons,
        note=wanted.note,
    )
    return done(place)


@router.post("/supplement", response_model=Done)
async def request_supplement(
    dossier_id: UUID, wanted: Supplement, desk: Ordering
) -> Any:
    """Ask the applicant to complete the dossier, everything at once (form 02)."""
    place = await desk.order(
        "intake.request_supplement",
        dossier_id=dossier_id,
        items=wanted.items,
        note=wanted.note,
    )
    return done(place)


@router.post("/supplement-leave", response_model=Done)
async def allow_supplement(
    dossier_id: UUID, wanted: SupplementLeave, desk: Ordering
) -> Any:
    """Give leave to ask the applicant once more than usual."""
    place = await desk.order(
        "intake.allow_supplement",
        dossier_id=dossier_id,
        legal_basis=wanted.legal_basis,
    )
    return done(place)


@router.post("/supplement-answer", response_model=Done)
async def answer_supplement(dossier_id: UUID, desk: Ordering) -> Any:
    """Say that what was asked for is now there."""
    return done(await desk.order("intake.answer_supplement", dossier_id=dossier_id))


@router.post("/withdrawal", response_model=Done)
async def withdraw(dossier_id: UUID, wanted: Withdrawal, desk: Ordering) -> Any:
    """Take the dossier back; after its acceptance the authority decides on it."""
    place = await desk.order(
        "intake.withdraw_dossier", dossier_id=dossier_id, reason=wanted.reason
    )
    return done(place)


@router.post("/payments", response_model=Done)
async def pay(dossier_id: UUID, wanted: Payment, desk: Ordering) -> Any:
    """Record money taken at the counter."""
    place = await desk.order(
        "intake.record_payment", dossier_id=dossier_id, **wanted.model_dump()
    )
    return done(place)


@router.post("/exemptions", response_model=Done)
async def exempt(dossier_id: UUID, wanted: Exemption, desk: Ordering) -> Any:
    """Accept that the applicant belongs to a group that pays less."""
    place = await desk.order(
        "intake.accept_exemption", dossier_id=dossier_id, group=wanted.group
    )
    return done(place)


@router.post("/hand-over", response_model=Done)
async def hand_over(dossier_id: UUID, wanted: HandOver, desk: Ordering) -> Any:
    """Give the result to whoever may take it; with that the dossier is closed."""
    place = await desk.order(
        "intake.hand_over_result", dossier_id=dossier_id, receiver=wanted.receiver
    )
    return done(place)


@router.put("/documents/{code}/paper", response_model=Done)
async def record_paper(
    dossier_id: UUID, code: str, wanted: RecordPaper, desk: Ordering
) -> Any:
    """Record a paper that was shown or handed over, not uploaded."""
    place = await desk.order(
        "intake.record_paper",
        dossier_id=dossier_id,
        document=code,
        **wanted.model_dump(),
    )
    return done(place)


@router.put("/documents/{code}/assessment", response_model=Done)
async def assess(
    dossier_id: UUID, code: str, wanted: Assessment, desk: Ordering
) -> Any:
    """Say whether a document is what it should be."""
    place = await desk.order(
        "intake.assess_document",
        dossier_id=dossier_id,
        document=code,
        **wanted.model_dump(),
    )
    return done(place)
