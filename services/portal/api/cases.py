"""Cases: their steps claimed, finished; results proposed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder

from services.portal.api.answers import done, versioned
from services.portal.api.models import Assign, Completion, Done, Proposal, Supplement
from services.portal.asking import Known, Ordering
from services.portal.domain import officer

router = APIRouter(tags=["cases"])


@router.get("/cases/{case_id}")
async def case(case_id: UUID, desk: Known) -> Any:
    """A case: its steps, their state, what was proposed."""
    return versioned(await desk.ask("workflow.case", case_id=case_id))


@router.get("/dossiers/{dossier_id}/case")
async def case_of(dossier_id: UUID, desk: Known) -> Any:
    """The case of a dossier that was accepted."""
    return versioned(await desk.ask("workflow.case_of", dossier_id=dossier_id))


@router.post("/cases/{case_id}/steps/{step}/claim", response_model=Done)
async def claim(case_id: UUID, step: str, desk: Ordering) -> Any:
    """Take a step from the queue of your unit."""
    return done(await desk.order("workflow.claim_step", case_id=case_id, step=step))


@router.post("/cases/{case_id}/steps/{step}/assignment", response_model=Done)
async def assign(case_id: UUID, step: str, wanted: Assign, desk: Ordering) -> Any:
    """Give a step to an officer of your unit."""
    place = await desk.order(
        "workflow.assign_step",
        case_id=case_id,
        step=step,
        assignee=officer(wanted.assignee),
    )
    return done(place)


@router.post("/cases/{case_id}/steps/{step}/completion", response_model=Done)
async def finish(case_id: UUID, step: str, wanted: Completion, desk: Ordering) -> Any:
    """Finish a step; at the signature of the authority this approves the result."""
    place = await desk.order(
        "workflow.finish_step",
        case_id=case_id,
        step=step,
        outcome=wanted.outcome,
        note=wanted.note,
        facts=jsonable_encoder(wanted.facts),
    )
    return done(place)


@router.post("/cases/{case_id}/steps/{step}/proposal", response_model=Done)
async def propose(case_id: UUID, step: str, wanted: Proposal, desk: Ordering) -> Any:
    """Propose a result. Somebody else will have to approve it."""
    place = await desk.order(
        "workflow.propose_result", case_id=case_id, step=step, **wanted.model_dump()
    )
    return done(place)


@router.post("/cases/{case_id}/steps/{step}/supplement", response_model=Done)
async def ask_supplement(
    case_id: UUID, step: str, wanted: Supplement, desk: Ordering
) -> Any:
    """Ask the applicant for what the review found missing."""
    place = await desk.order(
        "workflow.ask_supplement", case_id=case_id, step=step, **wanted.model_dump()
    )
    return done(place)
