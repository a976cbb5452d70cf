"""When another service says X, intake does Y. Pure, and tested as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from typing import Any
from uuid import UUID, uuid5

from services.intake.domain.findings import Finding
from services.intake.domain.office_calendar import Notice
from shared.contracts.base import Message
from shared.contracts.documents import FileChecked
from shared.contracts.words import opened, whole
from shared.contracts.workflow import (
    CalendarChanged,
    DueDateMoved,
    PaymentAsked,
    ProcessingStopped,
    ResultReleased,
    ResultWithdrawn,
    StepFinished,
    StepOpened,
    SupplementAsked,
    WithdrawalDecided,
)


@dataclass(frozen=True)
class LearnOfFile:
    dossier_id: UUID
    document: str
    file_id: UUID
    found: dict[str, Any]


@dataclass(frozen=True)
class AskFromReview:
    dossier_id: UUID
    items: list[dict[str, Any]]


@dataclass(frozen=True)
class LearnOfResult:
    dossier_id: UUID
    result: dict[str, Any]


@dataclass(frozen=True)
class LearnOfWithdrawal:
    dossier_id: UUID
    granted: bool


@dataclass(frozen=True)
class AddFee:
    dossier_id: UUID
    asked: UUID
    amount: int
    name: dict[str, str]
    legal_basis: str


@dataclass(frozen=True)
class LearnOfDueDate:
    dossier_id: UUID
    due_at: datetime
    promised: datetime
    reason: str


@dataclass(frozen=True)
class LearnOfWithdrawnResult:
    dossier_id: UUID
    paper_id: UUID


@dataclass(frozen=True)
class LearnOfStop:
    dossier_id: UUID
    reason: str
    legal_basis: str


@dataclass(frozen=True)
class LearnOfFinding:
    dossier_id: UUID
    finding: Finding


@dataclass(frozen=True)
class LearnOfNotice:
    """What a legal notice says of a day; without it, that it counts no more."""

    notice_id: UUID
    notice: Notice | None


@dataclass(frozen=True)
class GrantAccess:
    dossier_id: UUID
    unit: str


@dataclass(frozen=True)
class NothingToDo:
    """Another message of the same event says it to us already."""


AboutADossier = (
    LearnOfFile
    | AskFromReview
    | LearnOfResult
    | LearnOfWithdrawal
    | AddFee
    | LearnOfDueDate
    | LearnOfWithdrawnResult
    | LearnOfStop
    | LearnOfFinding
)
Command = AboutADossier | LearnOfNotice | GrantAccess | NothingToDo


@singledispatch
def react(message: Message) -> Command:
    """The command that follows from a message."""
    raise NotImplementedError(message.type)


@react.register
def _(message: FileChecked) -> Command:
    found = {
        "verdict": message.verdict,
        "reason": message.reason,
        "media_type": message.media_type,
        "size": message.size,
        "sha256": message.sha256,
    }
    return LearnOfFile(message.dossier_id, message.document, message.file_id, found)


@react.register
def _(message: SupplementAsked) -> Command:
    return AskFromReview(message.dossier_id, whole(message.items, message.words))


@react.register
def _(message: ResultReleased) -> Command:
    result = {
        "outcome": message.outcome,
        "kind": message.outcome_kind,
        "title": message.outcome_title,
        "paper_id": message.paper_id,
    }
    return LearnOfResult(message.dossier_id, result)


@react.register
def _(message: WithdrawalDecided) -> Command:
    return LearnOfWithdrawal(message.dossier_id, message.granted)


@react.register
def _(message: DueDateMoved) -> Command:
    promised, reason = message.original_due_at, message.reason
    return LearnOfDueDate(message.dossier_id, message.new_due_at, promised, reason)


@react.register
def _(message: ResultWithdrawn) -> Command:
    return LearnOfWithdrawnResult(message.dossier_id, message.paper_id)


@react.register
def _(message: ProcessingStopped) -> Command:
    """What ends at its applicant's wish, ends by the decision on that wish."""
    if message.ground != "stop":
        return NothingToDo()
    reason = opened(message.reason)
    return LearnOfStop(message.dossier_id, reason, message.legal_basis)


@react.register
def _(message: CalendarChanged) -> Command:
    if message.is_revoked:
        return LearnOfNotice(message.notice_id, None)
    notice = Notice(
        day=message.date.isoformat(),
        kind=message.kind,
        scope=message.scope,
        scope_id=message.scope_id,
        legal_notice=message.legal_notice,
        valid_from=message.valid_from,
    )
    return LearnOfNotice(message.notice_id, notice)


@react.register
def _(message: PaymentAsked) -> Command:
    """Each request is one fee; heard in another message it is another one."""
    asked = uuid5(message.case_id, f"payment {message.position}")
    words = message.amount, message.name, message.legal_basis
    return AddFee(message.dossier_id, asked, *words)


@react.register
def _(message: StepFinished) -> Command:
    """Of a step with branches, what its last branch came to."""
    step = message.step.partition(":")[0]
    finding = Finding(step, message.outcome, message.facts)
    return LearnOfFinding(message.dossier_id, finding)


@react.register
def _(message: StepOpened) -> Command:
    """Who has to work on a dossier may read it."""
    return GrantAccess(message.dossier_id, message.unit)
