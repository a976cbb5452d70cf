"""Files of who was forgotten: every portal looks for them in its own folder."""

from __future__ import annotations

import asyncio
from datetime import datetime

import psycopg

from services.portal.intray import KEPT_FOR
from services.portal.parts import Parts

LOOK = 10.0  # seconds
ERASED = "SELECT subject, erased_at FROM portal_erasures WHERE erased_at > %s"

Erased = tuple[str, datetime]


async def watched(parts: Parts) -> None:
    """For as long as the portal runs; what is older was swept by its time."""
    while True:
        for subject, erased_at in await erased(parts):
            await forget(parts, subject, erased_at)
        await asyncio.sleep(LOOK)


async def erased(parts: Parts) -> list[Erased]:
    """Nobody while the database is away: one looks again soon."""
    since = parts.now() - 2 * KEPT_FOR
    try:
        async with parts.pool.connection() as connection:
            cursor = await connection.execute(ERASED, (since,))
            found: list[Erased] = await cursor.fetchall()
            return found
    except psycopg.Error:
        return []


async def forget(parts: Parts, subject: str, erased_at: datetime) -> None:
    """What had come of their uploads, also of one that is still coming, and photos."""
    for arriving in await asyncio.to_thread(parts.intray.begun, subject, erased_at):
        await parts.writers.take_over(arriving.id)
        await asyncio.to_thread(parts.intray.drop, subject, arriving.id)
    await asyncio.to_thread(parts.albums.forget, subject, erased_at)
