"""What a probe is told."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from shared.health import Health, listen

HOST = "127.0.0.1"


def asked(path: str, health: Health) -> tuple[str, str]:
    said: list[str] = []

    def start_response(status: str, headers: Any) -> None:
        said.append(status)

    body = b"".join(
        health({"PATH_INFO": path, "REQUEST_METHOD": "GET"}, start_response)
    )
    return said[0], body.decode()


def broken() -> None:
    raise ConnectionError("amqp://user:secret@host")


def test_a_process_whose_checks_pass_is_ready() -> None:
    assert asked("/ready", Health({"broker": lambda: None})) == ("200 OK", "ready")


def test_a_process_that_misses_something_says_what_and_no_secret() -> None:
    status, body = asked("/ready", Health({"broker": broken}))

    assert (status, body) == ("503 Service Unavailable", "broker: ConnectionError")


def test_a_process_that_is_not_ready_is_still_alive() -> None:
    assert asked("/live", Health({"broker": broken})) == ("200 OK", "alive")


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]

        with pytest.raises(SystemExit, match=rf"{HOST}:{port}.*HEALTH_PORT"):
            listen(HOST, port, Health({}))


def test_metrics_are_told_by_their_names() -> None:
    status, body = asked("/metrics", Health({}))

    assert status == "200 OK"
    assert "guichet_messages_heard_total" in body
