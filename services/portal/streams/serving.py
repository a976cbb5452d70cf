"""Serves streams: beside the pages, or in a process that does nothing else."""

from __future__ import annotations

import resource
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from time import monotonic

import structlog
import uvicorn
from prometheus_client import Gauge
from starlette.applications import Starlette
from starlette.types import ASGIApp

from services.portal.config import PortalSettings
from services.portal.parts import Parts, assembled
from services.portal.streams.application import Streams, beside
from services.portal.streams.hub import Hub
from services.portal.streams.listening import Listener
from services.portal.streams.revisions import Revisions
from services.portal.streams.watching import Watching
from shared import health, logging, tracing

log = structlog.get_logger()

OPEN = Gauge("guichet_open_streams", "Open pages that are told of changes.")
RESERVED = 64  # files and connections that are no streams
ENDING = 5  # seconds for what is still open when the process has to end


def streams_on(parts: Parts) -> Streams:
    hub = Hub(limit=room(parts.settings.streams), clock=monotonic)
    OPEN.set_function(partial(len, hub))
    return Streams(hub, Watching(parts, Revisions(parts.pool)))


def room(wanted: int) -> int:
    """As many as the system lets us open; each stream is a file to it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return wanted if most == resource.RLIM_INFINITY else min(wanted, most - RESERVED)


@asynccontextmanager
async def listening(parts: Parts, hub: Hub) -> AsyncIterator[None]:
    """From the broadcast and the read model to the open pages."""
    amqp_uri = parts.settings.amqp_uri.get_secret_value()
    async with Listener(amqp_uri, hub, Revisions(parts.pool)).at_work():
        yield


class Server(uvicorn.Server):
    """Open streams would hold the process up: they are ended first."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        await self._hub.close()
        await super().shutdown(sockets)


def serve(app: ASGIApp, settings: PortalSettings, hub: Hub) -> None:
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        backlog=4096,  # a restart lets all pages come back at once
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=ENDING,
    )
    Server(config, hub).run()


def run() -> None:
    """`python -m services.portal stream`"""
    logging.configure()
    settings = PortalSettings()
    tracing.configure("portal-stream", settings.otlp_endpoint)
    parts = assembled(settings)
    streams = streams_on(parts)
    health.start(settings.health_host, settings.health_port, {})

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await parts.pool.open(wait=False)
        async with listening(parts, streams.hub):
            log.info("service.ready", service="portal", process="stream")
            yield
        await parts.pool.close()
        parts.accounts.close()

    serve(beside(Starlette(lifespan=lifespan), streams), settings, streams.hub)
