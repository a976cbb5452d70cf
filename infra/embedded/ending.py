"""Ends what runs from a folder, and removes the folder when asked to."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from time import monotonic, sleep

import psutil

from infra.embedded.errors import AlreadyRunningError, LauncherError
from infra.embedded.running import Running, is_locked

LEAVING = 30.0  # seconds that everything may take to end
BEAT = 0.1


def stop(home: Path) -> None:
    """As Ctrl-C in its own terminal would."""
    running = Running.read(home)
    os.kill(running.pid, signal.SIGTERM)
    deadline = monotonic() + LEAVING
    while is_locked(home):
        if monotonic() > deadline:
            os.kill(running.pid, signal.SIGKILL)  # the kernel ends the rest
            return
        sleep(BEAT)


def reset(home: Path) -> None:
    """Forget everything this installation ever kept."""
    if is_locked(home):
        raise AlreadyRunningError(home)
    if not home.exists():
        return
    if not (home / "state.json").exists():
        raise LauncherError(f"{home} does not look like a folder of Guichet's.")
    wait_for_leftovers(home)
    shutil.rmtree(home)


def wait_for_leftovers(home: Path) -> None:
    """A launcher that was killed leaves servers that are still putting things away."""
    file = home / "running.json"
    if not file.exists():
        return
    left = Running.model_validate_json(file.read_text())
    written = file.stat().st_mtime
    processes = [
        process
        for each in left.processes.values()
        if each.pid and (process := found(each.pid, before=written))
    ]
    _, stubborn = psutil.wait_procs(processes, timeout=LEAVING)
    for process in stubborn:
        process.kill()
    file.unlink()


def found(pid: int, *, before: float) -> psutil.Process | None:
    """The process of that time, not one that has its number now."""
    try:
        process = psutil.Process(pid)
        return process if process.create_time() < before else None
    except psutil.NoSuchProcess:
        return None
