"""What intake tells: filed, received, completed, paid, handed over."""

from __future__ import annotations

from datetime import datetime

from services.portal.changes.base import (
    ACCEPTED,
    ASKED,
    IN_PROGRESS,
    REFUSED,
    RETURNED,
    SUBMITTED,
    TO_PAY,
    WITHDRAWN,
    Change,
    Row,
    change,
)
from shared.contracts.intake import (
    DossierAccepted,
    DossierFacts,
    DossierOpened,
    DossierRefused,
    DossierSubmitted,
    DossierWithdrawn,
    FeesSettled,
    PaymentRecorded,
    PaymentRefunded,
    PersonErased,
    ProcedurePublished,
    ResultReturned,
    SupplementAnswered,
    SupplementExpired,
    SupplementRequested,
    WithdrawalRequested,
)
from shared.search_words import folded


@change.register
def _(message: ProcedurePublished) -> Change:
    definition = message.definition
    names = [
        *definition["names"].values(),
        *definition["sector"]["name"].values(),
        *definition["code_aliases"],
        definition["code"],
        message.slug,
    ]
    return Change(
        procedure={
            "slug": message.slug,
            "version": message.version,
            "valid_from": definition["version"]["valid_from"],
            "valid_to": definition["version"]["valid_to"],
            "definition": definition,
            "words": folded(" ".join(names)),
        }
    )


@change.register
def _(message: PersonErased) -> Change:
    return Change(forgotten=message.subject)


@change.register
def _(message: DossierOpened) -> Change:
    known = {
        "procedure": message.procedure,
        "version": message.version,
        "channel": message.channel,
        "applicant": message.applicant,
        "unit": message.unit,
        "tracking_code": message.tracking_code,
        "language": message.language,
        "opened_at": message.occurred_at,
    }
    parties = (message.applicant, *([message.unit] if message.unit else []))
    return Change(known=known, parties=parties)


def facts(message: DossierFacts) -> Row:
    """What every message about a filed dossier says of it."""
    return {
        "procedure": message.procedure,
        "version": message.version,
        "procedure_code": message.procedure_code,
        "procedure_name": message.procedure_name,
        "channel": message.channel,
        "result_channel": message.result_channel,
        "applicant": message.applicant,
        "unit": message.unit,
        "tracking_code": message.tracking_code,
        "language": message.language,
        "words": folded(" ".join(message.procedure_name.values())),
    }


@change.register
def _(message: DossierSubmitted) -> Change:
    return Change(
        known=facts(message) | {"acknowledge_by": message.acknowledge_by},
        status=SUBMITTED,
        parties=(message.applicant, message.unit),
        line={"unit": message.unit},
    )


@change.register
def _(message: DossierAccepted) -> Change:
    known = facts(message)
    times = {
        "received_at": message.received_at,
        "due_at": message.due_at,
        "promised_at": message.due_at,
        "receiving_point": message.receiving_point,
    }
    words = {"words": f"{folded(message.code)} {known['words']}"}
    return Change(
        known=known | times | words | {"code": message.code},
        status=ACCEPTED,
        parties=(message.applicant, message.unit),
        line={"unit": message.unit, "role": "front_desk"},
    )


@change.register
def _(message: DossierRefused) -> Change:
    return Change(
        known=facts(message),
        status=REFUSED,
        parties=(message.applicant, message.unit),
        line={"unit": message.unit, "role": "front_desk"},
    )


@change.register
def _(message: SupplementRequested) -> Change:
    return Change(begins=ASKED, line={})


@change.register
def _(message: SupplementAnswered) -> Change:
    before_acceptance = message.stage == "intake"
    status = SUBMITTED if before_acceptance else IN_PROGRESS
    return Change(status=status, ends=ASKED, line={})


@change.register
def _(message: SupplementExpired) -> Change:
    """It still waits: only an officer may refuse it now."""
    return Change(line={})


@change.register
def _(message: PaymentRecorded) -> Change:
    return Change(line={}, money=moved(message, message.paid_at, is_refund=False))


@change.register
def _(message: PaymentRefunded) -> Change:
    return Change(line={}, money=moved(message, message.occurred_at, is_refund=True))


def moved(
    message: PaymentRecorded | PaymentRefunded, at: datetime, *, is_refund: bool
) -> Row:
    return {"amount": message.amount, "moved_at": at, "is_refund": is_refund}


@change.register
def _(message: FeesSettled) -> Change:
    return Change(ends=TO_PAY, line={})


@change.register
def _(message: WithdrawalRequested) -> Change:
    return Change(line={})


@change.register
def _(message: DossierWithdrawn) -> Change:
    return Change(status=WITHDRAWN, line={})


@change.register
def _(message: ResultReturned) -> Change:
    return Change(status=RETURNED, line={})
