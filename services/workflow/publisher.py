"""Which facts of workflow become promises to the other services."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from eventsourcing.persistence import Tracking
from eventsourcing.utils import get_topic

from services.workflow.domain import Case
from shared.contracts.base import Message, told
from shared.contracts.workflow import (
    CaseTouched,
    DecisionApproved,
    ResultReleased,
    StepFinished,
    StepOpened,
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
