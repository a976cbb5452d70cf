"""The servers alone, without Guichet's own processes: what a test needs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, Self

from amqp.exceptions import PreconditionFailed
from kombu import Connection

from infra.declare import declare
from infra.embedded.addresses import Addresses
from infra.embedded.broker_accounts import OPERATOR
from infra.embedded.environment import environment
from infra.embedded.errors import OtherVersionError
from infra.embedded.postgres import Postgres
from infra.embedded.program import Program
from infra.embedded.rabbitmq import RabbitMQ
from infra.embedded.seaweedfs import SeaweedFS
from infra.embedded.settings import LauncherSettings
from infra.embedded.site import Site
from infra.embedded.softhsm import SoftHSM
from infra.embedded.standins import Standins
from infra.embedded.supervisor import Supervisor


class Server(Protocol):
    def prepare(self) -> None:
        """Files it needs before it starts."""

    def programs(self) -> list[Program]: ...

    def furnish(self) -> None:
        """What must be inside it before anybody uses it."""


class Servers:
    """`with Servers(home) as servers: servers.environment("intake")`"""

    def __init__(
        self,
        home: Path | None = None,
        *,
        settings: LauncherSettings | None = None,
        warn: Callable[[str], None] = print,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self.site = Site.at(home, settings=settings, warn=warn)
        self.addresses = Addresses(self.site)
        self.supervisor = Supervisor(self.site.home / "logs", on_change=on_change)
        self.names: list[str] = []

    def start(self, *, say: Callable[[str], None] = lambda _: None) -> None:
        servers = self._servers()
        with ThreadPoolExecutor() as threads:
            say("preparing the servers")
            list(threads.map(lambda each: each.prepare(), servers))
            programs = [each for server in servers for each in server.programs()]
            self.names = [program.name for program in programs]
            say("starting the servers")
            self.supervisor.start(programs)
            self.supervisor.wait(self.names)
            say("databases, queues, buckets")
            list(threads.map(lambda each: each.furnish(), servers))
        self._declare_queues()

    def environment(self, service: str, process: str | None = None) -> dict[str, str]:
        """All a process of this service must find in its environment."""
        name = process or f"{service}.serve"
        return environment(self.site, self.addresses, service, name)

    @property
    def built(self) -> tuple[Site, Addresses]:
        return self.site, self.addresses

    def stop(self) -> None:
        self.supervisor.close()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _servers(self) -> list[Server]:
        """Ours, but for those the person has elsewhere."""
        outside = self.site.settings
        return [
            SoftHSM(*self.built),
            *([] if outside.external_postgres else [Postgres(*self.built)]),
            *([] if outside.external_amqp else [RabbitMQ(*self.built)]),
            *([] if outside.external_s3 else [SeaweedFS(*self.built)]),
            Standins(*self.built),
        ]

    def _declare_queues(self) -> None:
        with Connection(self.addresses.amqp(OPERATOR)) as broker:
            try:
                declare(broker)
            except PreconditionFailed as error:
                raise OtherVersionError("broker's queues") from error
