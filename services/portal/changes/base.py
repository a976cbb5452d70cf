"""What each message may change on the screens."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import singledispatch
from typing import Any
from uuid import UUID

from shared.contracts.base import Message

Row = dict[str, Any]

SUBMITTED, ACCEPTED, REFUSED, IN_PROGRESS = 1, 2, 3, 4
ASKED, TO_PAY, WITHDRAWN, RESTING = 5, 6, 7, 8
READY, RETURNED = 9, 10


@dataclass(frozen=True)
class Change:
    """What is now known of a dossier, who may see it, and what is worth a line.

    What holds a dossier up begins and ends beside its progress: in an agency one branch
    may go on while another waits.
    """

    known: Row = field(default_factory=dict)
    status: int | None = None
    begins: int | None = None  # the status of what holds it up from now on
    ends: int | None = None
    is_step_back: bool = False  # behind a result that was ready
    parties: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()  # who may see it no more
    line: Row | None = None  # of the public timeline
    paper: Row | None = None
    withdrawn_paper: UUID | None = None
    notice: Row | None = None
    procedure: Row | None = None
    calendar_notice: Row | None = None
    rating: Row | None = None
    complaint: Row | None = None
    money: Row | None = None  # that came, or went back
    forgotten: str | None = None  # who: all that is kept of them goes


@singledispatch
def change(message: Message) -> Change:
    """Most messages only say that the dossier changed."""
    return Change()
