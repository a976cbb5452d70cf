"""What each event changes in the queue. Pure, and tested against a recount."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from services.workflow.domain import Case
from services.workflow.views import sql
from services.workflow.views.change import Change, of_case, of_step
from services.workflow.views.names import Names
from shared.search_words import search_words


@singledispatch
def changes(event: object, names: Names) -> Iterable[Change]:
    """Most events change nothing that the queue shows."""
    return ()


@changes.register
def _(event: Case.Opened, names: Names) -> Iterable[Change]:
    plain = search_words(" ".join([event.code, *event.procedure_name.values()]))
    yield (
        sql.BEGIN,
        {
            "case_id": event.originator_id,
            "dossier_id": event.dossier_id,
            "code": event.code,
            "procedure": event.procedure,
            "procedure_name": Jsonb(event.procedure_name),
            "applicant": event.applicant,
            "words": [*plain, *names.words(event.presentation)],
            "is_emergency": event.is_emergency,
            "due_at": event.due_at,
            "due_soon_at": event.due_soon_at or event.due_at,
        },
    )


@changes.register
def _(event: Case.StepOpened, names: Names) -> Iterable[Change]:
    yield (
        sql.ADD,
        {
            "case_id": event.originator_id,
            "step": event.step,
            "step_name": Jsonb(event.name),
            "step_words": search_words(" ".join(event.name.values())),
            "unit": event.unit,
            "role": event.role,
            "opened_at": event.opened_at,
            "deadline_at": event.deadline_at,
            "status": event.status,
        },
    )
    yield sql.RESTATE, {"case_id": event.originator_id}


@changes.register
def _(event: Case.StepAssigned, names: Names) -> Iterable[Change]:
    yield sql.ASSIGN, {**of_step(event), "assignee": event.assignee}


@changes.register(Case.StepFinished)
@changes.register(Case.StepTimedOut)
def _(event: Any, names: Names) -> Iterable[Change]:
    return gone(event.originator_id, event.step)


@changes.register
def _(event: Case.StepSkipped, names: Names) -> Iterable[Change]:
    """Nothing is awaited any more where nothing is to be done."""
    yield sql.AWAIT_NO_MORE, of_step(event)
    yield from gone(event.originator_id, event.step)


@changes.register(Case.StepSentBack)
@changes.register(Case.StepRecalled)
def _(event: Any, names: Names) -> Iterable[Change]:
    return gone(event.originator_id, *event.taken)


@changes.register
def _(event: Case.SupplementAsked, names: Names) -> Iterable[Change]:
    yield sql.AWAIT, of_step(event)
    yield from held(event.originator_id, "supplement", event.asked_at)


@changes.register
def _(event: Case.PaymentAsked, names: Names) -> Iterable[Change]:
    yield sql.AWAIT, of_step(event)
    yield from held(event.originator_id, "payment", event.asked_at)


@changes.register
def _(event: Case.PaymentSettled, names: Names) -> Iterable[Change]:
    return released(event.originator_id, "payment")


@changes.register
def _(event: Case.Suspended, names: Names) -> Iterable[Change]:
    return held(event.originator_id, "suspension", event.suspended_at)


@changes.register
def _(event: Case.Resumed, names: Names) -> Iterable[Change]:
    return released(event.originator_id, "suspension")


@changes.register
def _(event: Case.SupplementAnswered, names: Names) -> Iterable[Change]:
    words = names.words(event.presentation)
    yield sql.LEARN, {"case_id": event.originator_id, "words": words}
    yield from released(event.originator_id, "supplement")


@changes.register
def _(event: Case.ClockStopped, names: Names) -> Iterable[Change]:
    yield from held(event.originator_id, event.reason, event.at)


@changes.register
def _(event: Case.ClockStarted, names: Names) -> Iterable[Change]:
    yield from released(event.originator_id, event.reason)


@changes.register
def _(event: Case.DueDateMoved, names: Names) -> Iterable[Change]:
    case_id = event.originator_id
    soon = event.due_soon_at or event.new_due_at
    due = {"due_at": event.new_due_at, "due_soon_at": soon}
    yield from of_case(case_id, sql.MOVE_DUE, **due)


@changes.register
def _(event: Case.ResultReleased, names: Names) -> Iterable[Change]:
    yield from of_case(event.originator_id, sql.RELEASE_RESULT, is_released=True)


@changes.register
def _(event: Case.ResultWithdrawn, names: Names) -> Iterable[Change]:
    yield from gone(event.originator_id, *event.taken)
    yield from of_case(event.originator_id, sql.RELEASE_RESULT, is_released=False)


@changes.register
def _(event: Case.WithdrawalDecided, names: Names) -> Iterable[Change]:
    return ended(event.originator_id) if event.granted else ()


@changes.register(Case.Closed)
@changes.register(Case.Lapsed)
@changes.register(Case.ProcessingStopped)
def _(event: Any, names: Names) -> Iterable[Change]:
    """However it ends; after a withdrawal form 05 changes nothing any more."""
    return ended(event.originator_id)


@changes.register
def _(event: Case.DecreeApplied, names: Names) -> Iterable[Change]:
    decree = f"decree {event.decree_id}"
    match event.effect:
        case "freeze":
            return held(event.originator_id, decree, event.since)
        case "priority":
            return of_case(event.originator_id, sql.PREFER, decree=decree)
    return ()


@changes.register
def _(event: Case.DecreeEnded, names: Names) -> Iterable[Change]:
    decree = f"decree {event.decree_id}"
    if event.effect == "priority":
        return of_case(event.originator_id, sql.PREFER_NO_MORE, decree=decree)
    return released(event.originator_id, decree)


def held(case_id: UUID, reason: str, at: datetime) -> Iterable[Change]:
    return of_case(case_id, sql.HOLD, reason=reason, at=at)


def released(case_id: UUID, reason: str) -> Iterable[Change]:
    return of_case(case_id, sql.RELEASE, reason=reason)


def gone(case_id: UUID, *steps: str) -> Iterable[Change]:
    yield sql.REMOVE, {"case_id": case_id, "steps": list(steps)}
    yield sql.RESTATE, {"case_id": case_id}


def ended(case_id: UUID) -> Iterable[Change]:
    yield sql.REMOVE_ALL, {"case_id": case_id}
    yield sql.END, {"case_id": case_id}
