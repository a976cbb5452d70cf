"""What was typed when a session ended: sealed, for an hour, and for its typist only."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol
from uuid import UUID, uuid4

from services.portal.pools import Pool
from services.portal.sessions import Box
from shared.clock import Clock

KEPT = timedelta(hours=1)
MOST = 20  # of one person

KEEP = """
    INSERT INTO portal_kept_forms (id, owner, sealed, kept_at) VALUES (%s, %s, %s, %s)
"""
SWEEP = """
    DELETE FROM portal_kept_forms WHERE kept_at < %s OR id IN (
        SELECT id FROM portal_kept_forms WHERE owner = %s
        ORDER BY kept_at DESC OFFSET %s
    )
"""
FIND = """
    SELECT sealed FROM portal_kept_forms
    WHERE id = %s AND owner = %s AND kept_at > %s
"""
FORGET = "DELETE FROM portal_kept_forms WHERE owner = %(subject)s"


@dataclass(frozen=True)
class KeptForm:
    """A form on its way to an address of ours, without what nobody may keep."""

    path: str
    fields: list[tuple[str, str]] = field(repr=False)


class KeptForms(Protocol):
    async def keep(self, owner: str, form: KeptForm) -> UUID:
        """Keep it for whoever was signed in; under its id they find it again."""

    async def find(self, form_id: UUID, owner: str) -> KeptForm | None:
        """The form, while it is kept, for its owner."""


class PostgresKeptForms:
    def __init__(self, pool: Pool, box: Box, clock: Clock) -> None:
        self._pool = pool
        self._box = box
        self._clock = clock

    async def keep(self, owner: str, form: KeptForm) -> UUID:
        form_id, now = uuid4(), self._clock()
        content = {"path": form.path, "fields": form.fields}
        sealed = self._box.seal(content, purpose(form_id, owner))
        async with self._pool.connection() as connection:
            await connection.execute(SWEEP, (now - KEPT, owner, MOST - 1))
            await connection.execute(KEEP, (form_id, owner, sealed, now))
        return form_id

    async def find(self, form_id: UUID, owner: str) -> KeptForm | None:
        since = self._clock() - KEPT
        async with self._pool.connection() as connection:
            cursor = await connection.execute(FIND, (form_id, owner, since))
            row = await cursor.fetchone()
        own = self._box.open(bytes(row[0]), purpose(form_id, owner)) if row else None
        if own is None:
            return None
        return KeptForm(own["path"], [(name, value) for name, value in own["fields"]])


def purpose(form_id: UUID, owner: str) -> bytes:
    return b"kept form " + form_id.bytes + owner.encode()
