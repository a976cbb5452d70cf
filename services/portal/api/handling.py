"""What is done with a case besides its steps: it rests, ends, or is late."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.portal.api.answers import done
from services.portal.api.models import Done
from services.portal.api.work_models import (
    Approval,
    Cancellation,
    CoHandler,
    Consultation,
    Extension,
    Opinion,
    PaymentRequest,
    Recall,
    Rejection,
    Rest,
    Resumption,
    SendBack,
    SupplementLeave,
    WithdrawalDecision,
)
from services.portal.asking import Ordering
from services.portal.domain import officer

router = APIRouter(prefix="/cases/{case_id}", tags=["cases"])


@router.post("/steps/{step}/sending-back", response_model=Done)
async def send_back(case_id: UUID, step: str, wanted: SendBack, desk: Ordering) -> Any:
    """Send the case back to the step before, which opens again."""
    place = await desk.order(
        "workflow.send_back", case_id=case_id, step=step, note=wanted.note
    )
    return done(place)


@router.post("/recall", response_model=Done)
async def recall(case_id: UUID, wanted: Recall, desk: Ordering) -> Any:
    """Take a step back that you finished, while nobody after you has acted."""
    place = await desk.order("workflow.recall", case_id=case_id, step=wanted.step)
    return done(place)


@router.post("/suspension", response_model=Done)
async def suspend(case_id: UUID, wanted: Rest, desk: Ordering) -> Any:
    """Let the case rest on a legal basis; the clock stands still."""
    place = await desk.order("workflow.suspend", case_id=case_id, **wanted.model_dump())
    return done(place)


@router.post("/resumption", response_model=Done)
async def resume(case_id: UUID, wanted: Resumption, desk: Ordering) -> Any:
    """Go on with a suspended case; the clock runs again."""
    place = await desk.order("workflow.resume", case_id=case_id, note=wanted.note)
    return done(place)


@router.post("/stop", response_model=Done)
async def stop(case_id: UUID, wanted: Rest, desk: Ordering) -> Any:
    """End the case before a result, on a legal basis (form 05)."""
    place = await desk.order("workflow.stop", case_id=case_id, **wanted.model_dump())
    return done(place)


@router.post("/withdrawal-decision", response_model=Done)
async def decide_withdrawal(
    case_id: UUID, wanted: WithdrawalDecision, desk: Ordering
) -> Any:
    """Say whether the applicant may take the dossier back."""
    place = await desk.order(
        "workflow.decide_withdrawal", case_id=case_id, **wanted.model_dump()
    )
    return done(place)


@router.post("/steps/{step}/consultations", response_model=Done)
async def consult(
    case_id: UUID, step: str, wanted: Consultation, desk: Ordering
) -> Any:
    """Ask other units for their opinion, each with its own deadline."""
    place = await desk.order(
        "workflow.consult", case_id=case_id, step=step, **wanted.model_dump()
    )
    return done(place)


@router.post("/steps/{step}/cancellation", response_model=Done)
async def cancel_consultation(
    case_id: UUID, step: str, wanted: Cancellation, desk: Ordering
) -> Any:
    """Ask a consulted unit no longer; `step` is the consultation's."""
    place = await desk.order(
        "workflow.cancel_consultation",
        case_id=case_id,
        step=step,
        reason=wanted.reason,
    )
    return done(place)


@router.post("/steps/{step}/co-handlers", response_model=Done)
async def add_co_handler(
    case_id: UUID, step: str, wanted: CoHandler, desk: Ordering
) -> Any:
    """Let another officer work on a step beside who has it."""
    place = await desk.order(
        "workflow.add_co_handler",
        case_id=case_id,
        step=step,
        officer=officer(wanted.officer),
    )
    return done(place)


@router.post("/steps/{step}/opinions", response_model=Done)
async def give_opinion(
    case_id: UUID, step: str, wanted: Opinion, desk: Ordering
) -> Any:
    """Say what you think of it, as a co-handler."""
    place = await desk.order(
        "workflow.give_opinion", case_id=case_id, step=step, text=wanted.text
    )
    return done(place)


@router.post("/payment-request", response_model=Done)
async def ask_payment(case_id: UUID, wanted: PaymentRequest, desk: Ordering) -> Any:
    """Ask the applicant to pay; the clock stands still until then."""
    place = await desk.order(
        "workflow.ask_payment", case_id=case_id, **wanted.model_dump()
    )
    return done(place)


@router.post("/supplement-leave", response_model=Done)
async def allow_supplement(
    case_id: UUID, wanted: SupplementLeave, desk: Ordering
) -> Any:
    """Allow one more supplement than the procedure does, on a legal basis."""
    place = await desk.order(
        "workflow.allow_supplement", case_id=case_id, legal_basis=wanted.legal_basis
    )
    return done(place)


@router.post("/result-withdrawal", response_model=Done)
async def withdraw_result(case_id: UUID, wanted: Rest, desk: Ordering) -> Any:
    """Call back a sealed result before its applicant has it."""
    place = await desk.order(
        "workflow.withdraw_result", case_id=case_id, **wanted.model_dump()
    )
    return done(place)


@router.post("/extension", response_model=Done)
async def propose_extension(case_id: UUID, wanted: Extension, desk: Ordering) -> Any:
    """Propose a new date, and the apology for it (form 04)."""
    place = await desk.order(
        "workflow.propose_extension", case_id=case_id, **wanted.model_dump()
    )
    return done(place)


@router.post("/extension-approval", response_model=Done)
async def approve_extension(
    case_id: UUID, desk: Ordering, wanted: Approval | None = None
) -> Any:
    """Approve the new date that somebody else proposed, or the system drafted."""
    reason = wanted.reason if wanted else ""
    place = await desk.order(
        "workflow.approve_extension", case_id=case_id, reason=reason
    )
    return done(place)


@router.post("/extension-rejection", response_model=Done)
async def reject_extension(case_id: UUID, wanted: Rejection, desk: Ordering) -> Any:
    """Reject the new date that somebody proposed."""
    place = await desk.order(
        "workflow.reject_extension", case_id=case_id, reason=wanted.reason
    )
    return done(place)
