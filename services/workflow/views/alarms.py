"""When to look at which case: what each event sets, and what ringing takes away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import singledispatch
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder

from services.workflow.domain import Case
from services.workflow.domain.gazette import Gazette
from services.workflow.domain.step import Effect
from shared.directory import Directory
from shared.eventsourcing import Aggregate

Change = tuple[str, dict[str, Any]]  # a statement, and its values
Rung = Sequence[tuple[str, datetime]]  # key and time of rows

NEXT = "next"  # what the case itself asked for when it was last looked at
LOOK = "look"

BEGIN = """
    INSERT INTO workflow_alarm_cases (case_id, unit, procedure, code, received_at)
    VALUES (%(case_id)s, %(unit)s, %(procedure)s, %(code)s, %(received_at)s)
    ON CONFLICT DO NOTHING
"""
SET = """
    INSERT INTO workflow_alarms (case_id, key, at) VALUES (%(case_id)s, %(key)s, %(at)s)
    ON CONFLICT (case_id, key) DO UPDATE SET at = EXCLUDED.at
"""
SET_FOR_UNITS = """
    INSERT INTO workflow_alarms (case_id, key, at)
    SELECT case_id, %(key)s, %(at)s FROM workflow_alarm_cases
    WHERE %(units)s::text[] IS NULL OR unit = ANY(%(units)s)
    ON CONFLICT (case_id, key) DO UPDATE SET at = EXCLUDED.at
"""
SET_FOR_SELECTED = """
    INSERT INTO workflow_alarms (case_id, key, at)
    SELECT case_id, %(key)s, %(at)s FROM workflow_alarm_cases
    WHERE (%(procedures)s::text[] IS NULL OR procedure = ANY(%(procedures)s))
      AND (%(units)s::text[] IS NULL OR unit = ANY(%(units)s))
      AND (%(codes)s::text[] IS NULL OR code = ANY(%(codes)s))
    ON CONFLICT (case_id, key) DO UPDATE SET at = EXCLUDED.at
"""
SILENCE = "DELETE FROM workflow_alarms WHERE case_id = %(case_id)s"
END = "DELETE FROM workflow_alarm_cases WHERE case_id = %(case_id)s"

DUE = """
    SELECT case_id FROM workflow_alarms WHERE at <= %s
    GROUP BY case_id ORDER BY min(at) LIMIT %s
