"""When an answer would be due, and why: for whoever asks, about no dossier at all."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.portal.desk import Desk
from services.portal.errors import (
    LegalTimeMissingError,
    ProcedureNotFoundError,
    UnitUnknownError,
)
from services.portal.office_days import calendar_of
from shared.directory import Unit, UnknownUnitError
from shared.legal_time import (
    Counted,
    LegalTime,
    Stop,
    count,
)


@dataclass(frozen=True)
class Question:
    """A legal time, or the procedure that says it; `office` works by its own hours."""

    received: datetime
    procedure: str | None = None
    value: int | None = None
    unit: str | None = None
    cutoff: str | None = None
    office: str | None = None
    stops: tuple[Stop, ...] = ()


async def answer(desk: Desk, asked: Question) -> dict[str, Any]:
    legal = await legal_time(desk, asked)
    notices = await desk.parts.views.calendar_notices(desk.parts.now())
    calendar = calendar_of(office_of(desk, asked.office), notices)
    counted = await to_thread(count, asked.received, legal, calendar, stops=asked.stops)
    return told(counted, legal)


async def legal_time(desk: Desk, asked: Question) -> LegalTime:
    """As it was named, or as the procedure has it in force on the day of receipt."""
    if not asked.procedure:
        if asked.unit is None or (asked.value is None and asked.unit != "same_day"):
            raise LegalTimeMissingError
        return LegalTime(asked.value or 0, asked.unit, asked.cutoff)
    row = await desk.parts.views.procedure(asked.procedure, asked.received.date())
    if row is None:
        raise ProcedureNotFoundError(asked.procedure)
    known = row["definition"]["legal_time"]
    cutoff = known["cutoff"] and known["cutoff"]["time"]
    return LegalTime(known["value"], known["unit"], cutoff, known["due_time"])


def office_of(desk: Desk, office: str | None) -> Unit | None:
    try:
        return desk.parts.directory.unit(office) if office else None
    except UnknownUnitError:
        raise UnitUnknownError(office) from None


def told(counted: Counted, legal: LegalTime) -> dict[str, Any]:
    """While the clock stands nobody knows the date."""
    due = None if counted.is_stopped else counted.due.isoformat()
    return {
        "due_at": due,
        "legal_time": {"value": legal.value, "unit": legal.unit},
        "explanation": [
            {"code": line.code, "at": line.at.isoformat(), "text": line.text}
            for line in counted.lines
        ],
    }
