"""Writes the read models: the rows a message changes and its place, as one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.postgres import PostgresDatastore
from psycopg.sql import SQL, Composed, Identifier, Placeholder
from psycopg.types.json import Jsonb

from services.portal import forgetting
from services.portal.changes import Change, Row, change
from shared.contracts.base import Message

HEARD = """
    INSERT INTO portal_tracking (application_name, notification_id) VALUES (%s, %s)
    ON CONFLICT DO NOTHING RETURNING notification_id
"""
TOUCHED = """
    INSERT INTO dossiers (id, opened_at, changed_at) VALUES (%(id)s, %(at)s, %(at)s)
    ON CONFLICT (id) DO UPDATE
    SET changed_at = greatest(dossiers.changed_at, excluded.changed_at),
        revision = dossiers.revision + 1
    RETURNING revision
"""
PROGRESS = """
    UPDATE dossiers SET progress = %(status)s, status_at = %(at)s
    WHERE id = %(id)s AND (status_at IS NULL OR status_at <= %(at)s)
    AND progress NOT IN (3, 7, 10)
    AND (progress <> 9 OR %(status)s IN (7, 10) OR %(is_step_back)s)
"""
BEGINS = """
    INSERT INTO holds (dossier_id, status, begun_at) VALUES (%(id)s, %(status)s, %(at)s)
    ON CONFLICT (dossier_id, status) DO UPDATE
    SET begun_at = greatest(holds.begun_at, excluded.begun_at)
"""
ENDS = """
    INSERT INTO holds (dossier_id, status, ended_at) VALUES (%(id)s, %(status)s, %(at)s)
    ON CONFLICT (dossier_id, status) DO UPDATE
    SET ended_at = greatest(holds.ended_at, excluded.ended_at)
"""
SHOWN = """
    UPDATE dossiers d SET status = CASE
        WHEN d.progress IN (3, 7, 9, 10) THEN d.progress
        ELSE coalesce(
            (SELECT h.status FROM holds h
            WHERE h.dossier_id = d.id AND h.begun_at > coalesce(h.ended_at, '-infinity')
            ORDER BY array_position(ARRAY[8, 5, 6], h.status::int) LIMIT 1),
            d.progress
        )
    END
    WHERE d.id = %(id)s
"""
WITHDRAWN = "UPDATE papers SET withdrawn_at = %(withdrawn_at)s WHERE id = %(id)s"
SEEN_BY = """
    INSERT INTO portal_access AS known (party, dossier_id, position, is_granted)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (party, dossier_id) DO UPDATE
    SET position = excluded.position, is_granted = excluded.is_granted
    WHERE known.position < excluded.position
"""


class Views:
    """What the screens show; may be dropped, and heard anew."""

    def __init__(self, datastore: PostgresDatastore) -> None:
        self._datastore = datastore

    def hear(self, message: Message) -> int | None:
        """Show what a message says. Heard again, it changes nothing.

        The answer is the revision in which its dossier is shown from now on.
        """
        with self._datastore.transaction(commit=True) as cursor:
            cursor.execute(HEARD, (message.source, message.position))
            if cursor.fetchone() is None:
                return None
            return self._write(cursor, message, change(message))

    def _write(self, cursor: Any, message: Message, change: Change) -> int | None:
        if change.procedure:
            put(cursor, "procedures", change.procedure, key=("slug", "version"))
        if change.calendar_notice:
            put(cursor, "calendar_notices", change.calendar_notice, key=("id",))
        if change.forgotten:
            forgetting.forget(cursor, message, change.forgotten)
        if message.dossier_id is None:
            return None
        revision = show(cursor, message.dossier_id, message.occurred_at, change)
        show_to(cursor, message.dossier_id, message.position, change)
        write_rows(cursor, message, change)
        return revision


def show(cursor: Any, dossier_id: UUID, at: datetime, change: Change) -> int:
    """The dossier itself: what is known of it, and its status."""
    cursor.execute(TOUCHED, {"id": dossier_id, "at": at})
    revision: int = cursor.fetchone()["revision"]
    if change.known:
        cursor.execute(
            update("dossiers", change.known), {**stored(change.known), "id": dossier_id}
        )
    show_status(cursor, {"id": dossier_id, "at": at}, change)
    return revision


def show_to(cursor: Any, dossier_id: UUID, position: int, change: Change) -> None:
    """Who may see it; what is heard late takes nothing back that was said after it."""
    for parties, is_granted in ((change.parties, True), (change.gone, False)):
        for party in parties:
            cursor.execute(SEEN_BY, (party, dossier_id, position, is_granted))


def show_status(cursor: Any, where: Row, change: Change) -> None:
    """How far it has come, unless something holds it up.

    Neither a late message nor a step beside the result turns back the progress.
    """
    moves = {
        PROGRESS: change.status,
        BEGINS: change.begins,
        ENDS: change.ends,
    }
    wanted = {query: status for query, status in moves.items() if status is not None}
    for query, status in wanted.items():
        more = {"status": status, "is_step_back": change.is_step_back}
        cursor.execute(query, where | more)
    if wanted:
        cursor.execute(SHOWN, where)


def write_rows(cursor: Any, message: Message, change: Change) -> None:
    of_dossier = {"dossier_id": message.dossier_id}
    if change.line is not None:
        place = {"source": message.source, "position": message.position}
        when = {"occurred_at": message.occurred_at, "type": message.type}
        line = place | of_dossier | when | change.line
        put(cursor, "timeline", line, key=("source", "position"))
    if change.paper:
        put(cursor, "papers", of_dossier | change.paper, key=("id",))
    if change.withdrawn_paper:
        values = {"id": change.withdrawn_paper, "withdrawn_at": message.occurred_at}
        cursor.execute(WITHDRAWN, values)
    if change.notice:
        put(cursor, "notices", of_dossier | change.notice, key=("id",))
    if change.rating:
        put(cursor, "ratings", of_dossier | change.rating, key=("dossier_id",))
    if change.complaint:
        put(cursor, "complaints", of_dossier | change.complaint, key=("id",))
    if change.money:
        place = {"source": message.source, "position": message.position}
        money = place | of_dossier | change.money
        put(cursor, "money", money, key=("source", "position"))


def put(cursor: Any, table: str, row: Row, *, key: tuple[str, ...]) -> None:
    """Insert the row, or replace the one with its key."""
    query = SQL(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}"
    ).format(
        Identifier(table),
        SQL(", ").join(map(Identifier, row)),
        SQL(", ").join(map(Placeholder, row)),
        SQL(", ").join(map(Identifier, key)),
        assignments(row),
    )
    cursor.execute(query, stored(row))


def update(table: str, row: Row) -> Composed:
    return SQL("UPDATE {} SET {} WHERE id = {}").format(
        Identifier(table), assignments(row), Placeholder("id")
    )


def assignments(row: Row) -> Composed:
    return SQL(", ").join(
        SQL("{} = {}").format(Identifier(name), Placeholder(name)) for name in row
    )


def stored(row: Row) -> Row:
    """The values as psycopg writes them."""
    return {
        name: Jsonb(value) if isinstance(value, dict) else value
        for name, value in row.items()
    }
