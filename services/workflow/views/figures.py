"""Figures of cases: one row for each, with what its lateness is judged by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch
from typing import Any

from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder

from services.workflow.domain import Case
from services.workflow.domain.step import Effect
from services.workflow.ports import Row
from shared.eventsourcing import Aggregate

Change = tuple[str, dict[str, Any]]  # a statement, and its values

BEGIN = """
    INSERT INTO workflow_figures
        (case_id, unit, procedure, channel, received_at, original_due_at)
    VALUES (%(case_id)s, %(unit)s, %(procedure)s, %(channel)s, %(received_at)s,
            %(due_at)s)
"""
MOVE = """
    UPDATE workflow_figures SET original_due_at = %(at)s WHERE case_id = %(case_id)s
"""
ASK = """
    UPDATE workflow_figures SET requests = requests + 1 WHERE case_id = %(case_id)s
"""
HOLD = """
    UPDATE workflow_figures
    SET holds = array_append(array_remove(holds, %(reason)s), %(reason)s),
        stood_since = coalesce(stood_since, %(at)s)
    WHERE case_id = %(case_id)s
"""
RELEASE = """
    UPDATE workflow_figures
    SET holds = array_remove(holds, %(reason)s),
        stood_since = CASE WHEN array_remove(holds, %(reason)s) <> '{}'
                           THEN stood_since END
    WHERE case_id = %(case_id)s
"""
APOLOGISE = """
    UPDATE workflow_figures SET has_apology = true WHERE case_id = %(case_id)s
"""
PROCESS = """
    UPDATE workflow_figures SET processed_at = %(at)s WHERE case_id = %(case_id)s
"""
END = "UPDATE workflow_figures SET ended_at = %(at)s WHERE case_id = %(case_id)s"

COUNTS = """
    WITH judged AS (
        SELECT unit, procedure, channel, has_apology, received_at,
               coalesce(processed_at, ended_at) AS ended,
               requests > 1 OR original_due_at < least(%(until)s,
                   coalesce(processed_at, ended_at, stood_since, 'infinity'))
                   AS is_late
        FROM workflow_figures WHERE received_at < %(until)s
    ), placed AS (
        SELECT *, received_at >= %(since)s AS is_received,
               ended >= %(since)s AND ended < %(until)s AS has_ended,
               ended IS NULL OR ended >= %(until)s AS is_open
        FROM judged WHERE ended IS NULL OR ended >= %(since)s
    )
    SELECT unit, procedure, channel,
           count(*) FILTER (WHERE is_received) AS received,
           count(*) FILTER (WHERE has_ended) AS ended,
           count(*) FILTER (WHERE has_ended AND NOT is_late) AS ended_on_time,
           count(*) FILTER (WHERE has_ended AND is_late) AS ended_late,
           count(*) FILTER (WHERE is_late AND has_apology) AS late_with_apology,
           count(*) FILTER (WHERE is_open) AS open,
           count(*) FILTER (WHERE is_open AND is_late) AS open_overdue
    FROM placed GROUP BY unit, procedure, channel ORDER BY unit, procedure, channel
"""


@singledispatch
def changes(event: object) -> Iterable[Change]:
    """Most events say nothing of lateness."""
    return ()


@changes.register
def _(event: Case.Opened) -> Iterable[Change]:
    names = ("unit", "procedure", "channel", "received_at", "due_at")
    row = {name: getattr(event, name) for name in names}
    yield BEGIN, {"case_id": event.originator_id, **row}


@changes.register
def _(event: Case.DueDateMoved) -> Iterable[Change]:
    yield change(event, MOVE, event.original_due_at or event.new_due_at)


@changes.register
def _(event: Case.SupplementAsked) -> Iterable[Change]:
    yield change(event, ASK)
    yield held(event, f"supplement:{event.step}", event.asked_at)


@changes.register
def _(event: Case.SupplementAnswered) -> Iterable[Change]:
    yield released(event, f"supplement:{event.step}")


@changes.register
def _(event: Case.PaymentAsked) -> Iterable[Change]:
    yield held(event, f"payment:{event.step}", event.asked_at)


@changes.register
def _(event: Case.PaymentSettled) -> Iterable[Change]:
    yield released(event, f"payment:{event.step}")


@changes.register
def _(event: Case.StepSkipped) -> Iterable[Change]:
    """What was awaited at a needless step stops the clock no more."""
    if event.effect != Effect.CONTINUE:
        yield released(event, f"supplement:{event.step}")
        yield released(event, f"payment:{event.step}")


@changes.register
def _(event: Case.Suspended) -> Iterable[Change]:
    yield held(event, "suspension", event.suspended_at)


@changes.register
def _(event: Case.Resumed) -> Iterable[Change]:
    yield released(event, "suspension")


@changes.register
def _(event: Case.ClockStopped) -> Iterable[Change]:
    yield held(event, event.reason, event.at)


@changes.register
def _(event: Case.ClockStarted) -> Iterable[Change]:
    yield released(event, event.reason)


@changes.register
def _(event: Case.DecreeApplied) -> Iterable[Change]:
    if event.effect == "freeze":
        yield held(event, f"decree:{event.decree_id}", event.since)


@changes.register
def _(event: Case.DecreeEnded) -> Iterable[Change]:
    yield released(event, f"decree:{event.decree_id}")


@changes.register
def _(event: Case.ExtensionApproved) -> Iterable[Change]:
    yield change(event, APOLOGISE)


@changes.register
def _(event: Case.ResultReleased) -> Iterable[Change]:
    yield change(event, PROCESS, event.timestamp)


@changes.register
def _(event: Case.ResultWithdrawn) -> Iterable[Change]:
    yield change(event, PROCESS)


@changes.register
def _(event: Case.ProcessingStopped) -> Iterable[Change]:
    yield change(event, END, event.stopped_at)


@changes.register
def _(event: Case.Lapsed) -> Iterable[Change]:
    yield change(event, END, event.lapsed_at)


@changes.register
def _(event: Case.WithdrawalDecided) -> Iterable[Change]:
    if event.granted:
        yield change(event, END, event.decided_at)


@changes.register
def _(event: Case.Closed) -> Iterable[Change]:
    yield change(event, END, event.closed_at)


def change(event: Any, statement: str, at: datetime | None = None) -> Change:
    return statement, {"case_id": event.originator_id, "at": at}


def held(event: Any, reason: str, at: datetime) -> Change:
    return HOLD, {"case_id": event.originator_id, "reason": reason, "at": at}


def released(event: Any, reason: str) -> Change:
    return RELEASE, {"case_id": event.originator_id, "reason": reason}


class PostgresFigures(PostgresTrackingRecorder):
    """Each row is kept with its place in the log."""

    def follow(self, event: Aggregate.Event, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            for statement, values in changes(event):
                cursor.execute(statement, values)
            self._insert_tracking(cursor, tracking)

    def counts(self, since: datetime, until: datetime) -> list[Row]:
        with self.datastore.transaction() as cursor:
            cursor.execute(COUNTS, {"since": since, "until": until})
            return [dict(row) for row in cursor.fetchall()]