"""
DUE_OF = "SELECT key, at FROM workflow_alarms WHERE case_id = %s AND at <= %s"
RUNG = "DELETE FROM workflow_alarms WHERE case_id = %s AND key = %s AND at = %s"


@singledispatch
def changes(event: object, directory: Directory) -> Iterable[Change]:
    """Most events bring nothing nearer."""
    return ()


@changes.register
def _(event: Case.Opened, directory: Directory) -> Iterable[Change]:
    row = {name: getattr(event, name) for name in ("unit", "procedure", "code")}
    opened = {"case_id": event.originator_id, "received_at": event.received_at}
    yield BEGIN, {**row, **opened}
    yield look(event)


@changes.register
def _(event: Case.StepOpened, directory: Directory) -> Iterable[Change]:
    moments = {"remind": event.remind_at, "silence": event.timeout_at}
    for name, at in moments.items():
        if at:
            yield alarm(event, f"{name}:{event.step}", at)


@changes.register(Case.SupplementAnswered)
@changes.register(Case.ClockStarted)
@changes.register(Case.DecreeEnded)
@changes.register(Case.ExtensionRejected)
@changes.register(Case.PaymentSettled)
@changes.register(Case.Resumed)
@changes.register(Case.ResultWithdrawn)
def _(event: Any, directory: Directory) -> Iterable[Change]:
    """The clock runs again, or what was proposed is to be thought of again."""
    yield look(event)


@changes.register
def _(event: Case.StepSkipped, directory: Directory) -> Iterable[Change]:
    """What was awaited at a needless step stops the clock no more."""
    if event.effect != Effect.CONTINUE:
        yield look(event)


@changes.register
def _(event: Case.DueDateMoved, directory: Directory) -> Iterable[Change]:
    yield alarm(event, "due-soon", event.due_soon_at or event.new_due_at)


@changes.register
def _(event: Case.ResultReleased, directory: Directory) -> Iterable[Change]:
    yield SILENCE, {"case_id": event.originator_id}


@changes.register
def _(event: Case.WithdrawalDecided, directory: Directory) -> Iterable[Change]:
    return ended(event) if event.granted else ()


@changes.register(Case.ProcessingStopped)
@changes.register(Case.Lapsed)
@changes.register(Case.Closed)
def _(event: Any, directory: Directory) -> Iterable[Change]:
    return ended(event)


@changes.register
def _(event: Gazette.NoticeEntered, directory: Directory) -> Iterable[Change]:
    at = max(event.timestamp, event.valid_from)
    units = units_of(event.scope, event.scope_id, directory)
    yield (
        SET_FOR_UNITS,
        {"key": f"notice:{event.notice_id}", "at": at, "units": units},
    )


@changes.register
def _(event: Gazette.DecreeIssued, directory: Directory) -> Iterable[Change]:
    yield selected(event, max(event.timestamp, event.since))


@changes.register
def _(event: Gazette.DecreeEnded, directory: Directory) -> Iterable[Change]:
    yield selected(event, event.ended_at)


def alarm(event: Any, key: str, at: datetime) -> Change:
    return SET, {"case_id": event.originator_id, "key": key, "at": at}


def look(event: Any) -> Change:
    """At once: the case knows best when something is due."""
    return alarm(event, LOOK, event.timestamp)


def selected(event: Any, at: datetime) -> Change:
    """The cases a decree may concern; each judges for itself."""
    lists = {
        name: event.selection.get(name) or None
        for name in ("procedures", "units", "codes")
    }
    return SET_FOR_SELECTED, {"key": f"decree:{event.decree_id}", "at": at, **lists}


def ended(event: Any) -> Iterable[Change]:
    yield SILENCE, {"case_id": event.originator_id}
    yield END, {"case_id": event.originator_id}


def units_of(
    scope: str, scope_id: str | None, directory: Directory
) -> list[str] | None:
    """The offices a notice is about; None: all."""
    if scope == "national":
        return None
    if scope == "agency":
        return [str(scope_id)]
    return [each.id for each in directory.units if each.province == scope_id]


class PostgresAlarms(PostgresTrackingRecorder):
    """One row for each reason to look at a case, kept with its place in the log."""

    def __init__(
        self,
        datastore: PostgresDatastore,
        *,
        tracking_table_name: str,
        directory: Directory,
    ) -> None:
        super().__init__(datastore, tracking_table_name=tracking_table_name)
        self._directory = directory

    def follow(self, event: Aggregate.Event, tracking: Tracking) -> None:
        """The rows and the place in the log, as one."""
        with self.datastore.transaction(commit=True) as cursor:
            for statement, values in changes(event, self._directory):
                cursor.execute(statement, values)
            self._insert_tracking(cursor, tracking)

    def due(self, now: datetime, limit: int) -> list[UUID]:
        """The cases whose time has come, the oldest alarm first."""
        with self.datastore.transaction() as cursor:
            cursor.execute(DUE, (now, limit))
            return [row["case_id"] for row in cursor.fetchall()]

    def due_of(self, case_id: UUID, now: datetime) -> Rung:
        with self.datastore.transaction() as cursor:
            cursor.execute(DUE_OF, (case_id, now))
            return [(row["key"], row["at"]) for row in cursor.fetchall()]

    def rung(self, case_id: UUID, rung: Rung, next: datetime | None) -> None:
        """Those are gone, unless they were set anew meanwhile; the next is known."""
        with self.datastore.transaction(commit=True) as cursor:
            for key, at in rung:
                cursor.execute(RUNG, (case_id, key, at))
            if next:
                cursor.execute(SET, {"case_id": case_id, "key": NEXT, "at": next})
