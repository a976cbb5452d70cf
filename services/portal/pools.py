"""Connections of the web process to its own database, shared by all who ask."""

from __future__ import annotations

import select
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from services.portal.config import PortalSettings

Pool = AsyncConnectionPool[Any]

CONNECTIONS = 10
PATIENCE = 5.0  # seconds


def pool(settings: PortalSettings) -> Pool:
    """Not opened yet; a connection that died while it lay there is never handed out."""
    return AsyncConnectionPool(
        kwargs=settings.database(),
        min_size=1,
        max_size=CONNECTIONS,
        open=False,
        timeout=PATIENCE,
        check=look_at,
    )


async def look_at(connection: AsyncConnection[Any]) -> None:
    """Ask the server only when it said something unasked: its farewell, mostly.

    To ask it each time would cost a page about 0.1 ms for each of its questions.
    """
    unread = select.poll()
    unread.register(connection.fileno(), select.POLLIN)
    if unread.poll(0):
        await AsyncConnectionPool.check_connection(connection)
