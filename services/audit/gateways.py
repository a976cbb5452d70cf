"""The log and the access list in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from eventsourcing.postgres import PostgresDatastore
from psycopg.types.json import Jsonb

from services.audit.domain import (
    NOTHING,
    Fact,
    Found,
    Head,
    Leaf,
    next_leaf,
)
from shared.access import AccessList, Grant

HISTORY = """
    SELECT leaf.*, previous.log_hash AS before
    FROM audit_leaves leaf
    LEFT JOIN audit_leaves previous ON previous.leaf = leaf.leaf - 1
    WHERE coalesce(leaf.dossier_id, '00000000-0000-0000-0000-000000000000') = %s
    ORDER BY leaf.leaf
"""
APPEND = """
    WITH written AS (
        INSERT INTO audit_leaves VALUES (
            %(leaf)s, %(source)s, %(position)s, %(topic)s, %(originator_id)s,
            %(originator_version)s, %(dossier_id)s, %(actor)s, %(occurred_at)s,
            %(correlation_id)s, %(digest)s, %(leaf_hash)s, %(case_hash)s, %(log_hash)s
        )
    ), moved AS (
        INSERT INTO audit_heads VALUES (%(case)s, %(leaves)s, %(leaf)s, %(case_hash)s)
        ON CONFLICT (dossier_id) DO UPDATE
        SET leaves = excluded.leaves, last = excluded.last, hash = excluded.hash
    )
    UPDATE audit_log SET leaves = leaves + 1, last = %(leaf)s, hash = %(log_hash)s
"""
LOCK = "SELECT leaves, last, hash FROM audit_log FOR UPDATE"
KNOWN = "SELECT FROM audit_leaves WHERE source = %s AND position = %s"
CASE = "SELECT leaves, last, hash FROM audit_heads WHERE dossier_id = %s"
LOG = "SELECT leaves, last, hash FROM audit_log"


class PostgresLedger:
    def __init__(self, datastore: PostgresDatastore) -> None:
        self._datastore = datastore

    def append(self, fact: Fact) -> None:
        """Whoever holds the row of the log writes; the others wait behind it."""
        with (
            self._datastore.get_connection() as connection,
            connection.pipeline(),  # three questions in one round trip
            connection.transaction(),
        ):
            connection.execute("SET LOCAL lock_timeout = '4s'")
            log = connection.execute(LOCK)
            known = connection.execute(KNOWN, (fact.source, fact.position))
            case = connection.execute(CASE, (fact.case,))
            if known.fetchone() is None:
                ends = {"log": head(log.fetchone()), "case": head(case.fetchone())}
                leaf = next_leaf(fact, **ends)
                connection.execute(APPEND, row(leaf, leaves=ends["case"].leaves + 1))

    def holds(self, source: str, position: int) -> bool:
        return self._row(KNOWN, source, position) is not None

    def last_position(self, source: str) -> int:
        query = "SELECT max(position) AS last FROM audit_leaves WHERE source = %s"
        return int((self._row(query, source) or {})["last"] or 0)

    def history(self, case: UUID) -> Sequence[Found]:
        with self._datastore.cursor() as cursor:
            return [found(each) for each in cursor.execute(HISTORY, (case,)).fetchall()]

    def case_head(self, case: UUID) -> Head:
        return head(self._row(CASE, case))

    def log_head(self) -> Head:
        return head(self._row(LOG))

    def close(self) -> None:
        self._datastore.close()

    def _row(self, query: Any, *arguments: Any) -> dict[str, Any] | None:
        with self._datastore.cursor() as cursor:
            return cursor.execute(query, arguments).fetchone()


def head(row: dict[str, Any] | None) -> Head:
    return Head(**row) if row else Head()


def row(leaf: Leaf, *, leaves: int) -> dict[str, Any]:
    """What is written of a leaf that is the last of so many in its case."""
    return vars(leaf.fact) | {
        "leaf": leaf.number,
        "leaf_hash": leaf.leaf_hash,
        "case_hash": leaf.case_hash,
        "log_hash": leaf.log_hash,
        "actor": Jsonb(leaf.fact.actor),
        "case": leaf.fact.case,
        "leaves": leaves,
    }


def found(row: dict[str, Any]) -> Found:
    number = row["leaf"]
    fact = Fact(**{name: row[name] for name in Fact.__dataclass_fields__})
    hashes = (row["leaf_hash"], row["case_hash"], row["log_hash"])
    return Found(Leaf(number, fact, *hashes), row["before"] if number else NOTHING)


class PostgresAccessList:
    def __init__(self, datastore: PostgresDatastore) -> None:
        self._datastore = datastore
        self._list = AccessList(datastore, "audit")

    def grant(
        self,
        source: str,
        position: int,
        grants: Sequence[Grant],
        *,
        ends: Sequence[Grant] = (),
    ) -> None:
        with self._datastore.transaction(commit=True) as cursor:
            self._list.enter(cursor, position, grants=grants, ends=ends)
            cursor.execute(
                "INSERT INTO audit_access_tracking VALUES (%s, %s) "
                "ON CONFLICT DO NOTHING",
                (source, position),
            )

    def has_heard(self, source: str, position: int) -> bool:
        query = (
            "SELECT FROM audit_access_tracking "
            "WHERE application_name = %s AND notification_id = %s"
        )
        return self._row(query, source, position) is not None

    def last_heard(self, source: str) -> int:
        query = (
            "SELECT max(notification_id) AS last FROM audit_access_tracking "
            "WHERE application_name = %s"
        )
        return int((self._row(query, source) or {})["last"] or 0)

    def is_concerned(self, dossier_id: UUID, parties: Iterable[str]) -> bool:
        return self._list.is_concerned(dossier_id, parties)

    def _row(self, query: Any, *arguments: Any) -> dict[str, Any] | None:
        with self._datastore.cursor() as cursor:
            return cursor.execute(query, arguments).fetchone()


class NoKeys:
    """Audit hears nothing personal, and could open nothing: it has no keys."""

    def current(self, subject: str) -> tuple[UUID, bytes]:
        raise PermissionError("audit seals nothing")

    def find(self, key_id: UUID) -> bytes | None:
        return None

    def erase(self, subject: str) -> None:
        raise PermissionError("audit forgets nobody")
