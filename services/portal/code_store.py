"""Codes that were sent, while they are good, and how many were asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from psycopg.rows import class_row

from services.portal.errors import TooManyCodesError
from services.portal.pools import Pool
from shared.clock import Clock

LIVES = timedelta(minutes=10)
GUESSES = 5  # of one code
REMEMBERED = timedelta(days=1)

AT_ONCE = (timedelta(seconds=20), 1)  # of one address: who taps twice gets one code
OF_ADDRESS = (timedelta(hours=1), 5)
OF_ADDRESS_A_DAY = (REMEMBERED, 15)
OF_BROWSER = (timedelta(hours=1), 10)
OF_ALL = timedelta(minutes=1)  # how many: a setting

KEEP = """
    INSERT INTO portal_codes
    (id, addressee, browser, digest, sealed, subject, sent_at, expires_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
GUESS = """
    UPDATE portal_codes SET guesses = guesses + 1
    WHERE id = %s AND expires_at > %s AND guesses < %s AND NOT is_spent
    RETURNING id, addressee, browser, digest, sealed, subject
"""
SPEND = """
    UPDATE portal_codes SET is_spent = true WHERE id = %s AND NOT is_spent RETURNING id
"""
FORGET = "DELETE FROM portal_codes WHERE subject = %(subject)s"


@dataclass(frozen=True)
class Asked:
    """One code: for which address, by which browser; neither can be read from it."""

    id: UUID
    addressee: bytes
    browser: bytes
    digest: bytes = field(repr=False)
    sealed: bytes = field(repr=False)
    subject: str  # the pseudonym of who has that address


class CodeStore(Protocol):
    async def keep(self, asked: Asked) -> None:
        """Remember it. Raises TooManyCodesError when too many were asked for."""

    async def forget(self, code_id: UUID) -> None:
        """It was never sent."""

    async def guess(self, code_id: UUID) -> Asked | None:
        """The code, if it may still be guessed; this was one guess."""

    async def spend(self, code_id: UUID) -> bool:
        """Use it up; only one of many at once does."""


class PostgresCodes:
    def __init__(self, pool: Pool, clock: Clock, *, a_minute: int) -> None:
        self._pool = pool
        self._clock = clock
        self._a_minute = a_minute

    async def keep(self, asked: Asked) -> None:
        now = self._clock()
        async with self._pool.connection() as connection:
            cursor = connection.cursor()
            await cursor.execute(  # one after the other, so that each counts the others
                "SELECT pg_advisory_xact_lock(hashtext('portal_codes'))"
            )
            await cursor.execute(
                "DELETE FROM portal_codes WHERE sent_at < %s", (now - REMEMBERED,)
            )
            await self._require_few(cursor, asked, now)
            whose = (asked.id, asked.addressee, asked.browser)
            what = (asked.digest, asked.sealed, asked.subject)
            await cursor.execute(KEEP, (*whose, *what, now, now + LIVES))

    async def forget(self, code_id: UUID) -> None:
        async with self._pool.connection() as connection:
            await connection.execute(
                "DELETE FROM portal_codes WHERE id = %s", (code_id,)
            )

    async def guess(self, code_id: UUID) -> Asked | None:
        async with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=class_row(Asked))
            await cursor.execute(GUESS, (code_id, self._clock(), GUESSES))
            found: Asked | None = await cursor.fetchone()
            return found

    async def spend(self, code_id: UUID) -> bool:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(SPEND, (code_id,))
            return await cursor.fetchone() is not None

    async def _require_few(self, cursor: Any, asked: Asked, now: datetime) -> None:
        limits = (
            ("addressee = %s", asked.addressee, *AT_ONCE),
            ("addressee = %s", asked.addressee, *OF_ADDRESS),
            ("addressee = %s", asked.addressee, *OF_ADDRESS_A_DAY),
            ("browser = %s", asked.browser, *OF_BROWSER),
            ("%s::bytea IS NOT NULL", asked.browser, OF_ALL, self._a_minute),
        )
        for whose, mark, within, most in limits:
            query = f"SELECT count(*) FROM portal_codes WHERE {whose} AND sent_at > %s"  # noqa: S608 -- ours
            await cursor.execute(query, (mark, now - within))
            [count] = await cursor.fetchone()
            if count >= most:
                raise TooManyCodesError
