"""Says in passing what whoever listens may hear; for who does not, nothing is kept."""

from __future__ import annotations

from threading import Lock
from typing import Any

import structlog
from kombu import Connection, Exchange, Producer

log = structlog.get_logger()

SHOWN = "portal.shown"  # which revision of a dossier the screens show now
TRANSIENT = 1
PATIENCE = 2  # seconds


class Broadcast:
    """From ordinary threads. What a lost broker did not hear is not said again."""

    def __init__(self, amqp_uri: str, name: str) -> None:
        self._amqp_uri = amqp_uri
        self._exchange = Exchange(name, type="fanout", delivery_mode=TRANSIENT)
        self._lock = Lock()
        self._connection: Connection | None = None
        self._producer: Producer | None = None

    def tell(self, body: dict[str, Any]) -> None:
        with self._lock:
            try:
                self._opened().publish(body)
            except self._lost as error:
                log.warning(
                    "broadcast.lost", exchange=self._exchange.name, why=str(error)
                )
                self._forget()

    def close(self) -> None:
        with self._lock:
            self._forget()

    @property
    def _lost(self) -> tuple[type[Exception], ...]:
        broker = Connection(self._amqp_uri)
        return (*broker.connection_errors, *broker.channel_errors)

    def _opened(self) -> Producer:
        if self._producer is None:
            self._connection = Connection(
                self._amqp_uri,
                heartbeat=0,
                connect_timeout=PATIENCE,
                transport_options={"write_timeout": PATIENCE},
            )
            self._producer = Producer(self._connection.channel(), self._exchange)
        return self._producer

    def _forget(self) -> None:
        connection, self._connection, self._producer = self._connection, None, None
        if connection:
            connection.release()
