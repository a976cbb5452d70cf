"""A dossier as people see it who have to do with it: answers, papers, money."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.intake.domain import documents
from services.intake.domain.dossier import Dossier
from services.intake.domain.fees import outstanding
from services.intake.domain.record import APPLICANT, AT_THE_DESK
from services.intake.domain.rules import Rules
from services.intake.domain.texts import Text3, text3
from shared.contracts.words import opened, whole
from shared.personal import Erased

DRAFT = text3("Bản nháp", "Draft", "Brouillon")


def overview(dossier: Dossier, rules: Rules, now: datetime) -> dict[str, Any]:
    return {
        "id": str(dossier.id),
        "version": dossier.version,
        "code": dossier.code,
        "tracking_code": dossier.tracking_code,
        "procedure": rules.slug,
        "procedure_version": rules.number,
        "procedure_code": rules.definition["code"],
        "names": rules.definition["names"],
        "channel": dossier.channel,
        "unit": dossier.unit,
        "receiving_point": dossier.receiving_point,
        "applicant": dossier.applicant,
        "language": dossier.language,
        "status": dossier.status or 0,
        "status_label": label(dossier, rules),
        "answers": answers(dossier, rules, now),
        "is_erased": isinstance(dossier.answers, Erased),
        "documents": papers(dossier, rules, now),
        **money(dossier, rules, now),
        **progress(dossier, rules),
        "supplement_reasons": rules.supplement_reasons,
    }


def label(dossier: Dossier, rules: Rules) -> Text3:
    labels: dict[int | None, Text3] = {
        each["code"]: each["label"] for each in rules.directory.common["statuses"]
    }
    return labels.get(dossier.status, DRAFT)


def answers(dossier: Dossier, rules: Rules, now: datetime) -> dict[str, Any]:
    """As they were given, with what the form adds to them."""
    filled = dossier.fill(rules, now)
    added = {name: each for name, each in filled.values.items() if each is not None}
    return {**dossier.given, **added}


def papers(dossier: Dossier, rules: Rules, now: datetime) -> list[dict[str, Any]]:
    names = dossier.fill(rules, now).names
    known = dossier.papers
    return [
        documents.shown(each, known.get(each["code"], documents.NO_PAPER), names)
        for each in rules.definition["documents"]
    ]


def money(dossier: Dossier, rules: Rules, now: datetime) -> dict[str, Any]:
    """A draft shows what it would cost today."""
    fees = [*dossier.fees_now(rules, now), *dossier.added_fees]
    return {
        "fees": fees,
        "paid": dossier.paid,
        "balance": outstanding(fees, dossier.paid),
        "refunded": dossier.fees_refunded + dossier.surplus_refunded,
        "payments": [paid(dossier, each) for each in dossier.payments],
        "refund": refund(dossier),
        "exemption_groups": dossier.exemption_groups,
    }


def paid(dossier: Dossier, payment: dict[str, Any]) -> dict[str, Any]:
    return {
        **payment,
        "payment_id": str(payment["payment_id"]),
        "reference": opened(payment["reference"]) or payment["bank_reference"],
        "refundable": dossier.refundable(payment),
    }


def refund(dossier: Dossier) -> dict[str, Any] | None:
    """What is proposed to go back, until somebody else decides."""
    known = dossier.refund
    return known and {
        **known,
        "payment_id": str(known["payment_id"]),
        "reason": opened(known["reason"]),
    }


def progress(dossier: Dossier, rules: Rules) -> dict[str, Any]:
    return {
        "submitted_at": iso(dossier.submitted_at),
        "acknowledge_by": iso(dossier.acknowledge_by),
        "received_at": iso(dossier.received_at),
        "is_acknowledgement_overdue": dossier.is_acknowledgement_overdue,
        "due_at": iso(dossier.due_at),
        "original_due_at": iso(dossier.original_due_at),
        "warnings": dossier.warnings,
        "supplement": asked(dossier, rules),
        "refusal": refusal(dossier),
        "stop": stop(dossier),
        "is_withdrawal_asked": dossier.is_withdrawal_asked,
        "rating": dossier.rating and {"score": dossier.rating["score"]},
        "result_channel": dossier.result_channel or None,
        "result": dossier.result,
        "result_read_at": read_at(dossier),
        "handed_over": handed_over(dossier),
    }


def read_at(dossier: Dossier) -> str | None:
    """When the decision that stands was opened by the applicant's side first."""
    paper_id = (dossier.result or {}).get("paper_id")
    times = [x["read_at"] for x in dossier.readings if x["paper_id"] == paper_id]
    return min(times, default=None)


def refusal(dossier: Dossier) -> dict[str, Any] | None:
    known = dossier.refusal
    return known and {**known, "note": opened(known["note"])}


def handed_over(dossier: Dossier) -> dict[str, Any] | None:
    """Who took the result, and what they signed."""
    known = dossier.handed_over
    return known and {
        **known,
        "returned_at": iso(known["returned_at"]),
        "receiver": opened(known["receiver"]),
        "signature": opened(known["signature"]),
    }


def stop(dossier: Dossier) -> dict[str, Any] | None:
    known = dossier.stop
    return known and {**known, "reason": opened(known["reason"])}


def asked(dossier: Dossier, rules: Rules) -> dict[str, Any] | None:
    if dossier.supplement is None:
        return None
    limits = rules.definition["supplement"]
    return {
        "stage": dossier.supplement["stage"],
        "items": whole(dossier.supplement["items"], dossier.supplement["words"]),
        "brought": list(dossier.supplement["brought"]),
        "answer_by": iso(dossier.supplement["answer_by"]),
        "is_expired": dossier.supplement["is_expired"],
        "guidance_limit": limits["guidance_limit"],
        "refusal_limit": limits["refusal_limit"],
    }


def iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def all_problems(dossier: Dossier, rules: Rules, now: datetime) -> list[dict[str, Any]]:
    """All that still stands between the dossier and its next step."""
    who = APPLICANT if dossier.channel == "online" and dossier.is_draft else AT_THE_DESK
    filled = dossier.fill(rules, now, who)
    return [
        *filled.problems,
        *rules.form.checks(filled.names, "submission"),
        *dossier.paper_problems(rules, filled),
    ]
