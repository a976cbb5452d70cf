"""When another service says X, notifications does Y. Pure, and tested as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch
from typing import Any
from uuid import UUID

from services.notifications.domain import Facts
from shared.contracts.base import Message
from shared.contracts.intake import (
    DossierAccepted,
    DossierFacts,
    DossierOpened,
    DossierRefused,
    DossierSubmitted,
    DossierWithdrawn,
    ResultReturned,
    SupplementRequested,
)
from shared.contracts.signing import PaperIssued
from shared.contracts.words import opened, whole
from shared.contracts.workflow import ResultReleased, StepOpened


@dataclass(frozen=True)
class Admit:
    """Let this person or unit see the notices of the dossier."""

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
class Tell:
    """Tell the applicant; `paper` is the kind of paper that goes with a letter."""

    template: str
    at: datetime
    by: datetime | None = None
    items: tuple[dict[str, Any], ...] = ()
    unit: str | None = None
    paper: str | None = None


Command = Admit | Meet | Describe | NoteAcceptance | NoteRefusal | NotePaper | Tell

TOLD_AT_ONCE = {"receipt": "accepted", "refusal": "refused"}  # a decision is released


@singledispatch
def react(message: Message) -> tuple[Command, ...]:
    """The commands that follow from a message."""
    raise NotImplementedError(message.type)


@react.register
def _(message: DossierOpened) -> tuple[Command, ...]:
    parties = [message.applicant, *([message.unit] if message.unit else [])]
    return (Meet(message.applicant, message.tracking_code), *map(Admit, parties))


@react.register
def _(message: StepOpened) -> tuple[Command, ...]:
    return (Admit(message.unit),)


@react.register
def _(message: DossierSubmitted) -> tuple[Command, ...]:
    tell = Tell("submitted", message.occurred_at, by=message.acknowledge_by)
    return (*known(message), tell)


@react.register
def _(message: DossierAccepted) -> tuple[Command, ...]:
    accepted = NoteAcceptance(message.code, message.received_at, message.due_at)
    return (*known(message), accepted)


@react.register
def _(message: DossierRefused) -> tuple[Command, ...]:
    return (*known(message), NoteRefusal(message.reasons, opened(message.note)))


@react.register
def _(message: SupplementRequested) -> tuple[Command, ...]:
    items = tuple(whole(message.items, message.words))
    tell = Tell("supplement", message.occurred_at, by=message.answer_by, items=items)
    if message.about is None or message.contact is None:
        return (tell,)
    names = ("procedure_name", "unit", "language", "result_channel")
    told = {name: message.about[name] for name in names}
    facts = Facts(**told, contact=message.contact)
    return (Admit(facts.unit), Describe(facts), tell)


@react.register
def _(message: PaperIssued) -> tuple[Command, ...]:
    paper = NotePaper(message.kind, message.paper_id, message.sha256)
    if template := TOLD_AT_ONCE.get(message.kind):
        return (paper, Tell(template, message.issued_at, paper=message.kind))
    return (paper,)


@react.register
def _(message: ResultReleased) -> tuple[Command, ...]:
    template = "refused" if message.outcome_kind == "refuse" else "ready"
    at, unit = message.occurred_at, message.unit
    return (Tell(template, at, unit=unit, paper="decision"),)


@react.register
def _(message: ResultReturned) -> tuple[Command, ...]:
    return (Tell("returned", message.occurred_at),)


@react.register
def _(message: DossierWithdrawn) -> tuple[Command, ...]:
    return (Tell("withdrawn", message.occurred_at),)


def known(message: DossierFacts) -> tuple[Command, ...]:
    """What every message about a filed dossier says of it."""
    facts = Facts(
        procedure_name=message.procedure_name,
        unit=message.unit,
        language=message.language,
        result_channel=message.result_channel,
        contact=message.contact,
    )
    return (Admit(message.unit), Describe(facts))
