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
from services.workflow.views.names import Names
from shared.search_words import search_words

Change = tuple[str, dict[str, Any]]  # a statement, and its values


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


@changes.register
def _(event: Case.StepAssigned, names: Names) -> Iterable[Change]:
    yield sql.ASSIGN, {**of_step(event), "assignee": event.assignee}


@changes.register(Case.StepFinished)
@changes.register(Case.StepSkipped)
def _(event: Any, names: Names) -> Iterable[Change]:
    yield sql.REMOVE, of_step(event)


@changes.register
def _(event: Case.SupplementAsked, names: Names) -> Iterable[Change]:
    yield sql.CALM_STEP, of_step(event) | {"kinds": ["supplement-drafted"]}
    yield from held(event.originator_id, "supplement", event.asked_at)


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
def _(event: Case.WithdrawalDecided, names: Names) -> Iterable[Change]:
    return ended(event.originator_id) if event.granted else ()


@changes.register
def _(event: Case.ResultWithdrawn, names: Names) -> Iterable[Change]:
    yield from of_case(event.originator_id, sql.RELEASE_RESULT, is_released=False)


@changes.register
def _(event: Case.Suspended, names: Names) -> Iterable[Change]:
    return held(event.originator_id, "suspension", event.suspended_at)


@changes.register
def _(event: Case.Resumed, names: Names) -> Iterable[Change]:
    return released(event.originator_id, "suspension")


@changes.register
def _(event: Case.PaymentAsked, names: Names) -> Iterable[Change]:
    return held(event.originator_id, "payment", event.asked_at)


@changes.register
def _(event: Case.PaymentSettled, names: Names) -> Iterable[Change]:
    return released(event.originator_id, "payment")


@changes.register(Case.ProcessingStopped)
@changes.register(Case.Lapsed)
@changes.register(Case.Closed)
def _(event: Any, names: Names) -> Iterable[Change]:
    return ended(event.originator_id)


@changes.register
def _(event: Case.StepTimedOut, names: Names) -> Iterable[Change]:
    yield sql.REMOVE, of_step(event)
    yield from alerted(event.originator_id, "timed-out", event.timed_out_at)


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


@changes.register
def _(event: Case.DueSoonReached, names: Names) -> Iterable[Change]:
    return alerted(event.originator_id, "near-due", event.reached_at)


@changes.register
def _(event: Case.OverdueReached, names: Names) -> Iterable[Change]:
    yield from calmed(event.originator_id, "near-due")
    yield from alerted(event.originator_id, "overdue", event.reached_at)


@changes.register
def _(event: Case.ApologyDrafted, names: Names) -> Iterable[Change]:
    return alerted(event.originator_id, "apology-drafted", event.drafted_at)


@changes.register
def _(event: Case.ExtensionProposed, names: Names) -> Iterable[Change]:
    yield from calmed(event.originator_id, "apology-drafted")
    yield from alerted(event.originator_id, "apology-proposed", event.proposed_at)


@changes.register(Case.ExtensionApproved)
@changes.register(Case.ExtensionRejected)
def _(event: Any, names: Names) -> Iterable[Change]:
    return calmed(event.originator_id, "apology-drafted", "apology-proposed")


@changes.register
def _(event: Case.SupplementDrafted, names: Names) -> Iterable[Change]:
    return alerted_at(event, "supplement-drafted", event.drafted_at)


@changes.register
def _(event: Case.StepReminded, names: Names) -> Iterable[Change]:
    return alerted_at(event, "reminded", event.reminded_at)


def of_step(event: Any) -> dict[str, Any]:
    return {"case_id": event.originator_id, "step": event.step}


def of_case(case_id: UUID, statement: str, **values: Any) -> Iterable[Change]:
    """What changes for a case changes for each of its open steps."""
    yield statement, {"case_id": case_id, **values}
    yield sql.COPY, {"case_id": case_id}


def held(case_id: UUID, reason: str, at: datetime) -> Iterable[Change]:
    return of_case(case_id, sql.HOLD, reason=reason, at=at)


def released(case_id: UUID, reason: str) -> Iterable[Change]:
    return of_case(case_id, sql.RELEASE, reason=reason)


def alerted(case_id: UUID, kind: str, at: datetime) -> Iterable[Change]:
    return of_case(case_id, sql.ALERT, alert=Jsonb({kind: at.isoformat()}))


def alerted_at(event: Any, kind: str, at: datetime) -> Iterable[Change]:
    """At one step: it is calm again once the step is done."""
    alert = {"alert": Jsonb({kind: at.isoformat()})}
    yield sql.ALERT_STEP, of_step(event) | alert


def calmed(case_id: UUID, *kinds: str) -> Iterable[Change]:
    return of_case(case_id, sql.CALM, kinds=list(kinds))


def ended(case_id: UUID) -> Iterable[Change]:
    yield sql.REMOVE_ALL, {"case_id": case_id}
    yield sql.END, {"case_id": case_id}
