"""Runs what follows a log on ordinary threads: relay, read models, alarms, slow work.

Crash-only: when one of them fails the process ends, and is started again.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.util import find_spec

import structlog
from kombu import Connection

from shared import alarms, bootstrap, health, logging, project, tracing
from shared.messaging import relay, work
from shared.settings import ServiceSettings

log = structlog.get_logger()

Part = Callable[[], None]

AGAIN = 2.0  # seconds between two attempts to reach a broker that is away


def parts(
    service: str, kind: str, settings: ServiceSettings
) -> Iterator[tuple[str, Part]]:
    """What this process runs; a service has only the parts its files name."""

    def has(module: str) -> bool:
        return find_spec(f"services.{service}.{module}") is not None

    if kind in ("relay", "follow") and has("publisher"):
        yield "relay", partial(relay.run, service, settings)
    if kind in ("work", "follow") and has("worker"):
        worker = bootstrap.part(service, "bootstrap", "worker")(settings)
        yield "work", partial(work.run, worker, settings)
        yield "repair", partial(work.repair, worker, service, settings)
    if kind in ("ring", "follow") and has("alarms"):
        yield "alarms", partial(alarms.run, service, settings)
    if kind in ("project", "follow") and has("projections"):
        for name in bootstrap.part(service, "bootstrap", "PROJECTIONS"):
            yield name, partial(project.run, service, name, settings)


def run_until_it_fails(name: str, part: Part) -> None:
    try:
        part()
    except Exception:
        log.exception("follow.failed", part=name)
    os._exit(1)


def main(service: str, kind: str) -> None:
    logging.configure()
    settings = bootstrap.settings(service)
    tracing.configure(f"{service}-{kind}", settings.otlp_endpoint)
    checks = {"broker": partial(reach, settings)}
    health.start(settings.health_host, settings.health_port, checks)
    wait_for_broker(settings)
    threads = [
        threading.Thread(target=run_until_it_fails, args=each, name=each[0])
        for each in parts(service, kind, settings)
    ]
    for thread in threads:
        thread.start()
    log.info("follow.ready", service=service, parts=[each.name for each in threads])
    for thread in threads:  # once this one ends, Python gives executors no more work
        thread.join()


def wait_for_broker(settings: ServiceSettings) -> None:
    """Whoever starts before the broker says so, and begins when it is there."""
    unreachable = Connection(settings.amqp_uri.get_secret_value()).connection_errors
    while True:
        try:
            return reach(settings)
        except unreachable as error:
            log.warning("broker.away", reason=str(error), again_in=AGAIN)
            time.sleep(AGAIN)


def reach(settings: ServiceSettings) -> None:
    """The broker answers."""
    with Connection(settings.amqp_uri.get_secret_value(), connect_timeout=3) as broker:
        broker.connect()
