"""The daily letter: what waits is asked of workflow, notifications writes it."""

from __future__ import annotations

import asyncio
import json
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from eventsourcing.postgres import PostgresDatastore

from services.portal.bus import PATIENCE, Caller, Line
from services.portal.config import PortalSettings
from services.portal.domain import Account, subject
from shared import tokens
from shared.actor import SYSTEM
from shared.clock import Clock, now
from shared.errors import Refused
from shared.personal import Keys, Personal, seal

SETTLED = ("conflict", "no-address")  # written already, or never to be


class Postman:
    """Asks over the bus, from a thread of its own."""

    def __init__(
        self,
        settings: PortalSettings,
        keys: Keys,
        *,
        line: Line | None = None,
        clock: Clock = now,
    ) -> None:
        self._settings = settings
        self._keys = keys
        self._clock = clock
        self._line = line
        self._runner: asyncio.Runner | None = None

    def deliver(self, account: Account, day: date) -> None:
        """Who has nothing to do today gets no letter."""
        if self._runner is None:
            self._runner = asyncio.Runner()
        self._runner.run(self._deliver(account, day))

    def close(self) -> None:
        if self._runner:
            self._runner.close()

    async def _deliver(self, account: Account, day: date) -> None:
        line = await self._opened()
        who = subject(account.username)
        work = await line.bus.ask(
            self._caller(),
            "workflow.work_of",
            officer=who,
            unit=account.agency,
            roles=account.roles,
        )
        if not work["counts"]:
            return
        told = json.dumps({"to": account.contact.email})
        try:
            await line.bus.order(
                self._caller(),
                uuid5(NAMESPACE_URL, f"portal/digest/{day}/{who}"),
                "notifications.send_digest",
                recipient=seal(Personal(who, told), self._keys),
                language=account.contact.language,
                work={"day": day.isoformat(), **work},
            )
        except Refused as refused:
            if refused.code not in (*SETTLED, "key-reused"):
                raise

    async def _opened(self) -> Line:
        """The line of this process, once the broker is there."""
        if self._line is None:
            self._line = Line(self._settings.amqp_uri.get_secret_value())
            self._line.open()
        async with asyncio.timeout(PATIENCE):
            while not self._line.is_ready:
                await asyncio.sleep(0.05)
        return self._line

    def _caller(self) -> Caller:
        key = self._settings.actor_private_key.get_secret_value()
        return Caller(tokens.sign(SYSTEM, key, now=self._clock()), f"digest-{uuid4()}")


class PostgresDigests:
    """On which day whose letter is done."""

    def __init__(self, datastore: PostgresDatastore) -> None:
        self._datastore = datastore

    def done(self, day: date) -> set[UUID]:
        rows = self._rows("SELECT account_id FROM portal_digests WHERE day = %s", day)
        return {row["account_id"] for row in rows}

    def mark(self, day: date, account_id: UUID) -> None:
        with self._datastore.transaction(commit=True) as cursor:
            cursor.execute("DELETE FROM portal_digests WHERE day < %s", (day,))
            cursor.execute(
                "INSERT INTO portal_digests VALUES (%s, %s) ON CONFLICT DO NOTHING",
                (day, account_id),
            )

    def notices(self, now: datetime) -> list[dict[str, Any]]:
        return self._rows(
            "SELECT * FROM calendar_notices WHERE NOT is_revoked AND valid_from <= %s",
            now,
        )

    def _rows(self, query: str, value: Any) -> list[dict[str, Any]]:
        with self._datastore.transaction() as cursor:
            cursor.execute(query, (value,))
            return [dict(row) for row in cursor.fetchall()]
