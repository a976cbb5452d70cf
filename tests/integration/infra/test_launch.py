"""A folder runs once; whoever holds the system can break it, and it heals."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infra.embedded import Launch, System
from infra.embedded.ending import reset
from infra.embedded.errors import (
    AlreadyRunningError,
    NotRunningError,
    PortTakenError,
)
from infra.embedded.ports import HOST
from infra.embedded.settings import LauncherSettings

Home = tuple[Path, System]


@pytest.fixture(scope="module")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    home = tmp_path_factory.mktemp("launched")
    with Launch(home, servers_only=True) as system:
        yield home, system


def test_a_second_start_says_that_one_is_running(launched: Home) -> None:
    home, _ = launched

    with pytest.raises(AlreadyRunningError, match="already running"):
        Launch(home).__enter__()


def test_a_chosen_port_that_is_taken_stops_the_start_and_nothing_stays(
    tmp_path: Path,
) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        settings = LauncherSettings(ports={"portal": port})

        with pytest.raises(PortTakenError, match=rf"{port}.*GUICHET_PORTS__PORTAL"):
            Launch(tmp_path, settings=settings).__enter__()

    assert not System(tmp_path).is_running()
    assert not list(tmp_path.rglob("postmaster.pid"))


def test_what_runs_is_not_deleted(launched: Home) -> None:
    with pytest.raises(AlreadyRunningError):
        reset(launched[0])


def test_a_killed_database_comes_back_with_what_it_promised(launched: Home) -> None:
    _, system = launched
    dsn = system.connect().postgres_dsn
    with psycopg.connect(dsn) as database:
        database.execute("CREATE TABLE promised AS SELECT 42 AS answer")

    system.restart("postgres")

    with psycopg.connect(dsn) as database:
        assert database.execute("SELECT answer FROM promised").fetchone() == (42,)
    assert system.processes()["postgres"].restarts == 1


def test_a_tool_learns_where_everything_is(launched: Home) -> None:
    home, system = launched
    places = system.connect()

    assert places.mail_folder == home / "mail"
    assert places.citizens[0].name == "Nguyễn Thị Mai"
    assert (home / "running.json").stat().st_mode & 0o777 == 0o600


def test_a_folder_where_nothing_runs_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotRunningError, match=r"guichet up"):
        System(tmp_path).connect()
