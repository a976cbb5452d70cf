"""Why a dossier is due when it is, as workflow explains it to those it concerns."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.portal.desk import Desk

RECEIVED = 2  # before, no clock runs


async def case_of(desk: Desk, dossier_id: UUID, status: int) -> dict[str, Any]:
    """The case of a dossier; nothing before there is one, or when nobody may say."""
    if desk.session is None or status < RECEIVED:
        return {}
    found = await desk.try_to_ask("workflow.case_of", dossier_id=dossier_id)
    return found or {}
