"""Which facts of workflow become promises to the other services."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from eventsourcing.persistence import Tracking
from eventsourcing.utils import get_topic

from services.workflow.domain import Case
from services.workflow.domain.gazette import Gazette
from shared.contracts.base import Message, told
from shared.contracts.workflow import (
    ApologyApproved,
    CalendarChanged,
    CaseResumed,
    CaseSuspended,
    CaseTouched,
    DecisionApproved,
    DueDateMoved,
    PaymentAsked,
    ProcessingStopped,
    ResultReleased,
    ResultWithdrawn,
    StepFinished,
    StepOpened,
    StepReminded,
    SupplementAsked,
    WithdrawalDecided,
)

DECISION = (
    "code",
    "procedure",
    "procedure_code",
    "procedure_name",
    "legal_basis",
    "outcome",
    "unit",
    "language",
    "received_at",
    "due_at",
    "proposed_by",
    "approved_by",
    "approver",
    "text",
    "presentation",
    "on_behalf_of",
)


STOPPED = (
    "code",
    "procedure",
    "procedure_code",
    "procedure_name",
    "unit",
    "language",
    "received_at",
    "presentation",
    "ground",
    "reason",
    "legal_basis",
    "stopped_by",
    "officer",
    "asked_at",
)
CHARGE = ("step", "unit", "amount", "name", "legal_basis", "asked_by")


APOLOGY = (
    "code",
    "procedure",
    "procedure_code",
    "procedure_name",
    "unit",
    "language",
    "received_at",
    "presentation",
    "old_due_at",
    "new_due_at",
    "is_extension",
    "reason",
    "proposed_by",
    "approved_by",
    "approver",
)


@singledispatch
def translate(event: object, place: Tracking) -> Iterable[Message]:
    """Of a case, that it changed; procedures we only copied."""
    if isinstance(event, Case.Event):
        yield CaseTouched(**told(event, place), topic=get_topic(type(event)))


@translate.register
def _(event: Case.StepOpened, place: Tracking) -> Iterable[Message]:
    yield StepOpened(
        **told(event, place),
        case_id=event.originator_id,
        step=event.step,
        name=event.name,
        unit=event.unit,
        role=event.role,
        status=event.status,
        due_at=event.due_at,
        deadline_at=event.deadline_at,
    )


@translate.register
def _(event: Case.StepFinished, place: Tracking) -> Iterable[Message]:
    yield StepFinished(
        **told(event, place),
        case_id=event.originator_id,
        step=event.step,
        unit=event.unit,
        outcome=event.outcome,
        finished_by=event.finished_by,
        facts=event.facts,
    )


@translate.register
def _(event: Case.StepSkipped, place: Tracking) -> Iterable[Message]:
    yield StepFinished(
        **told(event, place),
        case_id=event.originator_id,
        step=event.step,
        unit=event.unit,
        outcome=None,
        finished_by=event.actor["subject"],
    )


@translate.register
def _(event: Case.SupplementAsked, place: Tracking) -> Iterable[Message]:
    yield SupplementAsked(
        **told(event, place),
        items=event.items,
        words=event.words,
        asked_by=event.asked_by,
    )


@translate.register
def _(event: Case.DecisionRequested, place: Tracking) -> Iterable[Message]:
    facts = {name: getattr(event, name) for name in DECISION}
    yield DecisionApproved(**told(event, place), case_id=event.originator_id, **facts)


@translate.register
def _(event: Case.BranchResultApproved, place: Tracking) -> Iterable[Message]:
    facts = {name: getattr(event, name) for name in (*DECISION, "branch")}
    yield DecisionApproved(**told(event, place), case_id=event.originator_id, **facts)


@translate.register
def _(event: Case.ResultReleased, place: Tracking) -> Iterable[Message]:
    yield ResultReleased(
        **told(event, place),
        outcome=event.outcome,
        outcome_kind=event.outcome_kind,
        outcome_title=event.outcome_title,
        paper_id=event.paper_id,
        unit=event.unit,
    )


@translate.register
def _(event: Case.WithdrawalDecided, place: Tracking) -> Iterable[Message]:
    yield WithdrawalDecided(**told(event, place), granted=event.granted)


@translate.register
def _(event: Case.StepTimedOut, place: Tracking) -> Iterable[Message]:
    yield StepFinished(
        **told(event, place),
        case_id=event.originator_id,
        step=event.step,
        unit=event.unit,
        outcome=event.outcome,
        finished_by=event.actor["subject"],
    )


@translate.register
def _(event: Case.StepReminded, place: Tracking) -> Iterable[Message]:
    yield StepReminded(
        **told(event, place),
        case_id=event.originator_id,
        step=event.step,
        name=event.name,
        unit=event.unit,
        role=event.role,
        deadline_at=event.deadline_at,
    )


@translate.register
def _(event: Case.DueDateMoved, place: Tracking) -> Iterable[Message]:
    yield DueDateMoved(
        **told(event, place),
        case_id=event.originator_id,
        old_due_at=event.old_due_at,
        new_due_at=event.new_due_at,
        original_due_at=event.original_due_at or event.new_due_at,
        reason=event.reason,
    )


@translate.register
def _(event: Case.ExtensionApproved, place: Tracking) -> Iterable[Message]:
    facts = {name: getattr(event, name) for name in APOLOGY}
    yield ApologyApproved(**told(event, place), case_id=event.originator_id, **facts)


@translate.register
def _(event: Gazette.NoticeEntered, place: Tracking) -> Iterable[Message]:
    since = event.valid_from
    yield CalendarChanged(**told(event, place), **notice(event), valid_from=since)


@translate.register
def _(event: Gazette.NoticeRevoked, place: Tracking) -> Iterable[Message]:
    since = {"valid_from": event.revoked_at, "is_revoked": True}
    yield CalendarChanged(**told(event, place), **notice(event), **since)


NOTICE = ("notice_id", "date", "kind", "scope", "scope_id", "legal_notice")


def notice(event: Gazette.NoticeEntered | Gazette.NoticeRevoked) -> dict[str, Any]:
    return {name: getattr(event, name) for name in NOTICE}


@translate.register
def _(event: Case.ProcessingStopped, place: Tracking) -> Iterable[Message]:
    facts = {name: getattr(event, name) for name in STOPPED}
    yield ProcessingStopped(**told(event, place), case_id=event.originator_id, **facts)


@translate.register
def _(event: Case.ResultWithdrawn, place: Tracking) -> Iterable[Message]:
    yield ResultWithdrawn(
        **told(event, place),
        paper_id=event.paper_id,
        reason=event.reason,
        legal_basis=event.legal_basis,
        withdrawn_by=event.withdrawn_by,
    )


@translate.register
def _(event: Case.Suspended, place: Tracking) -> Iterable[Message]:
    yield CaseSuspended(
        **told(event, place),
        case_id=event.originator_id,
        unit=event.unit,
        reason=event.reason,
        legal_basis=event.legal_basis,
        suspended_by=event.suspended_by,
    )


@translate.register
def _(event: Case.Resumed, place: Tracking) -> Iterable[Message]:
    yield CaseResumed(
        **told(event, place),
        case_id=event.originator_id,
        due_at=event.due_at,
        resumed_by=event.resumed_by,
    )


@translate.register
def _(event: Case.PaymentAsked, place: Tracking) -> Iterable[Message]:
    facts = {name: getattr(event, name) for name in CHARGE}
    yield PaymentAsked(**told(event, place), case_id=event.originator_id, **facts)
