"""When another service says X, signing does Y. Pure, and tested as a table."""

from __future__ import annotations

from functools import singledispatch

from services.signing.commands import (
    BeginCorrespondence,
    Command,
    EndAccess,
    GrantAccess,
    NoteFiling,
    RequestPaper,
    WithdrawPaper,
)
from services.signing.contents import NOBODY, about, about_case, missing, paper, sealed
from services.signing.domain import PaperKind
from services.signing.texts import TEXTS
from shared.contracts.base import Message
from shared.contracts.intake import (
    DossierAccepted,
    DossierOpened,
    DossierRefused,
    DossierShared,
    DossierSubmitted,
    DossierUnshared,
    PaymentRecorded,
    SupplementRequested,
)
from shared.contracts.words import opened, whole
from shared.contracts.workflow import (
    ApologyApproved,
    CaseFacts,
    DecisionApproved,
    ProcessingStopped,
    ResultWithdrawn,
    StepOpened,
)
from shared.personal import Erased, Personal

DEFAULT_NUMBER = "{n}/{yyyy}/KQ"


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
def _(message: DossierSubmitted) -> tuple[Command, ...]:
    return (
        GrantAccess(message.dossier_id, message.unit),
        NoteFiling(message.dossier_id, message.occurred_at),
    )


@react.register
def _(message: DossierShared) -> tuple[Command, ...]:
    return (GrantAccess(message.dossier_id, message.party),)


@react.register
def _(message: DossierUnshared) -> tuple[Command, ...]:
    return (EndAccess(message.dossier_id, message.party),)


@react.register
def _(message: StepOpened) -> tuple[Command, ...]:
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
        "receiving_point": message.receiving_point,
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
def _(message: SupplementRequested) -> tuple[Command, ...]:
    """Form 02: all that is missing, at once. Of old requests we know too little."""
    if message.about is None or message.presentation is None:
        return ()
    said, kind = message.about, PaperKind.SUPPLEMENT
    content = {
        "subject": said["procedure_name"],
        "procedure_code": said["procedure_code"],
        "channel": said["channel"],
        "stage": message.stage,
        "items": [missing(each) for each in whole(message.items, message.words)],
        "requested_at": (message.requested_at or message.occurred_at).isoformat(),
        "answer_by": message.answer_by and message.answer_by.isoformat(),
    }
    return (
        GrantAccess(message.dossier_id, said["unit"]),
        RequestPaper(
            dossier_id=message.dossier_id,
            kind=kind,
            form="supplement",
            title=TEXTS["title.supplement"],
            unit=said["unit"],
            code=message.code,
            language=said["language"],
            series=kind.value,
            number_form="{n}/{yyyy}-BS",
            content=sealed(content, message.presentation),
            officer=message.officer or NOBODY,
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
    """The result, as its reviewer wrote it and its leader approved it.

    A branch of an interlinked procedure gets a paper of its own agency.
    """
    outcome = message.outcome
    kind = PaperKind.BRANCH if message.branch else PaperKind.DECISION
    own_form = outcome.get("number_format")
    content = {
        "subject": message.procedure_name,
        "procedure_code": message.procedure_code,
        "legal_basis": message.legal_basis,
        "validity_months": outcome.get("validity_months"),
        "received_at": message.received_at.isoformat(),
        "branch": message.branch,
        "by_delegation": message.on_behalf_of is not None,
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
            series=f"{message.procedure}/{outcome['code']}" if own_form else "decision",
            number_form=own_form or DEFAULT_NUMBER,
            content=sealed(content, message.presentation, text=message.text),
            officer=message.approver,
        ),
    )


@react.register
def _(message: ApologyApproved) -> tuple[Command, ...]:
    """Form 04: the authority is late, says so, and names a new date."""
    content = about_case(message) | {
        "old_due_at": message.old_due_at.isoformat(),
        "new_due_at": message.new_due_at.isoformat(),
        "is_extension": message.is_extension,
    }
    return of_case(
        message,
        PaperKind.APOLOGY,
        number_form="{n}/{yyyy}-PXL",
        content=sealed(content, message.presentation, text=message.reason),
        officer=message.approver,
    )


@react.register
def _(message: ProcessingStopped) -> tuple[Command, ...]:
    """Form 05: the dossier ends before a result."""
    asked_at = message.asked_at
    content = about_case(message) | {
        "ground": message.ground,
        "legal_basis": message.legal_basis,
        "asked_at": asked_at and asked_at.isoformat(),
        "stopped_at": message.occurred_at.isoformat(),
    }
    return of_case(
        message,
        PaperKind.STOP,
        number_form="{n}/{yyyy}-TBD",
        content=sealed(content, message.presentation, text=message.reason),
        officer=message.officer,
    )


@react.register
def _(message: PaymentRecorded) -> tuple[Command, ...]:
    """The fee receipt; it is numbered apart, and not as a form of the one-stop desk."""
    said, kind = message.about, PaperKind.PAYMENT
    content = {
        "subject": said["procedure_name"],
        "procedure_code": said["procedure_code"],
        "amount": message.amount,
        "lines": message.lines,
        "method": message.method,
        "reference": message.reference,
        "paid_at": message.paid_at.isoformat(),
    }
    return (
        GrantAccess(message.dossier_id, said["unit"]),
        RequestPaper(
            dossier_id=message.dossier_id,
            kind=kind,
            form="payment",
            title=TEXTS["title.payment"],
            unit=said["unit"],
            code=message.code,
            language=said["language"],
            series=kind.value,
            number_form="{n}/{yyyy}-BL",
            content=sealed(content, message.presentation),
            officer=message.officer or NOBODY,
        ),
    )


@react.register
def _(message: ResultWithdrawn) -> tuple[Command, ...]:
    """A sealed result that is called back counts no more."""
    return (
        WithdrawPaper(
            message.paper_id,
            message.reason,
            message.legal_basis,
            message.withdrawn_by,
            message.occurred_at,
        ),
    )


def of_case(
    message: CaseFacts,
    kind: PaperKind,
    *,
    number_form: str,
    content: Personal | Erased,
    officer: Personal | Erased,
) -> tuple[Command, ...]:
    """A form about a case, by the unit that has it."""
    return (
        GrantAccess(message.dossier_id, message.unit),
        RequestPaper(
            dossier_id=message.dossier_id,
            kind=kind,
            form=kind.value,
            title=TEXTS[f"title.{kind}"],
            unit=message.unit,
            code=message.code,
            language=message.language,
            series=kind.value,
            number_form=number_form,
            content=content,
            officer=officer,
        ),
    )
