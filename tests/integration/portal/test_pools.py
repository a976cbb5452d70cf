"""The web process's connections, when the database was away for a moment."""

from __future__ import annotations

import asyncio

import psycopg

from infra.embedded import Servers
from services.portal.pools import Pool
from tests.integration.portal.conftest import Ask


def test_connections_that_died_cost_no_page_an_error(
    ask: Ask, servers: Servers
) -> None:
    async def asked_before_and_after(pool: Pool) -> set[int]:
        async with pool.connection() as one, pool.connection() as other:
            held = [each.info.backend_pid for each in (one, other)]
        await asyncio.to_thread(end, servers, held)
        async with pool.connection() as one, pool.connection() as other:
            answers = [await each.execute("SELECT 1") for each in (one, other)]
            assert [await each.fetchone() for each in answers] == [(1,), (1,)]
            return {each.info.backend_pid for each in (one, other)} & set(held)

    assert ask(asked_before_and_after) == set()


def end(servers: Servers, held: list[int]) -> None:
    with psycopg.connect(servers.addresses.postgres.dsn("portal")) as owner:
        owner.execute(
            "SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", (held,)
        )
