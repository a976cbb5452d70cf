"""What passes between applicant and offices: messages both ways."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.portal import conversation as talks
from services.portal.api.answers import done
from services.portal.api.conversation_models import NewMessage
from services.portal.api.models import Done
from services.portal.asking import Known, Ordering

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
