"""What is on record about a dossier: history, papers, messages, files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.portal import history as histories
from services.portal.api.answers import done
from services.portal.api.models import Done, History, Listed, Reason
from services.portal.asking import Known, Ordering, UpTo

router = APIRouter(tags=["records"])


@router.get("/dossiers/{dossier_id}/history", response_model=History)
async def history(dossier_id: UUID, desk: Known) -> Any:
    """All that happened, in plain words, and whether the public log bears it out."""
    return await histories.history(desk, dossier_id)


@router.get("/dossiers/{dossier_id}/papers", response_model=Listed, dependencies=[UpTo])
async def papers(dossier_id: UUID, desk: Known) -> Any:
    """Receipts, refusals and decisions, issued or still to come."""
    return {"items": await desk.ask("signing.papers", dossier_id=dossier_id)}


@router.get("/dossiers/{dossier_id}/messages", response_model=Listed)
async def messages(dossier_id: UUID, desk: Known) -> Any:
    """What was written to the applicant, and what became of it."""
    return {"items": await desk.ask("notifications.messages", dossier_id=dossier_id)}


@router.get("/dossiers/{dossier_id}/files", response_model=Listed)
async def files(dossier_id: UUID, desk: Known) -> Any:
    """The files of a dossier and what was found in them."""
    return {"items": await desk.ask("documents.files", dossier_id=dossier_id)}


@router.get("/papers/{paper_id}")
async def paper(paper_id: UUID, desk: Known) -> Any:
    """One paper: its kind, number, state and digest."""
    return await desk.ask("signing.paper", paper_id=paper_id)


@router.get("/papers/{paper_id}/verification")
async def verification(paper_id: UUID, desk: Known) -> Any:
    """Whether the paper's seal still holds, checked now."""
    return await desk.ask("signing.verify_paper", paper_id=paper_id)


@router.post("/messages/{message_id}/resend", response_model=Done)
async def resend(message_id: UUID, wanted: Reason, desk: Ordering) -> Any:
    """Send a message again, for a reason that is kept."""
    place = await desk.order(
        "notifications.resend", message_id=message_id, reason=wanted.reason
    )
    return done(place)
