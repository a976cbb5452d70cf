"""A broker that is away at start: everybody says so, and begins when it is there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest
from kombu import Connection

from infra.embedded import Servers, processes
from infra.embedded.broker_accounts import OPERATOR
from shared.contracts.base import PARTITIONS
from tools.demo.world import procedures_in

pytestmark = pytest.mark.timeout(180)

NAMES = ("intake.serve", "intake.follow", "portal.web", "portal.follow")
BROKER = "rabbitmq"
PATIENCE = 60  # seconds


@pytest.fixture
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with Servers(tmp_path_factory.mktemp("away")) as servers:
        yield servers


def test_who_starts_before_the_broker_waits_for_it_and_loses_nothing(
    servers: Servers,
) -> None:
    supervisor = servers.supervisor
    broker = supervisor.children[BROKER].program
    supervisor.stop([BROKER])
    everybody = processes.programs(*servers.built, scale={})
    supervisor.start([each for each in everybody if each.name in NAMES])
    wait_for(lambda: all(says_so(supervisor.children[name].log) for name in NAMES))

    wait_for(lambda: answers(servers.addresses.public_url))
    portal = Portal(servers)
    key, definitions = str(uuid4()), procedures_in(servers.site.settings.catalogue_dir)
    refused = portal.publishes(definitions, key)
    opened = portal.lets_in("lan")

    assert httpx.get(f"{portal.url}/vi/").is_success
    assert opened.status_code == 201
    assert refused.status_code == 503
    assert refused.json()["code"] == "service-unavailable"
    assert refused.json()["request_id"]

    supervisor.start([broker])
    supervisor.wait(NAMES, seconds=PATIENCE)

    assert portal.publishes(definitions, key).is_success
    wait_for(lambda: told_to_audit(servers) == recorded(servers))
    assert recorded(servers) > len(definitions)
    assert {name: len(supervisor.children[name].deaths) for name in NAMES} == (
        dict.fromkeys(NAMES, 0)
    )


class Portal:
    """The portal, as its administrator meets it."""

    def __init__(self, servers: Servers) -> None:
        self.url = servers.addresses.public_url
        password = servers.site.secrets.password("admin")
        self.token = ""
        signed_in = self._order(
            "POST", "/session", {"username": "admin", "password": password}
        )
        self.token = signed_in.json()["token"]

    def publishes(self, definitions: list[dict[str, Any]], key: str) -> httpx.Response:
        return self._order("PUT", "/catalogue", {"definitions": definitions}, key)

    def lets_in(self, name: str) -> httpx.Response:
        account = {"username": name, "name": name, "password": "a long password"}
        return self._order("POST", "/accounts", account | {"roles": ["auditor"]})

    def _order(
        self, method: str, path: str, body: dict[str, Any], key: str | None = None
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key or str(uuid4())}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        url = f"{self.url}/api/v1{path}"
        return httpx.request(method, url, json=body, headers=headers, timeout=30)


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/ready").text == "broker"
    except httpx.ConnectError:
        return False


def says_so(log: Path) -> bool:
    return log.exists() and "broker.away" in log.read_text()


def recorded(servers: Servers) -> int:
    """How many events intake and the portal have accepted."""
    total = 0
    for service in ("intake", "portal"):
        with psycopg.connect(servers.addresses.postgres.dsn(service)) as database:
            counted = database.execute(
                f"SELECT count(*) FROM {service}_events".encode()
            )
            total += counted.fetchall()[0][0]
    return total


def told_to_audit(servers: Servers) -> int:
    """How many of them wait for audit, which does not run here."""
    with Connection(servers.addresses.amqp(OPERATOR)) as operator:
        channel = operator.channel()
        waiting = [
            channel.queue_declare(f"audit.inbox.{number}", passive=True).message_count
            for number in range(PARTITIONS)
        ]
    return sum(waiting)


def wait_for(condition: Any) -> None:
    deadline, pause = monotonic() + PATIENCE, Event()
    while not condition():
        assert monotonic() < deadline, "it did not come to pass"
        pause.wait(0.1)
