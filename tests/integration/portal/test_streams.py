"""A real stream: from the message that is heard to the open page, and to its end."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from infra.embedded import Servers
from services.portal.application import PortalApplication
from services.portal.config import PortalSettings
from services.portal.views import Views
from services.portal.worker import PortalWorker
from shared.messaging.broadcast import SHOWN, Broadcast
from tests.integration.portal.test_read_models import a_shown_dossier, a_step
from tests.integration.running import ROOT

PATIENCE = 20


class StreamProcess:
    """`python -m services.portal stream`, as a cluster runs it."""

    def __init__(self, servers: Servers) -> None:
        self.port = free_port()
        self._streams: list[Stream] = []
        environment = os.environ | servers.environment("portal", "portal.stream")
        environment["GUICHET_PORTAL_PORT"] = str(self.port)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "services.portal", "stream"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        for line in self._process.stdout:
            if "streams.listening" in line:
                break

    def open(self, code: str, seen: int | None = None) -> Stream:
        stream = Stream(self.port, code, seen)
        self._streams.append(stream)
        return stream

    def terminate(self) -> float:
        """How long it takes to end, in seconds."""
        begun = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)
        return time.monotonic() - begun

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for stream in self._streams:
            stream.close()
        assert self._process.stdout
        self._process.stdout.close()


class Stream:
    def __init__(self, port: int, code: str, seen: int | None) -> None:
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=PATIENCE
        )
        last = {} if seen is None else {"Last-Event-ID": str(seen)}
        self._connection.request("GET", f"/events?code={code}", headers=last)
        self.answer = self._connection.getresponse()

    def next(self, event: str) -> str:
        """The number that comes with the next event of this name."""
        lines = iter(self.answer.readline, b"")
        for line in lines:
            if line == f"event: {event}\n".encode():
                return next(lines).decode().removeprefix("data: ").strip()
        raise AssertionError("the stream has ended")

    def close(self) -> None:
        self.answer.close()
        self._connection.close()

    def rest(self) -> str:
        return self.answer.read().decode()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def process(servers: Servers, environment: None) -> Iterator[StreamProcess]:
    running = StreamProcess(servers)
    yield running
    running.kill()


@pytest.fixture
def follower(
    settings: PortalSettings, accounts: PortalApplication, views: Views
) -> Iterator[PortalWorker]:
    """Who writes the read models, and tells of it."""
    broadcast = Broadcast(settings.amqp_uri.get_secret_value(), SHOWN)
    yield PortalWorker(accounts, views, broadcast.tell)
    broadcast.close()


def code_of(dossier_id: object) -> str:
    return str(dossier_id).replace("-", "")[:12].upper()


def test_an_open_page_is_told_when_the_read_model_shows_a_change(
    process: StreamProcess, views: Views, follower: PortalWorker
) -> None:
    dossier_id, other = a_shown_dossier(views), a_shown_dossier(views)
    mine, theirs = process.open(code_of(dossier_id)), process.open(code_of(other))
    shown = int(mine.next("listening"))

    follower.handle(a_step(other, after=1))
    follower.handle(a_step(dossier_id, after=1))

    assert int(mine.next("changed")) == shown + 1
    assert int(theirs.next("changed")) == shown + 1


def test_who_comes_back_is_told_what_happened_meanwhile(
    process: StreamProcess, views: Views, follower: PortalWorker
) -> None:
    dossier_id = a_shown_dossier(views)
    seen = int(process.open(code_of(dossier_id)).next("listening"))
    follower.handle(a_step(dossier_id, after=1))

    again = process.open(code_of(dossier_id), seen)

    assert int(again.next("changed")) == seen + 1


def test_a_process_with_open_streams_ends_in_time_and_says_when_to_come_again(
    process: StreamProcess, views: Views
) -> None:
    code = code_of(a_shown_dossier(views))
    streams = [process.open(code) for _ in range(50)]
    for each in streams:
        each.next("listening")

    seconds = process.terminate()

    assert seconds < 10
    assert all("retry: " in each.rest() for each in streams)


def test_nobody_watches_with_a_code_that_does_not_exist(
    process: StreamProcess,
) -> None:
    assert process.open("ZZZZZZZZZZZZ").answer.status == 404
