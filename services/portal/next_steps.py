"""What happens next with a dossier, who acts, and by when: honest when it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.portal.read_models import Row

DRAFT, SUBMITTED, REFUSED, ASKED, TO_PAY, WITHDRAWN, RESTING, READY, RETURNED = (
    0,
    1,
    3,
    5,
    6,
    7,
    8,
    9,
    10,
)
AT_WORK = (2, 4)
APPLICANT_ACTS = (DRAFT, ASKED, TO_PAY)
OVER = (REFUSED, WITHDRAWN, RETURNED)


@dataclass(frozen=True)
class Next:
    """`key` names the sentences `<key>_means` and `<key>_next`."""

    key: str
    who: str  # "applicant", "nobody", or the names of units
    by: datetime | None = None
    is_late: bool = False
    expected_at: datetime | None = None  # the date that an apology promised


def next_of(
    dossier: Row, holder: str, now: datetime, answer_by: datetime | None = None
) -> Next:
    """The situation of a dossier, in the words of the person who waits for it."""
    status = dossier["status"]
    if dossier["is_stopped"] and status == RESTING:
        return Next("stopped", "nobody")
    by = deadline(dossier, answer_by)
    return Next(
        f"status_{status}",
        holder,
        by,
        is_late=by is not None and by < now,
        expected_at=dossier["expected_at"] if status in AT_WORK else None,
    )


def answer_by(content: dict[str, Any]) -> datetime | None:
    """Until when the applicant must answer what is asked of them."""
    until = (content.get("supplement") or {}).get("answer_by")
    return datetime.fromisoformat(until) if until else None


def deadline(dossier: Row, answer_by: datetime | None) -> datetime | None:
    """Until when whoever has to act must have acted; nobody's time runs otherwise."""
    status = dossier["status"]
    if status == SUBMITTED:
        known: datetime | None = dossier.get("acknowledge_by")
        return known
    if status in AT_WORK:
        due: datetime | None = dossier["due_at"]
        return due
    return answer_by if status == ASKED else None
