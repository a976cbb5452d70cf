"""Ports are kept; one that is taken is replaced, or refused when a person chose it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.embedded.errors import PortTakenError
from infra.embedded.ports import HOST, Ports


@pytest.fixture
def taken() -> Iterator[int]:
    """A port somebody else listens on."""
    with socket.create_server((HOST, 0)) as other:
        yield other.getsockname()[1]


def ports(folder: Path, warnings: list[str] | None = None, **chosen: int) -> Ports:
    said = [] if warnings is None else warnings
    return Ports(folder / "state.json", chosen, warn=said.append)


def test_a_port_is_the_same_at_the_next_start(tmp_path: Path) -> None:
    first = ports(tmp_path)["amqp"]

    assert ports(tmp_path)["amqp"] == first


def test_two_names_never_share_a_port(tmp_path: Path) -> None:
    known = ports(tmp_path)

    assert len({known[f"port-{number}"] for number in range(50)}) == 50


def test_a_port_taken_since_last_time_is_replaced_and_one_is_told(
    tmp_path: Path, taken: int
) -> None:
    (tmp_path / "state.json").write_text(f'{{"ports": {{"amqp": {taken}}}}}')
    warnings: list[str] = []

    fresh = ports(tmp_path, warnings)["amqp"]

    assert fresh != taken
    assert str(taken) in warnings[0]
    assert str(fresh) in warnings[0]


def test_a_chosen_port_that_is_taken_is_refused_by_name(
    tmp_path: Path, taken: int
) -> None:
    with pytest.raises(PortTakenError, match=rf"{taken}.*GUICHET_PORTS__PORTAL"):
        ports(tmp_path, portal=taken)["portal"]


def test_ports_of_a_running_system_are_trusted(tmp_path: Path, taken: int) -> None:
    (tmp_path / "state.json").write_text(f'{{"ports": {{"amqp": {taken}}}}}')
    known = ports(tmp_path)

    known.trust()

    assert known["amqp"] == taken
