"""What workflow promises to tell the other services."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Literal
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
    `deadline_at` is the step's own.
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
    deadline_at: datetime | None = None


class StepFinished(Message):
    """A step ended; `outcome` is null when its condition made it needless.

    `facts` seals what was found out at it, as a JSON object.
    """

    type: Literal["step.finished.v1"] = "step.finished.v1"

    dossier_id: UUID
    case_id: UUID
    step: str
    unit: str
    outcome: str | None
    finished_by: str
    facts: Sealed | None = None


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

    With `branch`, it is the result of one branch of an interlinked procedure: the
    agency of the branch issues a paper of its own.
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
    branch: str | None = None
    on_behalf_of: str | None = None


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


class ResultWithdrawn(Message):
    """A sealed result was called back before its applicant had it (T16)."""

    type: Literal["result.withdrawn.v1"] = "result.withdrawn.v1"

    dossier_id: UUID
    paper_id: UUID
    reason: Sealed
    legal_basis: str
    withdrawn_by: str


class DueDateMoved(Message):
    """The date of a dossier changed; the first promise stays in `original_due_at`.

    `reason` is supplement, payment, suspension, excluded, legal-time, extension,
    calendar or decree.
    """

    type: Literal["due-date.moved.v1"] = "due-date.moved.v1"

    dossier_id: UUID
    case_id: UUID
    old_due_at: datetime
    new_due_at: datetime
    original_due_at: datetime
    reason: str


class CaseSuspended(Message):
    """The agency leader lets a case rest, on a legal basis (T13)."""

    type: Literal["case.suspended.v1"] = "case.suspended.v1"

    dossier_id: UUID
    case_id: UUID
    unit: str
    reason: Sealed
    legal_basis: str
    suspended_by: str


class CaseResumed(Message):
    """A suspended case goes on (T14)."""

    type: Literal["case.resumed.v1"] = "case.resumed.v1"

    dossier_id: UUID
    case_id: UUID
    due_at: datetime
    resumed_by: str


class CaseFacts(Message):
    """What a paper about a case says of it, before anything else."""

    dossier_id: UUID
    case_id: UUID
    code: str
    procedure: str
    procedure_code: str
    procedure_name: Text3
    unit: str
    language: str
    received_at: datetime
    presentation: Sealed


class ProcessingStopped(CaseFacts):
    """The case ends before a result: form 05 is due.

    `ground` is withdrawal (granted to the applicant, who asked for it at `asked_at`)
    or stop (by the authority).
    """

    type: Literal["processing.stopped.v1"] = "processing.stopped.v1"

    ground: str
    reason: Sealed
    legal_basis: str
    stopped_by: str
    officer: Sealed
    asked_at: datetime | None = None


class ApologyApproved(CaseFacts):
    """A dossier is or will be late: apologise, and say the new date (form 04).

    The legal due date moves to `new_due_at` only when `is_extension`.
    """

    type: Literal["apology.approved.v1"] = "apology.approved.v1"

    old_due_at: datetime
    new_due_at: datetime
    is_extension: bool
    reason: Sealed
    proposed_by: str
    approved_by: str
    approver: Sealed


class PaymentAsked(Message):
    """A reviewer found that more has to be paid (T11); intake collects it."""

    type: Literal["payment.asked.v1"] = "payment.asked.v1"

    dossier_id: UUID
    case_id: UUID
    step: str
    unit: str
    amount: int
    name: Text3
    legal_basis: str
    asked_by: str


class StepReminded(Message):
    """Whoever has to act at a step has not, and is reminded."""

    type: Literal["step.reminded.v1"] = "step.reminded.v1"

    dossier_id: UUID
    case_id: UUID
    step: str
    name: Text3
    unit: str
    role: str
    deadline_at: datetime | None = None


class CalendarChanged(Message):
    """A legal notice makes a day worked or free, for all or for some offices.

    `scope` is national, province or agency; `scope_id` names which. A notice that is
    revoked counts no more.
    """

    type: Literal["calendar.changed.v1"] = "calendar.changed.v1"
    for_all: ClassVar[bool] = True

    notice_id: UUID
    date: date
    kind: Literal["off", "work"]
    scope: Literal["national", "province", "agency"]
    scope_id: str | None
    legal_notice: str
    valid_from: datetime
    is_revoked: bool = False
