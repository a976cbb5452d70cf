"""What passes between applicant and offices: messages both ways, and helpers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request

from services.portal import conversation as talks
from services.portal import helping
from services.portal.api.answers import done
from services.portal.api.conversation_models import (
    NewHelper,
    NewMessage,
)
from services.portal.api.models import Done, Listed
from services.portal.asking import Known, Ordering
from services.portal.signing_in import address_of

router = APIRouter(prefix="/dossiers/{dossier_id}", tags=["conversation"])


@router.get("/conversation")
async def conversation(dossier_id: UUID, desk: Known) -> Any:
    """All messages of a dossier, which of them are new, and whether you may write."""
    return await desk.ask("intake.conversation", dossier_id=dossier_id)


@router.post("/conversation", response_model=Done)
async def write(dossier_id: UUID, wanted: NewMessage, desk: Ordering) -> Any:
    """Write to the other side, who is told that there is a message."""
    return done(await talks.write(desk, dossier_id, wanted.text, wanted.files))


@router.put("/conversation/read", response_model=Done)
async def read(dossier_id: UUID, desk: Ordering) -> Any:
    """Say that all there is was read."""
    return done(await desk.order("intake.read_messages", dossier_id=dossier_id))


@router.get("/helpers", response_model=Listed)
async def helpers(dossier_id: UUID, desk: Known) -> Any:
    """Who may act for the applicant, in what, and since when."""
    return {"items": await desk.ask("intake.helpers", dossier_id=dossier_id)}


@router.post("/helpers", response_model=Done)
async def invite(
    request: Request, dossier_id: UUID, wanted: NewHelper, desk: Ordering
) -> Any:
    """Invite somebody to help, or to represent you: they get a link."""
    who = helping.Invited(wanted.kind, list(wanted.powers), wanted.name, wanted.to)
    return done(await helping.invite(desk, dossier_id, who, address_of(request)))


@router.delete("/helpers/{helper_id}", response_model=Done)
async def end_help(dossier_id: UUID, helper_id: UUID, desk: Ordering) -> Any:
    """End the help of somebody, or your own: access ends at once."""
    return done(await helping.end(desk, dossier_id, helper_id))
