"""Figures of cases: one row for each, with what its lateness is judged by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import singledispatch
from typing import Any

from eventsourcing.persistence import Tracking

from services.workflow.domain import Case
from services.workflow.domain.step import Effect
from services.workflow.views.figure_steps import steps
from services.workflow.views.figured import FigureQuestions
from shared.eventsourcing import Aggregate

Change = tuple[str, dict[str, Any]]  # a statement, and its values

BEGIN = """
    INSERT INTO workflow_figures (case_id, dossier_id, code, unit, procedure, channel,
                                  received_at, original_due_at, due_at)
    VALUES (%(case_id)s, %(dossier_id)s, %(code)s, %(unit)s, %(procedure)s,
            %(channel)s, %(received_at)s, %(due_at)s, %(due_at)s)
"""
MOVE = """
    UPDATE workflow_figures SET original_due_at = %(at)s, due_at = %(due_at)s
    WHERE case_id = %(case_id)s
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
COPIED = (
    "dossier_id",
    "code",
    "unit",
    "procedure",
    "channel",
    "received_at",
    "due_at",
)
END = "UPDATE workflow_figures SET ended_at = %(at)s WHERE case_id = %(case_id)s"


@singledispatch
def changes(event: object) -> Iterable[Change]:
    """Most events say nothing of lateness."""
    return ()


@changes.register
def _(event: Case.Opened) -> Iterable[Change]:
    row = {name: getattr(event, name) for name in COPIED}
    yield BEGIN, {"case_id": event.originator_id, **row}


@changes.register
def _(event: Case.DueDateMoved) -> Iterable[Change]:
    first = event.original_due_at or event.new_due_at
    moved = {"case_id": event.originator_id, "at": first, "due_at": event.new_due_at}
    yield MOVE, moved


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


class PostgresFigures(FigureQuestions):
    """Each row is kept with its place in the log."""

    def follow(self, event: Aggregate.Event, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            for statement, values in (*changes(event), *steps(event)):
                cursor.execute(statement, values)
            self._insert_tracking(cursor, tracking)
