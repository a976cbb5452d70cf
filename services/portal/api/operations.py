"""For operators: how the services stand, and dead letters handled again."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.portal import standings
from services.portal.api.models import Listed
from services.portal.asking import Known, Ordering

router = APIRouter(tags=["operations"])


@router.get("/operations", response_model=Listed)
async def operations(desk: Known) -> Any:
    """Each service: whether it answers, what waits in it, and what it has buried."""
    return {"items": await standings.standings(desk)}


@router.post("/operations/{service}/inboxes/{inbox}/redrive")
async def redrive(service: str, inbox: str, desk: Ordering) -> dict[str, int]:
    """Handle dead letters again; safe at any time, for a message counts once."""
    return await standings.redrive(desk, service, inbox)
