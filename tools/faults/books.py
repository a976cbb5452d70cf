"""The event logs of all services, read as their owner may: with SQL, from outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, LiteralString
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from infra.embedded.running import Places

SERVICES = ("intake", "workflow", "documents", "signing", "notifications", "portal")


class Books:
    """`books.rows("intake", "SELECT … FROM {events}")`"""

    def __init__(self, places: Places) -> None:
        self._dsn = urlsplit(places.postgres_dsn)

    def rows(
        self, service: str, query: LiteralString, *arguments: Any
    ) -> Sequence[tuple[Any, ...]]:
        address = urlunsplit(self._dsn._replace(path=f"/{service}"))
        tables = {
            name: sql.Identifier(f"{service}_{name}")
            for name in ("events", "tracking", "relay_tracking", "commands")
        }
        with psycopg.connect(address) as connection:
            return connection.execute(
                sql.SQL(query).format(**tables), arguments
            ).fetchall()

    def sizes(self) -> dict[str, int]:
        """How many events each log holds."""
        counted: LiteralString = "SELECT count(*) FROM {events}"
        return {service: self.rows(service, counted)[0][0] for service in SERVICES}

    def positions(self, service: str) -> set[int]:
        every: LiteralString = "SELECT notification_id FROM {events}"
        return {row[0] for row in self.rows(service, every)}
