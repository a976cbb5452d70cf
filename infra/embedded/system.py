"""A running Guichet, held from any process: tools, tests, the launcher itself."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from time import monotonic, sleep

from infra.embedded.errors import DidNotStartError
from infra.embedded.program import State
from infra.embedded.rehearsal import RehearsalClock
from infra.embedded.running import Places, ProcessState, Running, is_locked
from infra.embedded.settings import LauncherSettings

BEAT = 0.1


class System:
    """Reads what the launcher writes; kills what the launcher starts again."""

    def __init__(self, home: Path | None = None) -> None:
        self.home = (home or LauncherSettings().home).resolve()

    def is_running(self) -> bool:
        return is_locked(self.home)

    def connect(self) -> Places:
        return self._running().places

    def processes(self) -> dict[str, ProcessState]:
        return self._running().processes

    @property
    def clock(self) -> RehearsalClock:
        """What time it is in there."""
        return RehearsalClock(self.home)

    def pids(self) -> dict[str, int]:
        return {name: each.pid for name, each in self.processes().items() if each.pid}

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> int:
        """As bad luck would do it; the answer is the process that was."""
        pid = self.pids()[name]
        os.kill(pid, number)
        return pid

    def restart(self, name: str, *, seconds: float = 60) -> None:
        """End a process, and wait until its successor is ready."""
        self.wait_until_ready(name, seconds=seconds, instead_of=self.kill(name))

    def wait_until_ready(
        self, *names: str, seconds: float = 60, instead_of: int | None = None
    ) -> None:
        """All of them, when none is named."""
        deadline = monotonic() + seconds
        while monotonic() < deadline:
            known = self.processes()
            wanted = [known[name] for name in names or known]
            if all(is_ready(each) and each.pid != instead_of for each in wanted):
                return
            sleep(BEAT)
        late = next(name for name in names or known if not is_ready(known[name]))
        raise DidNotStartError(late, f"see {known[late].log}")

    def _running(self) -> Running:
        return Running.read(self.home)


def is_ready(process: ProcessState) -> bool:
    return process.state == State.READY
