"""What changes the clocks of many: absences, days off, decrees."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from services.portal.api.answers import done
from services.portal.api.models import Done
from services.portal.api.work_models import (
    Absence,
    CalendarNotice,
    Decree,
    LegalBasis,
)
from services.portal.asking import Known, Ordering
from services.portal.domain import officer

router = APIRouter(tags=["law"])


@router.get("/absences")
async def absences(desk: Known) -> Any:
    """Who of your unit is away, until when, and who stands in."""
    return {"items": await desk.ask("workflow.absences")}


@router.post("/absences", status_code=201, response_model=Done)
async def enter_absence(wanted: Absence, desk: Ordering) -> Any:
    """Say that an officer is away, and who stands in."""
    place = await desk.order(
        "workflow.enter_absence",
        officer=officer(wanted.officer),
        since=wanted.since,
        until=wanted.until,
        deputy=officer(wanted.deputy) if wanted.deputy else None,
    )
    return done(place, 201)


@router.delete("/absences/{absence_id}", response_model=Done)
async def end_absence(
    absence_id: UUID,
    desk: Ordering,
    who: Annotated[str, Query(alias="officer", min_length=1, max_length=200)],
) -> Any:
    """Say that an officer is back."""
    place = await desk.order(
        "workflow.end_absence", officer=officer(who), absence_id=absence_id
    )
    return done(place)


@router.get("/calendar-notices")
async def calendar_notices(desk: Known) -> Any:
    """The legal notices that make days free or worked."""
    return {"items": await desk.ask("workflow.calendar_notices")}


@router.post("/calendar-notices", status_code=201, response_model=Done)
async def enter_calendar_notice(wanted: CalendarNotice, desk: Ordering) -> Any:
    """Enter a legal notice; dates of open dossiers move where it concerns them."""
    notice_id = wanted.id or desk.key_of("notice")
    place = await desk.order(
        "workflow.enter_calendar_notice",
        notice_id=notice_id,
        **wanted.model_dump(exclude={"id"}),
    )
    return done(place, 201, id=notice_id)


@router.delete("/calendar-notices/{notice_id}", response_model=Done)
async def revoke_calendar_notice(
    notice_id: UUID, desk: Ordering, legal_notice: Annotated[LegalBasis, Query()]
) -> Any:
    """Revoke a notice by another one."""
    place = await desk.order(
        "workflow.revoke_calendar_notice",
        notice_id=notice_id,
        legal_notice=legal_notice,
    )
    return done(place)


@router.get("/decrees")
async def decrees(desk: Known) -> Any:
    """The decrees that freeze or extend clocks, or let dossiers go first."""
    return {"items": await desk.ask("workflow.decrees")}


@router.post("/decrees", status_code=201, response_model=Done)
async def issue_decree(wanted: Decree, desk: Ordering) -> Any:
    """Freeze or extend the clocks of a set of dossiers, or let them go first."""
    decree_id = wanted.id or desk.key_of("decree")
    place = await desk.order(
        "workflow.issue_decree",
        decree_id=decree_id,
        **wanted.model_dump(exclude={"id"}),
    )
    return done(place, 201, id=decree_id)


@router.delete("/decrees/{decree_id}", response_model=Done)
async def end_decree(
    decree_id: UUID, desk: Ordering, legal_basis: Annotated[LegalBasis, Query()]
) -> Any:
    """End a decree; frozen clocks run again."""
    place = await desk.order(
        "workflow.end_decree", decree_id=decree_id, legal_basis=legal_basis
    )
    return done(place)
