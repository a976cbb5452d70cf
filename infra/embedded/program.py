"""A program to keep running, and the process that runs it now."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from time import monotonic

from infra.embedded.errors import DidNotStartError
from infra.embedded.settings import ROOT

LOG_LIMIT = 10_000_000  # bytes; a longer log is put aside at the next start
PLAIN = {
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "LANG": "C.UTF-8",
    "PYTHONUNBUFFERED": "1",
    "MALLOC_ARENA_MAX": "2",
}


def always() -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Program:
    """It sees only the environment written here."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    is_ready: Callable[[], bool] = always
    folder: Path = ROOT
    privileges: tuple[str, ...] = ()  # options of setpriv
    stop_with: signal.Signals = signal.SIGTERM
    orphaned_with: str = "KILL"  # what it receives when its supervisor dies
    leaves: tuple[Path, ...] = ()  # files that it forgets when it ends


class State(StrEnum):
    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    GIVEN_UP = "given up"
    STOPPED = "stopped"


class Child:
    """One program's processes, one after the other."""

    def __init__(self, program: Program, log: Path) -> None:
        self.program = program
        self.log = log
        self.state = State.WAITING
        self.restarts = 0
        self.deaths: deque[float] = deque(maxlen=100)
        self.next_start = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def spawn(self) -> None:
        """The kernel ends the process when the thread that calls this ends."""
        program = self.program
        guard = ("--pdeathsig", program.orphaned_with)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [
                    "/usr/bin/setpriv",
                    *program.privileges,
                    *guard,
                    "--",
                    *program.command,
                ],
                env={**PLAIN, **program.environment},
                cwd=program.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # the terminal's Ctrl-C is for us, not for them
            )
        self.state = State.STARTING

    def has_died(self) -> bool:
        if self._process is None or self._process.poll() is None:
            return False
        end_group(self._process.pid)
        self._process = None
        self.deaths.append(monotonic())
        return True

    def signal(self, number: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            self._process.send_signal(number)

    def end(self, patience: float) -> None:
        """Ask, wait, insist."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        if process.poll() is None:
            process.kill()
            process.wait()
        end_group(process.pid)
        for file in self.program.leaves:
            file.unlink(missing_ok=True)


def end_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def run_once(name: str, command: Sequence[str], **environment: str) -> str:
    """A tool that prepares something; what it says when it fails is shown."""
    done = subprocess.run(
        command,
        env=PLAIN | environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise DidNotStartError(name, done.stdout)
    return done.stdout


def last_lines(log: Path, count: int = 15) -> str:
    if not log.exists():
        return ""
    tail = log.read_bytes()[-20_000:].decode(errors="replace")
    return "\n".join(tail.splitlines()[-count:])


def put_aside(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
