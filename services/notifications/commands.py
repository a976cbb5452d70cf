"""What notifications does about a message: remember, admit, tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.notifications.domain import Facts, Matter


@dataclass(frozen=True)
class Admit:
    """Let this person or unit see the notices of the dossier."""

    party: str


@dataclass(frozen=True)
class Expel:
    """Whose help ended sees the notices no more."""

    party: str


@dataclass(frozen=True)
class Meet:
    applicant: str
    tracking_code: str


@dataclass(frozen=True)
class Describe:
    facts: Facts


@dataclass(frozen=True)
class NoteAcceptance:
    code: str
    received_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class NoteRefusal:
    reasons: list[dict[str, str]]
    note: str


@dataclass(frozen=True)
class NotePaper:
    kind: str
    paper_id: UUID
    sha256: str


@dataclass(frozen=True)
class Introduce:
    """As `Describe`, unless more is known already."""

    facts: Facts


@dataclass(frozen=True)
class NoteDueDate:
    due_at: datetime


@dataclass(frozen=True)
class NoteMatter:
    """A paper of this kind is being made; it will be told when it is there."""

    kind: str
    matter: Matter


@dataclass(frozen=True)
class Tell:
    """Tell the applicant; `paper` is the kind of paper that goes with a letter.

    `reason` is in an officer's words; `because` names one of ours.
    """

    template: str
    at: datetime
    by: datetime | None = None
    items: tuple[dict[str, Any], ...] = ()
    unit: str | None = None
    paper: str | None = None
    amount: int | None = None
    number: str = ""
    what: dict[str, str] | None = None
    reason: str = ""
    because: str = ""
    legal_basis: str = ""
    old_due_at: datetime | None = None
    new_due_at: datetime | None = None


Command = (
    Admit
    | Expel
    | Meet
    | Describe
    | Introduce
    | NoteAcceptance
    | NoteRefusal
    | NoteDueDate
    | NoteMatter
    | NotePaper
    | Tell
)
