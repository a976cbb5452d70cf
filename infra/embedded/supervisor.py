"""Keeps programs running: starts them, starts them again, ends them all."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event, RLock, Thread
from time import monotonic, sleep

from infra.embedded.errors import DidNotStartError
from infra.embedded.files import private_folder
from infra.embedded.program import Child, Program, State, last_lines, put_aside

BEAT = 0.05  # seconds
PAUSE, LONGEST_PAUSE = 0.2, 5.0
DEATHS, WITHIN = 8, 60.0  # so many in so many seconds: we give up, loudly
DEATHS_AT_START = 4
PATIENCE = 8.0  # between the request to stop and the end


class Supervisor:
    """All programs are started from one thread, which lives as long as they may."""

    def __init__(
        self, logs: Path, *, on_change: Callable[[], None] = lambda: None
    ) -> None:
        self.children: dict[str, Child] = {}
        self._logs = private_folder(logs)
        self._on_change = on_change
        self._lock = RLock()
        self._ended = Event()
        self._threads = [
            Thread(target=self._tend, name="tend", daemon=True),
            Thread(target=self._look, name="look", daemon=True),
        ]

    def start(self, programs: Iterable[Program]) -> None:
        with self._lock:
            for program in programs:
                log = self._logs / f"{program.name}.log"
                put_aside(log)
                self.children[program.name] = Child(program, log)
        for thread in self._threads:
            if not thread.is_alive():
                thread.start()

    def wait(self, names: Iterable[str], *, seconds: float = 60) -> None:
        """Returns when all are ready; raises with the log of the first that is not."""
        deadline = monotonic() + seconds
        waiting = [self.children[name] for name in names]
        while waiting := [each for each in waiting if each.state != State.READY]:
            for child in waiting:
                if len(child.deaths) >= DEATHS_AT_START or monotonic() > deadline:
                    raise DidNotStartError(child.program.name, last_lines(child.log))
            sleep(BEAT)

    def pids(self) -> dict[str, int]:
        children = dict(self.children)
        return {name: each.pid for name, each in children.items() if each.pid}

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """As bad luck would do it. What is supervised comes back by itself."""
        self.children[name].signal(number)

    def restart(self, name: str) -> None:
        child = self.children[name]
        child.deaths.clear()
        if child.state == State.GIVEN_UP:
            child.state = State.RESTARTING
        child.signal(child.program.stop_with)

    def stop(self, names: Iterable[str] | None = None) -> None:
        """Asked all at once, waited for in reverse order of their start."""
        with self._lock:
            leaving = [
                self.children[name]
                for name in reversed(list(names or self.children))
                if name in self.children
            ]
            for child in leaving:
                child.state = State.STOPPED
                child.signal(child.program.stop_with)
        deadline = monotonic() + PATIENCE
        for child in leaving:
            child.end(max(0.0, deadline - monotonic()))
        self._tell()

    def close(self) -> None:
        """Our threads go last: the kernel ends what they started with them."""
        self.stop()
        self._ended.set()

    def _tell(self) -> None:
        """One at a time: whoever is told writes it into one file."""
        with self._lock:
            self._on_change()

    def _tend(self) -> None:
        while not self._ended.wait(BEAT):
            with self._lock:
                changed = [self._tend_to(each) for each in self.children.values()]
            if any(changed):
                self._tell()

    def _tend_to(self, child: Child) -> bool:
        if child.state in (State.GIVEN_UP, State.STOPPED):
            return False
        if child.has_died():
            self._plan_restart(child)
            return True
        if child.pid is None and monotonic() >= child.next_start:
            child.restarts += child.state == State.RESTARTING
            child.spawn()
            return True
        return False

    def _plan_restart(self, child: Child) -> None:
        now = monotonic()
        recent = [death for death in child.deaths if now - death < WITHIN]
        child.next_start = now + min(LONGEST_PAUSE, PAUSE * 2 ** (len(recent) - 1))
        gives_up = len(recent) >= DEATHS
        child.state = State.GIVEN_UP if gives_up else State.RESTARTING

    def _look(self) -> None:
        """Asks those that are starting whether they are ready."""
        while not self._ended.wait(BEAT):
            for child in list(self.children.values()):
                if child.state == State.STARTING and child.program.is_ready():
                    with self._lock:
                        if child.state == State.STARTING and child.pid:
                            child.state = State.READY
                    self._tell()
