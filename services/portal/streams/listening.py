"""Hears which dossiers changed, and looks by itself for what it did not hear."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import aio_pika
import psycopg
import structlog
from aio_pika import ExchangeType
from psycopg_pool import PoolTimeout

from services.portal.bus import AGAIN, PATIENCE, UNREACHABLE
from services.portal.streams.hub import Hub
from services.portal.streams.revisions import Revisions
from shared.messaging.broadcast import SHOWN

log = structlog.get_logger()

LOOK_EVERY = 30.0  # seconds
NO_DATABASE = (psycopg.OperationalError, PoolTimeout)


class Listener:
    def __init__(self, amqp_uri: str, hub: Hub, revisions: Revisions) -> None:
        self._amqp_uri = amqp_uri
        self._hub = hub
        self._revisions = revisions

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Listens, looks, and keeps the streams alive until the process ends."""
        deeds = (
            self._listen(),
            self._look_often(),
            self._hub.keep_alive(asyncio.sleep),
        )
        tasks = [asyncio.create_task(deed) for deed in deeds]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def look(self) -> None:
        """Compare what is watched with what the screens show by now."""
        try:
            async for dossier_id, revision in self._revisions.of_all(
                self._hub.dossiers()
            ):
                self._hub.tell(dossier_id, revision)
        except NO_DATABASE as error:
            log.warning("streams.database-away", reason=str(error))

    async def _look_often(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.look()

    async def _listen(self) -> None:
        """A broker that was away had nothing to say meanwhile: we look instead."""
        while True:
            try:
                await self._hear_all()
            except UNREACHABLE as error:
                log.warning("broker.away", reason=str(error), again_in=AGAIN)
            await asyncio.sleep(AGAIN)

    async def _hear_all(self) -> None:
        connection = await aio_pika.connect(self._amqp_uri, timeout=PATIENCE)
        async with connection:
            channel = await connection.channel()
            exchange = await channel.declare_exchange(
                SHOWN, ExchangeType.FANOUT, durable=True
            )
            name = f"{SHOWN}-{uuid4()}"
            queue = await channel.declare_queue(name, exclusive=True)
            await queue.bind(exchange)
            log.info("streams.listening")
            await self.look()
            async with queue.iterator(no_ack=True) as told:
                async for message in told:
                    self.hear(message.body)

    def hear(self, body: bytes) -> None:
        said = json.loads(body)
        dossier_id = UUID(said["dossier_id"])
        self._hub.tell(dossier_id, said["revision"])
        if said.get("is_for_fewer"):
            self._hub.dismiss(dossier_id)
