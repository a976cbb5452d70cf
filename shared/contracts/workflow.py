"""What workflow promises to tell the other services."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from shared.contracts.base import Message, Sealed, Text3


class CaseTouched(Message):
    """A case changed in a way that only its reader's screen must know."""

    type: Literal["case.touched.v1"] = "case.touched.v1"

    dossier_id: UUID
    topic: str


class StepOpened(Message):
    """A step of a case waits in the queue of a unit, for somebody with its role.

    `due_at` is the date of the whole dossier as it stands now: stops move it.
    """

    type: Literal["step.opened.v1"] = "step.opened.v1"

    dossier_id: UUID
    case_id: UUID
    step: str
    name: Text3
    unit: str
    role: str
    status: int
    due_at: datetime | None = None


class StepFinished(Message):
    """A step ended; `outcome` is null when its condition made it needless."""

    type: Literal["step.finished.v1"] = "step.finished.v1"

    dossier_id: UUID
    case_id: UUID
    step: str
    unit: str
    outcome: str | None
    finished_by: str


class SupplementAsked(Message):
    """A reviewer found the dossier incomplete; intake asks the applicant.

    `items` are {kind: document | field, key}; `words` seals, for each of them, JSON
    {reason: text3, note}.
    """

    type: Literal["case.supplement-asked.v1"] = "case.supplement-asked.v1"

    dossier_id: UUID
    items: list[dict[str, Any]]
    words: Sealed | None = None
    asked_by: str


class DecisionApproved(Message):
    """A result was proposed by one person and approved by another: seal it.

    `outcome` is the catalogue's {code, kind, title, signer, form, number_format,
    validity_months}; `text` seals what the reviewer wrote into the decision.
    """

    type: Literal["decision.approved.v1"] = "decision.approved.v1"

    dossier_id: UUID
    case_id: UUID
    code: str
    procedure: str
    procedure_code: str
    procedure_name: Text3
    legal_basis: list[str]
    outcome: dict[str, Any]
    unit: str
    language: str
    received_at: datetime
    due_at: datetime
    proposed_by: str
    approved_by: str
    approver: Sealed
    text: Sealed
    presentation: Sealed


class ResultReleased(Message):
    """The result is signed and numbered, and waits for its applicant."""

    type: Literal["result.released.v1"] = "result.released.v1"

    dossier_id: UUID
    outcome: str
    outcome_kind: str
    outcome_title: Text3
    paper_id: UUID
    unit: str


class WithdrawalDecided(Message):
    """A withdrawal was granted, or came after the result was signed."""

    type: Literal["withdrawal.decided.v1"] = "withdrawal.decided.v1"

    dossier_id: UUID
    granted: bool
