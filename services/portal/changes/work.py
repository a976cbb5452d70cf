"""What workflow tells: steps, dates, rests, and the result."""

from __future__ import annotations

from services.portal.changes.base import (
    IN_PROGRESS,
    READY,
    RESTING,
    TO_PAY,
    WITHDRAWN,
    Change,
    change,
)
from shared.contracts.workflow import (
    ApologyApproved,
    CalendarChanged,
    CaseResumed,
    CaseSuspended,
    DecisionApproved,
    DueDateMoved,
    PaymentAsked,
    ProcessingStopped,
    ResultReleased,
    ResultWithdrawn,
    StepFinished,
    StepOpened,
    WithdrawalDecided,
)


@change.register
def _(message: StepOpened) -> Change:
    due = {"due_at": message.due_at} if message.due_at else {}
    return Change(
        known={"case_id": message.case_id} | due,
        status=message.status,
        parties=(message.unit,),
        line={
            "unit": message.unit,
            "role": message.role,
            "step": message.step,
            "name": message.name,
        },
    )


@change.register
def _(message: StepFinished) -> Change:
    if message.outcome is None:  # needless: nobody did anything
        return Change()
    return Change(line={"unit": message.unit, "step": message.step})


@change.register
def _(message: DueDateMoved) -> Change:
    """What was promised when the dossier was received stays beside it."""
    known = {"due_at": message.new_due_at, "due_reason": message.reason}
    line = {"due_at": message.new_due_at, "reason": message.reason}
    return Change(known=known, line=line)


@change.register
def _(message: ApologyApproved) -> Change:
    """Only an extension moves the legal date; an apology says when it will be done."""
    known = {} if message.is_extension else {"expected_at": message.new_due_at}
    return Change(
        known=known, line={"unit": message.unit, "due_at": message.new_due_at}
    )


@change.register
def _(message: PaymentAsked) -> Change:
    line = {"unit": message.unit, "step": message.step}
    return Change(begins=TO_PAY, line=line)


@change.register
def _(message: CaseSuspended) -> Change:
    return Change(begins=RESTING, line={"unit": message.unit, "role": "agency_leader"})


@change.register
def _(message: CaseResumed) -> Change:
    return Change(known={"due_at": message.due_at}, ends=RESTING, line={})


@change.register
def _(message: ProcessingStopped) -> Change:
    line = {"unit": message.unit}
    if message.ground == "withdrawal":
        return Change(status=WITHDRAWN, line=line)
    return Change(known={"is_stopped": True}, begins=RESTING, line=line)


@change.register
def _(message: DecisionApproved) -> Change:
    return Change(line={"unit": message.unit, "role": "agency_leader"})


@change.register
def _(message: ResultReleased) -> Change:
    known = {
        "outcome": message.outcome,
        "outcome_kind": message.outcome_kind,
        "outcome_title": message.outcome_title,
    }
    return Change(known=known, status=READY, line={"unit": message.unit})


@change.register
def _(message: ResultWithdrawn) -> Change:
    """There is no result any more: somebody will decide again."""
    nothing = dict.fromkeys(("outcome", "outcome_kind", "outcome_title"))
    return Change(known=nothing, status=IN_PROGRESS, is_step_back=True, line={})


@change.register
def _(message: WithdrawalDecided) -> Change:
    return Change() if message.granted else Change(line={})


@change.register
def _(message: CalendarChanged) -> Change:
    return Change(
        calendar_notice={
            "id": message.notice_id,
            "date": message.date,
            "kind": message.kind,
            "scope": message.scope,
            "scope_id": message.scope_id,
            "legal_notice": message.legal_notice,
            "valid_from": message.valid_from,
            "is_revoked": message.is_revoked,
        }
    )
