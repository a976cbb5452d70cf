"""What dies comes back, what cannot live is given up, and nothing outlives us."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import psutil
import pytest

from infra.embedded.errors import DidNotStartError
from infra.embedded.program import Program, State
from infra.embedded.settings import ROOT
from infra.embedded.supervisor import Supervisor

SLEEPS = ("/usr/bin/sleep", "1000")
ORPHANS = """
import sys, time
from pathlib import Path
from infra.embedded.program import Program
from infra.embedded.supervisor import Supervisor
supervisor = Supervisor(Path(sys.argv[1]))
supervisor.start([Program(name="sleeper", command=("/usr/bin/sleep", "1000"))])
supervisor.wait(["sleeper"])
print(supervisor.pids()["sleeper"], flush=True)
time.sleep(1000)
"""


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    ours = Supervisor(tmp_path / "logs")
    yield ours
    ours.close()


def never() -> bool:
    return False


def becomes_true(condition: Callable[[], bool], *, within: float = 20) -> bool:
    deadline = monotonic() + within
    while not (found := condition()) and monotonic() < deadline:
        pass
    return found


def test_what_is_killed_comes_back(supervisor: Supervisor) -> None:
    supervisor.start([Program(name="sleeper", command=SLEEPS)])
    supervisor.wait(["sleeper"])
    first = supervisor.pids()["sleeper"]

    supervisor.kill("sleeper")

    child = supervisor.children["sleeper"]
    assert becomes_true(lambda: child.pid not in (None, first))
    assert child.restarts == 1


def test_what_cannot_start_is_shown_with_the_end_of_its_log(
    supervisor: Supervisor,
) -> None:
    complains = ("/bin/sh", "-c", "echo no such database; exit 1")
    supervisor.start([Program(name="broken", command=complains, is_ready=never)])

    with pytest.raises(DidNotStartError, match="no such database"):
        supervisor.wait(["broken"], seconds=0.5)


def test_what_dies_again_and_again_is_given_up(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.embedded.supervisor.PAUSE", 0.001)
    supervisor.start([Program(name="broken", command=("/bin/false",))])

    child = supervisor.children["broken"]
    assert becomes_true(lambda: child.state == State.GIVEN_UP)
    assert supervisor.pids() == {}


def test_who_ignores_the_request_is_ended(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.embedded.supervisor.PATIENCE", 0.2)
    deaf = ("/bin/sh", "-c", "trap '' TERM; while :; do sleep 1; done")
    supervisor.start([Program(name="deaf", command=deaf)])
    supervisor.wait(["deaf"])
    pid = supervisor.pids()["deaf"]

    supervisor.stop()

    assert not psutil.pid_exists(pid)


def test_a_program_sees_only_its_own_environment(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_OURS", "secret")
    own = {"GUICHET_INTAKE_AMQP_URI": "amqp://"}
    supervisor.start([Program(name="sleeper", command=SLEEPS, environment=own)])
    supervisor.wait(["sleeper"])

    seen = psutil.Process(supervisor.pids()["sleeper"]).environ()

    assert seen["GUICHET_INTAKE_AMQP_URI"] == "amqp://"
    assert "SECRET_OF_OURS" not in seen


def test_nothing_outlives_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ORPHANS, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as supervising:
        assert supervising.stdout
        orphan = int(supervising.stdout.readline())

        supervising.send_signal(signal.SIGKILL)

    assert becomes_true(lambda: not psutil.pid_exists(orphan))
