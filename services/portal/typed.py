"""What somebody is typing, kept for them until it is sent: sealed, and theirs alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.portal.pools import Pool
from services.portal.sessions import Box
from shared.clock import Clock

LONGEST = 20_000  # characters
KEPT = timedelta(days=30)

KEEP = """
    INSERT INTO portal_typed (subject, place, sealed, saved_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (subject, place)
    DO UPDATE SET sealed = excluded.sealed, saved_at = excluded.saved_at
"""
FIND = """
    SELECT sealed, saved_at FROM portal_typed
    WHERE subject = %s AND place = %s AND saved_at > %s
"""
DROP = "DELETE FROM portal_typed WHERE subject = %s AND place = %s OR saved_at < %s"
FORGET = """
    DELETE FROM portal_typed WHERE subject = %(subject)s OR place IN (
        SELECT unnest(ARRAY['message/' || id, 'case/' || case_id]) FROM dossiers
        WHERE applicant = %(subject)s
    )
"""


@dataclass(frozen=True)
class Unsent:
    """A text that was not sent yet, and when it was last kept."""

    text: str = ""
    saved_at: datetime | None = None


class Typed:
    def __init__(self, pool: Pool, box: Box, clock: Clock) -> None:
        self._pool = pool
        self._box = box
        self._clock = clock

    async def keep(self, subject: str, place: str, text: str) -> Unsent:
        """The whole text as it is now; an empty one is kept no longer."""
        if not text.strip():
            await self.drop(subject, place)
            return Unsent()
        unsent = Unsent(text[:LONGEST], self._clock())
        sealed = self._box.seal({"text": unsent.text}, purpose(subject, place))
        async with self._pool.connection() as connection:
            await connection.execute(KEEP, (subject, place, sealed, unsent.saved_at))
        return unsent

    async def find(self, subject: str, place: str) -> Unsent:
        since = self._clock() - KEPT
        async with self._pool.connection() as connection:
            cursor = await connection.execute(FIND, (subject, place, since))
            row = await cursor.fetchone()
        own = self._box.open(bytes(row[0]), purpose(subject, place)) if row else None
        return Unsent(own["text"], row[1]) if row and own else Unsent()

    async def drop(self, subject: str, place: str) -> None:
        """It was sent, or thrown away; what grew old goes with it."""
        old = self._clock() - KEPT
        async with self._pool.connection() as connection:
            await connection.execute(DROP, (subject, place, old))


def purpose(subject: str, place: str) -> bytes:
    return f"typed {subject} {place}".encode()
