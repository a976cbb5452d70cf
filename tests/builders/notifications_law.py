"""What the law does to a dossier, as the messages that tell it to notifications."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from shared.contracts.intake import PaymentRecorded, PaymentRefunded, SupplementExpired
from shared.contracts.workflow import (
    ApologyApproved,
    CaseResumed,
    CaseSuspended,
    DueDateMoved,
    PaymentAsked,
    ProcessingStopped,
    ResultWithdrawn,
    StepReminded,
    WithdrawalDecided,
)
from shared.personal import Personal
from tests.builders.notifications import CODE, DOSSIER, NOW, facts

LATE = NOW + timedelta(days=5, hours=7)
LATER = NOW + timedelta(days=10)

BASIS = "Điều 9 Nghị định 118/2025/NĐ-CP"


def of_the_case(**named: Any) -> dict[str, Any]:
    """What a paper about a case says of it."""
    names = ("procedure", "procedure_code", "procedure_name", "unit", "language")
    about = {name: facts()[name] for name in (*names, "presentation")}
    return {
        **about,
        "case_id": UUID(int=8),
        "code": CODE,
        "received_at": NOW,
        "reason": Personal("citizen-1", "chờ xác minh"),
        **named,
    }


def apology_approved(position: int = 20, **named: Any) -> ApologyApproved:
    about = of_the_case(
        unit="ubnd_xa",
        old_due_at=LATE,
        new_due_at=LATER,
        is_extension=True,
        proposed_by="officer-8",
        approved_by="officer-9",
        approver=Personal("officer-9", "Lê Thị Hoa"),
    )
    return ApologyApproved(**told_by("workflow", position), **about | named)


def processing_stopped(
    position: int = 21, ground: str = "stop", **named: Any
) -> ProcessingStopped:
    about = of_the_case(
        ground=ground,
        legal_basis=BASIS,
        stopped_by="officer-9",
        officer=Personal("officer-9", "Lê Thị Hoa"),
    )
    return ProcessingStopped(**told_by("workflow", position), **about | named)


def due_date_moved(position: int = 22, reason: str = "calendar") -> DueDateMoved:
    return DueDateMoved(
        **told_by("workflow", position),
        case_id=UUID(int=8),
        old_due_at=LATE,
        new_due_at=LATER,
        original_due_at=LATER,
        reason=reason,
    )


def case_suspended(position: int = 23) -> CaseSuspended:
    return CaseSuspended(
        **told_by("workflow", position),
        case_id=UUID(int=8),
        unit="ubnd_xa",
        reason=Personal("citizen-1", "chờ xác minh"),
        legal_basis=BASIS,
        suspended_by="officer-9",
    )


def case_resumed(position: int = 24) -> CaseResumed:
    return CaseResumed(
        **told_by("workflow", position),
        case_id=UUID(int=8),
        due_at=LATER,
        resumed_by="officer-9",
    )


def payment_asked(position: int = 25) -> PaymentAsked:
    return PaymentAsked(
        **told_by("workflow", position),
        case_id=UUID(int=8),
        step="pay",
        unit="ubnd_xa",
        amount=150_000,
        name={"vi": "Phí thẩm định", "en": "Appraisal fee", "fr": "Frais d'expertise"},
        legal_basis=BASIS,
        asked_by="officer-8",
    )


def payment_recorded(position: int = 26, **named: Any) -> PaymentRecorded:
    form = {"applicant": {"name": "Nguyễn Thị An", "phone": "0901234567", "email": ""}}
    about: dict[str, Any] = {
        "payment_id": UUID(int=70),
        "amount": 150_000,
        "method": "cash",
        "reference": "",
        "paid_at": NOW,
        "lines": [],
        "code": None,
        "about": {name: facts()[name] for name in ABOUT},
        "presentation": Personal("citizen-1", json.dumps(form)),
    }
    return PaymentRecorded(**told_by("intake", position), **about | named)


ABOUT = ("procedure_name", "unit", "language", "result_channel")


def payment_refunded(position: int = 27) -> PaymentRefunded:
    return PaymentRefunded(
        **told_by("intake", position),
        payment_id=UUID(int=70),
        amount=150_000,
        refunded_by="officer-9",
    )


def result_withdrawn(position: int = 28) -> ResultWithdrawn:
    return ResultWithdrawn(
        **told_by("workflow", position),
        paper_id=UUID(int=92),
        reason=Personal("citizen-1", "nhầm tên"),
        legal_basis=BASIS,
        withdrawn_by="officer-9",
    )


def withdrawal_decided(position: int = 29, *, granted: bool) -> WithdrawalDecided:
    return WithdrawalDecided(**told_by("workflow", position), granted=granted)


def step_reminded(position: int = 30, role: str = "applicant") -> StepReminded:
    return StepReminded(
        **told_by("workflow", position),
        case_id=UUID(int=8),
        step="confirm",
        name={"vi": "Xác nhận", "en": "Confirm the draft", "fr": "Confirmer le projet"},
        unit="ubnd_xa",
        role=role,
        deadline_at=LATER,
    )


def supplement_expired(position: int = 31) -> SupplementExpired:
    return SupplementExpired(
        **told_by("intake", position), stage="review", answer_by=LATER
    )


def told_by(source: str, position: int) -> dict[str, Any]:
    return {
        "source": source,
        "position": position,
        "correlation_id": "request-1",
        "occurred_at": NOW,
        "dossier_id": DOSSIER,
    }
