"""What signing does when another service has said something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.signing.domain import PaperKind
from shared.contracts.base import Text3
from shared.personal import Erased, Personal


@dataclass(frozen=True)
class BeginCorrespondence:
    dossier_id: UUID
    tracking_code: str


@dataclass(frozen=True)
class NoteFiling:
    """Form 03 names the hour at which a dossier was handed in online."""

    dossier_id: UUID
    at: datetime


@dataclass(frozen=True)
class GrantAccess:
    dossier_id: UUID
    party: str


@dataclass(frozen=True)
class RequestPaper:
    """A paper is due; `series` names the register that numbers it."""

    dossier_id: UUID
    kind: PaperKind
    form: str
    title: Text3
    unit: str
    code: str | None
    language: str
    series: str
    number_form: str
    content: Personal | Erased
    officer: Personal | Erased


@dataclass(frozen=True)
class WithdrawPaper:
    paper_id: UUID
    reason: Personal | Erased
    legal_basis: str
    withdrawn_by: str
    at: datetime


@dataclass(frozen=True)
class EndAccess:
    dossier_id: UUID
    party: str


Command = (
    BeginCorrespondence
    | NoteFiling
    | GrantAccess
    | EndAccess
    | RequestPaper
    | WithdrawPaper
)
