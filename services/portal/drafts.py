"""What somebody has typed and not yet sent: sealed, beside the log, page by page."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.portal.forms_schema.entered import Flat
from services.portal.pools import Pool
from services.portal.sessions import Box, identifier
from shared.clock import Clock

GOOD_FOR = timedelta(days=90)  # a link to a draft
KEPT = timedelta(days=365)  # what nobody came back to in a year is thrown away

READ = "SELECT sealed, saved_at FROM portal_drafts WHERE dossier_id = %s"
WRITE = """
    INSERT INTO portal_drafts (dossier_id, subject, sealed, saved_at)
    VALUES (%s, %s, %s, %s)
    ON CONFLICT (dossier_id) DO UPDATE
    SET sealed = excluded.sealed, saved_at = excluded.saved_at
"""
FORGET = "DELETE FROM portal_drafts WHERE subject = %(subject)s"

REMEMBER = """
    INSERT INTO portal_returns (digest, subject, dossier_id, sealed, expires_at)
    VALUES (%s, %s, %s, %s, %s)
"""
REMEMBERED = """
    SELECT sealed FROM portal_returns WHERE digest = %s AND expires_at > %s
"""
FORGET_LINKS = """
    DELETE FROM portal_returns WHERE subject = %(subject)s OR dossier_id IN (
        SELECT id FROM dossiers WHERE applicant = %(subject)s
    )
"""


@dataclass(frozen=True)
class Whose:
    """A dossier and its applicant: what is typed in it is about them."""

    dossier_id: UUID
    subject: str


@dataclass(frozen=True)
class Draft:
    """Pages as they were typed and never finished, and pages that were finished."""

    pages: dict[str, Flat] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    saved_at: datetime | None = None

    def with_page(self, page: str, entered: Flat) -> Draft:
        return Draft(self.pages | {page: entered}, self.done)

    def finished(self, page: str) -> Draft:
        rest = {key: each for key, each in self.pages.items() if key != page}
        return Draft(rest, tuple(dict.fromkeys([*self.done, page])))


class Drafts:
    """Two windows may write at once: each page counts as it was written last."""

    def __init__(self, pool: Pool, box: Box, clock: Clock) -> None:
        self._pool = pool
        self._box = box
        self._clock = clock

    async def of(self, dossier_id: UUID) -> Draft:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(READ, (dossier_id,))
            return self._opened(dossier_id, await cursor.fetchone())

    async def keep(self, whose: Whose, page: str, entered: Flat) -> datetime:
        """As it was typed, right or wrong; answers when."""
        return await self._change(whose, lambda it: it.with_page(page, entered))

    async def finish(self, whose: Whose, page: str) -> datetime:
        """Its answers are in the log now."""
        return await self._change(whose, lambda it: it.finished(page))

    async def drop(self, dossier_id: UUID) -> None:
        """The dossier was sent."""
        async with self._pool.connection() as connection:
            await connection.execute(
                "DELETE FROM portal_drafts WHERE dossier_id = %s OR saved_at < %s",
                (dossier_id, self._clock() - KEPT),
            )

    async def link(self, content: dict[str, Any]) -> str:
        """A word that leads back here, for a while; we keep no more than its mark."""
        token, now = secrets.token_urlsafe(16), self._clock()
        mark = identifier(token)
        async with self._pool.connection() as connection:
            await connection.execute(
                "DELETE FROM portal_returns WHERE expires_at < %s", (now,)
            )
            sealed = self._box.seal(content, mark)
            whose = (content["subject"], UUID(content["dossier_id"]))
            await connection.execute(REMEMBER, (mark, *whose, sealed, now + GOOD_FOR))
        return token

    async def linked(self, token: str) -> dict[str, Any] | None:
        """What a link was made for; nothing when it is too old, or was made up."""
        mark = identifier(token)
        async with self._pool.connection() as connection:
            cursor = await connection.execute(REMEMBERED, (mark, self._clock()))
            row = await cursor.fetchone()
        return self._box.open(row[0], mark) if row else None

    async def _change(self, whose: Whose, change: Callable[[Draft], Draft]) -> datetime:
        now, dossier_id = self._clock(), whose.dossier_id
        async with self._pool.connection() as connection, connection.transaction():
            await connection.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
                (f"draft {dossier_id}",),
            )
            cursor = await connection.execute(READ, (dossier_id,))
            draft = change(self._opened(dossier_id, await cursor.fetchone()))
            content = {"pages": draft.pages, "done": list(draft.done)}
            sealed = self._box.seal(content, purpose(dossier_id))
            row = (dossier_id, whose.subject, sealed, now)
            await connection.execute(WRITE, row)
        return now

    def _opened(self, dossier_id: UUID, row: Any) -> Draft:
        if row is None:
            return Draft()
        content = self._box.open(row[0], purpose(dossier_id))
        if content is None:  # sealed under a key we no longer have
            return Draft()
        return Draft(content["pages"], tuple(content["done"]), row[1])


def purpose(dossier_id: UUID) -> bytes:
    return b"draft " + dossier_id.bytes
