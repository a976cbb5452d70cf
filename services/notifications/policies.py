"""When another service says X, notifications does Y. Pure, and tested as a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from services.notifications.commands import (
    Admit,
    Command,
    Describe,
    Expel,
    Introduce,
    Meet,
    NoteAcceptance,
    NoteDueDate,
    NoteMatter,
    NotePaper,
    NoteRefusal,
    Tell,
)
from services.notifications.domain import Facts, Matter
from shared.contracts.base import Message
from shared.contracts.intake import (
    ComplaintAnswered,
    ComplaintLodged,
    DossierAccepted,
    DossierFacts,
    DossierOpened,
    DossierRefused,
    DossierShared,
    DossierSubmitted,
    DossierUnshared,
    DossierWithdrawn,
    MessageWritten,
    PaymentRecorded,
    PaymentRefunded,
    ResultReturned,
    SupplementExpired,
    SupplementRequested,
)
from shared.contracts.signing import PaperIssued
from shared.contracts.words import opened, whole
from shared.contracts.workflow import (
    ApologyApproved,
    CaseResumed,
    CaseSuspended,
    DueDateMoved,
    PaymentAsked,
    ProcessingStopped,
    ResultReleased,
    ResultWithdrawn,
    StepOpened,
    StepReminded,
    WithdrawalDecided,
)
from shared.personal import Erased, Personal

TOLD_AT_ONCE = {  # a decision is released, and a branch's paper goes with it
    "receipt": "accepted",
    "refusal": "refused",
    "supplement": "supplement",
    "apology": "apology",
    "stop": "stopped",
    "payment": "paid",
}
OUTSIDE = ("applicant", "third_party")  # whom only their own notice reminds

TOLD_MOVES = ("calendar", "decree", "legal-time")  # the others come with a notice


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
    tell = asked(message)
    if message.about is None or message.contact is None:
        return (tell,)
    facts = facts_of(message.about, message.contact)
    return (Admit(facts.unit), Describe(facts), tell)


@react.register
def _(message: PaperIssued) -> tuple[Command, ...]:
    paper = NotePaper(message.kind, message.paper_id, message.sha256)
    if template := TOLD_AT_ONCE.get(message.kind):
        at, number = message.issued_at, message.number
        return (paper, Tell(template, at, paper=message.kind, number=number))
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


@react.register
def _(message: SupplementExpired) -> tuple[Command, ...]:
    return (Tell("expired", message.occurred_at, by=message.answer_by),)


@react.register
def _(message: PaymentRecorded) -> tuple[Command, ...]:
    """At a counter one may pay before anything else was told of the dossier."""
    facts = facts_of(message.about, contact_in(message.presentation))
    return (Admit(facts.unit), Introduce(facts))


@react.register
def _(message: PaymentRefunded) -> tuple[Command, ...]:
    return (Tell("refunded", message.occurred_at, amount=message.amount),)


@react.register
def _(message: PaymentAsked) -> tuple[Command, ...]:
    tell = Tell(
        "payment",
        message.occurred_at,
        unit=message.unit,
        amount=message.amount,
        what=message.name,
        legal_basis=message.legal_basis,
    )
    return (tell,)


@react.register
def _(message: DueDateMoved) -> tuple[Command, ...]:
    noted = NoteDueDate(message.new_due_at)
    if message.reason not in TOLD_MOVES:
        return (noted,)
    tell = Tell(
        "moved",
        message.occurred_at,
        because=message.reason,
        old_due_at=message.old_due_at,
        new_due_at=message.new_due_at,
    )
    return (noted, tell)


@react.register
def _(message: CaseSuspended) -> tuple[Command, ...]:
    tell = Tell(
        "suspended",
        message.occurred_at,
        unit=message.unit,
        reason=opened(message.reason),
        legal_basis=message.legal_basis,
    )
    return (tell,)


@react.register
def _(message: CaseResumed) -> tuple[Command, ...]:
    tell = Tell("resumed", message.occurred_at, new_due_at=message.due_at)
    return (NoteDueDate(message.due_at), tell)


@react.register
def _(message: ProcessingStopped) -> tuple[Command, ...]:
    matter = Matter(
        unit=message.unit,
        ground=message.ground,
        reason=message.reason,
        legal_basis=message.legal_basis,
    )
    return (NoteMatter("stop", matter),)


@react.register
def _(message: ApologyApproved) -> tuple[Command, ...]:
    matter = Matter(
        unit=message.unit,
        reason=message.reason,
        old_due_at=message.old_due_at,
        new_due_at=message.new_due_at,
    )
    return (NoteMatter("apology", matter),)


@react.register
def _(message: ResultWithdrawn) -> tuple[Command, ...]:
    tell = Tell(
        "recalled",
        message.occurred_at,
        reason=opened(message.reason),
        legal_basis=message.legal_basis,
    )
    return (tell,)


@react.register
def _(message: WithdrawalDecided) -> tuple[Command, ...]:
    """A wish that is granted ends the dossier, and is told then."""
    return () if message.granted else (Tell("denied", message.occurred_at),)


@react.register
def _(message: StepReminded) -> tuple[Command, ...]:
    """Officers see it in their queues."""
    if message.role not in OUTSIDE:
        return ()
    at, by = message.occurred_at, message.deadline_at
    return (Tell("reminder", at, by=by, unit=message.unit, what=message.name),)


@react.register
def _(message: MessageWritten) -> tuple[Command, ...]:
    """That somebody wrote; what they wrote is read where one signs in."""
    if message.by_kind != "staff" or not message.is_first:
        return ()
    return (Tell("message", message.occurred_at, unit=message.unit),)


@react.register
def _(message: DossierShared) -> tuple[Command, ...]:
    """The applicant is told, also of a draft: whoever acts, acts in their name."""
    tell = Tell("helper", message.occurred_at)
    if message.about is None or message.contact is None:
        return (Admit(message.party), tell)
    introduce = Introduce(facts_of(message.about, message.contact))
    return (Admit(message.party), introduce, tell)


@react.register
def _(message: DossierUnshared) -> tuple[Command, ...]:
    """Who ended it themselves need not be told."""
    told = (Tell("helper_gone", message.occurred_at),)
    return (Expel(message.party), *(told if message.ended_by == "helper" else ()))


@react.register
def _(message: ComplaintLodged) -> tuple[Command, ...]:
    return (Tell("complaint", message.occurred_at, by=message.answer_by),)


@react.register
def _(message: ComplaintAnswered) -> tuple[Command, ...]:
    return (Tell("complaint_answered", message.occurred_at),)


def asked(message: SupplementRequested) -> NoteMatter | Tell:
    """Told with form 02; at once, when too little was said to make one."""
    if message.presentation is not None:
        matter = Matter(
            by=message.answer_by, items=tuple(message.items), words=message.words
        )
        return NoteMatter("supplement", matter)
    items = tuple(whole(message.items, message.words))
    return Tell("supplement", message.occurred_at, by=message.answer_by, items=items)


def known(message: DossierFacts) -> tuple[Command, ...]:
    """What every message about a filed dossier says of it."""
    facts = facts_of(message.model_dump(include=set(NAMES)), message.contact)
    return (Admit(message.unit), Describe(facts))


NAMES = ("procedure_name", "unit", "language", "result_channel")


def facts_of(about: Mapping[str, Any], contact: Personal | Erased) -> Facts:
    return Facts(**{name: about[name] for name in NAMES}, contact=contact)


def contact_in(presentation: Personal | Erased) -> Personal | Erased:
    """How an applicant can be reached, as the form says it."""
    if isinstance(presentation, Erased):
        return presentation
    form = json.loads(presentation.value).get("applicant") or {}
    found = {name: form.get(name) for name in ("name", "phone", "email")}
    return Personal(presentation.subject, json.dumps(found, ensure_ascii=False))
