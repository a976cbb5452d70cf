"""When another service says X, signing does Y. Pure, and tested as a table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import singledispatch
from typing import Any
from uuid import UUID

from services.signing.domain import PaperKind
from services.signing.texts import TEXTS
from shared.contracts.base import Message, Text3
from shared.contracts.intake import (
    DossierAccepted,
    DossierFacts,
    DossierOpened,
    DossierRefused,
    DossierSubmitted,
)
from shared.contracts.words import opened
from shared.contracts.workflow import DecisionApproved, StepOpened
from shared.personal import Erased, Personal

DEFAULT_NUMBER = "{n}/{yyyy}/KQ"


@dataclass(frozen=True)
class BeginCorrespondence:
    dossier_id: UUID
    tracking_code: str


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


Command = BeginCorrespondence | GrantAccess | RequestPaper


@singledispatch
def react(message: Message) -> tuple[Command, ...]:
    """The commands that follow from a message."""
    raise NotImplementedError(message.type)


@react.register
def _(message: DossierOpened) -> tuple[Command, ...]:
    """Its applicant may see its papers; so may the unit that opened it for them."""
    parties = [each for each in (message.applicant, message.unit) if each]
    return (
        BeginCorrespondence(message.dossier_id, message.tracking_code),
        *(GrantAccess(message.dossier_id, party) for party in parties),
    )


@react.register
def _(message: DossierSubmitted | StepOpened) -> tuple[Command, ...]:
    return (GrantAccess(message.dossier_id, message.unit),)


@react.register
def _(message: DossierAccepted) -> tuple[Command, ...]:
    """Form 01: receipt, and appointment for the result."""
    content = about(message) | {
        "documents": [paper(each) for each in message.documents],
        "fees": [each for each in message.fees if each.get("amount")],
        "fees_settled": message.fees_settled,
        "legal_time": message.legal_time,
        "received_at": message.received_at.isoformat(),
        "due_at": message.due_at.isoformat(),
        "result_channel": message.result_channel,
    }
    kind = PaperKind.RECEIPT
    return (
        GrantAccess(message.dossier_id, message.unit),
        RequestPaper(
            dossier_id=message.dossier_id,
            kind=kind,
            form="receipt",
            title=TEXTS["title.receipt"],
            unit=message.unit,
            code=message.code,
            language=message.language,
            series=kind.value,
            number_form="{n}/{yyyy}-TN",
            content=sealed(content, message.presentation),
            officer=message.officer,
        ),
    )


@react.register
def _(message: DossierRefused) -> tuple[Command, ...]:
    """Form 03: the dossier is not received; it never had a code."""
    content = about(message) | {
        "reasons": message.reasons,
        "note": opened(message.note),
        "refused_at": message.occurred_at.isoformat(),
    }
    kind = PaperKind.REFUSAL
    return (
        GrantAccess(message.dossier_id, message.unit),
        RequestPaper(
            dossier_id=message.dossier_id,
            kind=kind,
            form="refusal",
            title=TEXTS["title.refusal"],
            unit=message.unit,
            code=None,
            language=message.language,
            series=kind.value,
            number_form="{n}/{yyyy}-TC",
            content=sealed(content, message.presentation),
            officer=message.officer,
        ),
    )


@react.register
def _(message: DecisionApproved) -> tuple[Command, ...]:
    """The result, as its reviewer wrote it and its leader approved it."""
    outcome = message.outcome
    kind, own_form = PaperKind.DECISION, outcome.get("number_format")
    content = {
        "subject": message.procedure_name,
        "procedure_code": message.procedure_code,
        "legal_basis": message.legal_basis,
        "validity_months": outcome.get("validity_months"),
        "received_at": message.received_at.isoformat(),
    }
    return (
        GrantAccess(message.dossier_id, message.unit),
        RequestPaper(
            dossier_id=message.dossier_id,
            kind=kind,
            form="rejection" if outcome["kind"] == "refuse" else "decision",
            title=outcome["title"],
            unit=message.unit,
            code=message.code,
            language=message.language,
            series=f"{message.procedure}/{outcome['code']}" if own_form else kind.value,
            number_form=own_form or DEFAULT_NUMBER,
            content=sealed(content, message.presentation, text=message.text),
            officer=message.approver,
        ),
    )


def about(message: DossierFacts) -> dict[str, Any]:
    return {
        "subject": message.procedure_name,
        "procedure_code": message.procedure_code,
        "channel": message.channel,
    }


def paper(document: dict[str, Any]) -> dict[str, Any]:
    """A line of the table of papers; of what came as a file nobody has the paper."""
    files = len(document.get("files") or ())
    is_electronic = files > 0 and document.get("manner") == "upload"
    counted = {
        kind: 0 if is_electronic else document.get(kind) or 0
        for kind in ("originals", "certified", "copies")
    }
    return {"name": document["name"], **counted, "files": files}


def sealed(
    content: dict[str, Any],
    presentation: Personal | Erased,
    *,
    text: Personal | Erased | None = None,
) -> Personal | Erased:
    """All a paper says as one value of its applicant's; gone when part of it is."""
    if isinstance(presentation, Erased) or isinstance(text, Erased):
        return Erased(presentation.subject)
    content = {**json.loads(presentation.value), **content}
    if text:
        content["text"] = text.value
    return Personal(presentation.subject, json.dumps(content, ensure_ascii=False))
