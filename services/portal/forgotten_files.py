"""Files of who was forgotten: every portal looks for them in its own folder."""

from __future__ import annotations

import asyncio
from datetime import datetime

import psycopg
import structlog

from services.portal.intray import KEPT_FOR
from services.portal.parts import Parts

LOOK = 10.0  # seconds
log = structlog.get_logger()

ERASED = "SELECT subject, erased_at FROM portal_erasures WHERE erased_at > %s"

Erased = tuple[str, datetime]


async def watched(parts: Parts) -> None:
    """For as long as the portal runs; what is older was swept by its time."""
    while True:
        try:
            for subject, erased_at in await erased(parts):
                await forget(parts, subject, erased_at)
        except (psycopg.Error, OSError) as error:  # one looks again soon
            log.warning("files.not_forgotten", error=type(error).__name__)
        await asyncio.sleep(LOOK)


async def erased(parts: Parts) -> list[Erased]:
    since = parts.now() - 2 * KEPT_FOR
    async with parts.pool.connection() as connection:
        cursor = await connection.execute(ERASED, (since,))
        found: list[Erased] = await cursor.fetchall()
        return found


async def forget(parts: Parts, subject: str, erased_at: datetime) -> None:
    """What had come of their uploads, also of one that is still coming, and photos."""
    for arriving in await asyncio.to_thread(parts.intray.begun, subject, erased_at):
        await parts.writers.take_over(arriving.id)
        await asyncio.to_thread(parts.intray.drop, subject, arriving.id)
    await asyncio.to_thread(parts.albums.forget, subject, erased_at)
