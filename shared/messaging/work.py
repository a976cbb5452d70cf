"""Slow work that the log asks for, on ordinary threads: render, scan, send."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import structlog
from kombu import Connection, Consumer

from shared import actor, correlation, metrics, tracing
from shared.messaging import topology
from shared.messaging.hearing import HOPELESS, heard, pause
from shared.messaging.publisher import connect
from shared.messaging.repair import EVERY, Compared, Hearer, Questions, Repair
from shared.settings import ServiceSettings

log = structlog.get_logger()


class Worker(Protocol):
    """What a service's worker.py offers: a record, and a reaction to messages."""

    inbox: str

    @property
    def app(self) -> Hearer:
        """Where it is remembered what was handled."""

    def handle(self, message: Any) -> None:
        """Do the work, and save that it is done. Doing it twice changes nothing."""


@dataclass(frozen=True)
class Workbench:
    """One message at a time; acknowledged when its work is committed."""

    worker: Worker
    sleep: Callable[[float], None] = time.sleep

    def run(self, connection: Connection) -> None:
        queues = topology.inbox(self.worker.inbox)
        with Consumer(
            connection.channel(),
            queues,
            callbacks=[self.take],
            on_decode_error=lambda message, error: message.reject(),
            auto_declare=False,
            prefetch_count=1,
        ):
            while True:
                connection.drain_events()

    def take(self, body: Any, message: Any) -> None:
        """Acknowledge what is committed, bury what cannot heal, repeat the rest."""
        error = self._attempt(body, message)
        metrics.count_heard(error=error)
        if error is None:
            message.ack()
        elif isinstance(error, HOPELESS):
            message.reject()
        else:
            self.sleep(pause(message.headers, error))
            message.requeue()

    def _attempt(self, body: Any, message: Any) -> Exception | None:
        actor.bind(actor.SYSTEM)
        correlation.bind(str(body.get("correlation_id")))
        try:
            with tracing.span(f"work {body.get('type')}", str(body.get("trace", ""))):
                handle, keys = self.worker.handle, self.worker.app.keys
                handle(heard(type(self.worker).handle, body, message.properties, keys))
        except Exception as error:  # the message is kept; the reason is for the log
            log.exception("work.failed", message=message.properties.get("message_id"))
            return error
        return None


def run(worker: Worker, settings: ServiceSettings) -> None:
    with connect(settings.amqp_uri.get_secret_value()) as connection:
        Workbench(worker).run(connection)


def repair(worker: Worker, service: str, settings: ServiceSettings) -> None:
    """Look every minute for work that was asked for and never arrived."""
    seen: dict[str, Compared] = {}
    while True:
        time.sleep(EVERY)
        try:
            look(worker, service, settings, seen)
        except Exception:  # the next look tries again; the reason is for the log
            log.exception("repair.failed", inbox=worker.inbox)


def look(
    worker: Worker,
    service: str,
    settings: ServiceSettings,
    seen: dict[str, Compared],
) -> None:
    actor.bind(actor.SYSTEM)
    with connect(settings.amqp_uri.get_secret_value()) as connection:
        questions = Questions(connection, service)
        Repair(
            inbox=worker.inbox,
            app=worker.app,
            handle=worker.handle,
            understands=type(worker).handle,
            ask=questions.ask,
            is_waiting=questions.is_waiting,
            seen=seen,
        ).look()
