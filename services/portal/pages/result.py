"""The applicant's decision: downloaded, and noted that it was read."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid5

from fastapi import APIRouter
from fastapi.responses import Response

from services.portal import downloads
from services.portal.desk import UNANSWERED, Desk
from services.portal.pages.forms import Person

router = APIRouter()


@router.get("/dossiers/{dossier_id}/result/{paper_id}")
async def result(dossier_id: UUID, paper_id: UUID, desk: Person) -> Response:
    """Whoever may have the paper has it, whether or not the reading can be noted."""
    answer = await downloads.stream_paper(desk, paper_id)
    if not desk.is_staff:
        await note(desk, dossier_id, paper_id)
    return answer


async def note(desk: Desk, dossier_id: UUID, paper_id: UUID) -> None:
    """Read twice it is one reading: the key follows from who reads what."""
    key = uuid5(dossier_id, f"read {paper_id} {desk.actor.subject}")
    try:
        await replace(desk, key=key).order("intake.read_result", dossier_id=dossier_id)
    except UNANSWERED:  # no decision of this dossier, or intake is away
        return
