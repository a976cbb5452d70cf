"""What a case says of its time: the date, the light, and line by line why."""

from __future__ import annotations

from typing import Any

from services.workflow.domain.case import Case
from services.workflow.domain.deadline import due_soon
from services.workflow.domain.lateness import is_late
from services.workflow.domain.state import Act
from shared.contracts.words import opened


def clock_account(case: Case, act: Act) -> dict[str, Any]:
    """For whoever may know of the case: its applicant, too."""
    since = case.stood_since
    return {
        "due_at": case.due_at.isoformat(),
        "original_due_at": case.original_due_at.isoformat(),
        "is_stopped": case.clock_stands,
        "since": since.isoformat() if since else None,
        "reasons": sorted(case.holds),
        "light": light(case, act),
        "remaining_minutes": remaining_minutes(case, act),
        "is_late": is_late(case, act.now),
        "explanation": [line.plain() for line in case.counted(act).lines],
    }


def light(case: Case, act: Act) -> str:
    """The traffic light of the screens."""
    if case.is_over:
        return "done"
    if case.clock_stands:
        return "stopped"
    if act.now > case.due_at:
        return "overdue"
    soon = due_soon(case.due_at, act.calendar(case.unit))
    return "near_due" if act.now >= soon else "on_time"


def remaining_minutes(case: Case, act: Act) -> int | None:
    """Working minutes until the date; below zero after it, none at the end."""
    if case.is_over:
        return None
    now, calendar = case.stood_since or act.now, act.calendar(case.unit)
    if now > case.due_at:
        return -calendar.working_minutes(case.due_at, now)
    return calendar.working_minutes(now, case.due_at)


def apology_account(case: Case) -> dict[str, Any] | None:
    """For the officers involved: what is drafted, proposed or approved."""
    apology = case.apology
    if apology is None:
        return None
    return {
        "state": apology.state,
        "new_due_at": apology.new_due_at.isoformat(),
        "value": apology.term.value,
        "unit": apology.term.unit,
        "is_extension": apology.is_extension,
        "reason": opened(apology.reason),
        "proposed_by": apology.proposed_by,
    }
