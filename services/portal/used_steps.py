"""Which one-time codes were used: none is good twice."""

from __future__ import annotations

from typing import Protocol

from services.portal.pools import Pool

OLD = 10  # steps after which a code is no longer good anyway

SWEEP = "DELETE FROM portal_used_steps WHERE step < %s"
USE = """
    INSERT INTO portal_used_steps (subject, step) VALUES (%s, %s)
    ON CONFLICT DO NOTHING RETURNING step
"""


class UsedSteps(Protocol):
    async def use(self, subject: str, step: int) -> bool:
        """Use it up; false when it was used before."""


class PostgresUsedSteps:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def use(self, subject: str, step: int) -> bool:
        async with self._pool.connection() as connection:
            await connection.execute(SWEEP, (step - OLD,))
            cursor = await connection.execute(USE, (subject, step))
            return await cursor.fetchone() is not None
