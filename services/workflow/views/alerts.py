"""What officers and their leaders are told of a case that waits in the queue."""

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


@singledispatch
def alerts(event: object) -> Iterable[Change]:
    """Most events alert nobody."""
    return ()


@alerts.register
def _(event: Case.DueSoonReached) -> Iterable[Change]:
    return alerted(event.originator_id, "near-due", event.reached_at)


@alerts.register
def _(event: Case.OverdueReached) -> Iterable[Change]:
    yield from calmed(event.originator_id, "near-due")
    yield from alerted(event.originator_id, "overdue", event.reached_at)


@alerts.register
def _(event: Case.ApologyDrafted) -> Iterable[Change]:
    return alerted(event.originator_id, "apology-drafted", event.drafted_at)


@alerts.register
def _(event: Case.ExtensionProposed) -> Iterable[Change]:
    yield from calmed(event.originator_id, "apology-drafted")
    yield from alerted(event.originator_id, "apology-proposed", event.proposed_at)


@alerts.register(Case.ExtensionApproved)
@alerts.register(Case.ExtensionRejected)
def _(event: Any) -> Iterable[Change]:
    return calmed(event.originator_id, "apology-drafted", "apology-proposed")


@alerts.register
def _(event: Case.SupplementDrafted) -> Iterable[Change]:
    return alerted_at(event, "supplement-drafted", event.drafted_at)


@alerts.register
def _(event: Case.StepReminded) -> Iterable[Change]:
    return alerted_at(event, "reminded", event.reminded_at)


@alerts.register
def _(event: Case.StepTimedOut) -> Iterable[Change]:
    return alerted(event.originator_id, "timed-out", event.timed_out_at)


@alerts.register
def _(event: Case.SupplementAsked) -> Iterable[Change]:
    yield sql.CALM_STEP, of_step(event) | {"kinds": ["supplement-drafted"]}
    yield sql.COPY, {"case_id": event.originator_id}


@alerts.register
def _(event: Case.MessageNoted) -> Iterable[Change]:
    return alerted(event.originator_id, "message", event.noted_at)


@alerts.register
def _(event: Case.MessagesSeen) -> Iterable[Change]:
    return calmed(event.originator_id, "message")


def alerted(case_id: UUID, kind: str, at: datetime) -> Iterable[Change]:
    return of_case(case_id, sql.ALERT, alert=Jsonb({kind: at.isoformat()}))


def alerted_at(event: Any, kind: str, at: datetime) -> Iterable[Change]:
    """At one step: it is calm again once the step is done."""
    alert = {"alert": Jsonb({kind: at.isoformat()})}
    yield sql.ALERT_STEP, of_step(event) | alert


def calmed(case_id: UUID, *kinds: str) -> Iterable[Change]:
    return of_case(case_id, sql.CALM, kinds=list(kinds))
