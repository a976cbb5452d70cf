"""The papers of each unit until they are sealed, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from psycopg.types.json import Jsonb

from services.signing.domain import Paper, Register
from shared.eventsourcing import Aggregate

Change = tuple[str, dict[str, Any]]  # a statement, and its values

REQUEST = """
    INSERT INTO signing_seals (paper_id, dossier_id, unit, kind, title, code, number,
                               dated)
    VALUES (%(id)s, %(dossier_id)s, %(unit)s, %(kind)s, %(title)s, %(code)s,
            %(number)s, %(dated)s)
"""
HINDER = """
    UPDATE signing_seals SET hindrance = %(reason)s, hindered_at = %(at)s
    WHERE paper_id = %(id)s
"""
ISSUE = """
    UPDATE signing_seals
    SET issued_at = %(at)s, hindrance = NULL, hindered_at = NULL
    WHERE paper_id = %(id)s
"""
WITHDRAW = "DELETE FROM signing_seals WHERE paper_id = %(id)s"
OPEN = """
    INSERT INTO signing_series (register_id, unit, series, year, given_at)
    VALUES (%(id)s, %(unit)s, %(series)s, %(year)s, %(at)s)
"""
NUMBER = """
    UPDATE signing_series SET last = %(n)s, number = %(number)s, given_at = %(at)s
    WHERE register_id = %(id)s
"""
COLUMNS = """
    paper_id, dossier_id, unit, kind, title, code, number, dated, hindrance,
    hindered_at, issued_at
"""
WAITING = f"""
    SELECT {COLUMNS} FROM signing_seals WHERE unit = %s AND issued_at IS NULL
    ORDER BY dated, paper_id LIMIT %s
"""  # noqa: S608 -- our own columns
SEALED = f"""
    SELECT {COLUMNS} FROM signing_seals WHERE unit = %s AND issued_at IS NOT NULL
    ORDER BY issued_at DESC, paper_id LIMIT %s
"""  # noqa: S608 -- our own columns
SERIES = """
    SELECT series, year, last, number, given_at FROM signing_series
    WHERE unit = %s AND year = %s AND last > 0 ORDER BY series
"""


@singledispatch
def changes(event: object) -> Iterable[Change]:
    """Most events are nothing a clerk watches."""
    return ()


@changes.register
def _(event: Paper.Requested) -> Iterable[Change]:
    names = ("unit", "kind", "code", "number", "dated")
    row = {name: getattr(event, name) for name in names}
    yield REQUEST, {**about(event), **row, "title": Jsonb(event.title)}


@changes.register
def _(event: Paper.Hindered) -> Iterable[Change]:
    yield HINDER, {**about(event), "reason": event.reason}


@changes.register
def _(event: Paper.Issued) -> Iterable[Change]:
    yield ISSUE, about(event)


@changes.register
def _(event: Paper.Withdrawn) -> Iterable[Change]:
    yield WITHDRAW, about(event)


@changes.register
def _(event: Register.Opened) -> Iterable[Change]:
    row = {name: getattr(event, name) for name in ("unit", "series", "year")}
    yield OPEN, {**about(event), **row}


@changes.register
def _(event: Register.NumberGiven) -> Iterable[Change]:
    yield NUMBER, {**about(event), "n": event.n, "number": event.number}


def about(event: Any) -> dict[str, Any]:
    return {
        "id": event.originator_id,
        "dossier_id": event.dossier_id,
        "at": event.timestamp,
    }


class PostgresSeals(PostgresTrackingRecorder):
    """One row for each paper; each change is kept with its place in the log."""

    def follow(self, event: Aggregate.Event, tracking: Tracking) -> None:
        """The rows and the place in the log, as one."""
        with self.datastore.transaction(commit=True) as cursor:
            for statement, values in changes(event):
                cursor.execute(statement, values)
            self._insert_tracking(cursor, tracking)

    def waiting(self, unit: str, limit: int) -> list[dict[str, Any]]:
        return self._rows(WAITING, unit, limit)

    def sealed(self, unit: str, limit: int) -> list[dict[str, Any]]:
        return self._rows(SEALED, unit, limit)

    def series(self, unit: str, year: int) -> list[dict[str, Any]]:
        return self._rows(SERIES, unit, year)

    def _rows(self, query: str, *values: Any) -> list[dict[str, Any]]:
        with self.datastore.transaction() as cursor:
            cursor.execute(query, values)
            return [dict(row) for row in cursor.fetchall()]
