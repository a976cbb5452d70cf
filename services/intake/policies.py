"""When another service says X, intake does Y. Pure, and tested as a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import Any
from uuid import UUID

from shared.contracts.base import Message
from shared.contracts.documents import FileChecked
from shared.contracts.words import whole
from shared.contracts.workflow import (
    ResultReleased,
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
class GrantAccess:
    dossier_id: UUID
    unit: str


Command = LearnOfFile | AskFromReview | LearnOfResult | LearnOfWithdrawal | GrantAccess


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
def _(message: StepOpened) -> Command:
    """Who has to work on a dossier may read it."""
    return GrantAccess(message.dossier_id, message.unit)
