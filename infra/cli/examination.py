"""What the doctor looks at, one finding each."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psutil

from infra.embedded import System
from infra.embedded.errors import LauncherError
from infra.embedded.program import State
from infra.embedded.rabbitmq import transient_queues
from infra.embedded.settings import LauncherSettings
from infra.embedded.site import Site
from infra.launcher import debian

FILES = 4096  # a process with many streams needs as many open files
DISK = 2 * 2**30  # bytes
WAITS = (
    "import os; os.environ['PSYCOPG_WAIT_FUNC'] = 'wait_selector'; "
    "from psycopg import waiting; print(waiting.wait.__name__)"
)


@dataclass(frozen=True)
class Patient:
    name: str
    state: str
    pid: int | None
    memory: int
    restarts: int
    ok: bool


@dataclass(frozen=True)
class Finding:
    what: str
    found: str
    ok: bool


def patients(system: System) -> list[Patient]:
    try:
        processes = system.processes()
    except LauncherError:
        return []
    return [
        Patient(
            name,
            each.state,
            each.pid,
            memory(each.pid),
            each.restarts,
            ok=each.state == State.READY,
        )
        for name, each in processes.items()
    ]


def memory(pid: int | None) -> int:
    """Shared pages counted once: what the machine would get back."""
    total = 0
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        for each in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total += int(each.memory_full_info().pss)
    return total


def machine(system: System) -> list[Finding]:
    looks: list[Callable[[System], Finding]] = [packages, files, disk, waiting, queues]
    return [look(system) for look in looks]


def packages(_: System) -> Finding:
    lacking = debian.missing(debian.SERVERS)
    found = f"missing: {' '.join(lacking)}" if lacking else "all there"
    return Finding("Debian packages", found, not lacking)


def files(_: System) -> Finding:
    """The limit we may raise ours to, and do."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    enough = hard == resource.RLIM_INFINITY or hard >= FILES
    return Finding("open files", f"at most {hard}", enough)


def disk(system: System) -> Finding:
    folder = system.home if system.home.exists() else system.home.parent
    free = shutil.disk_usage(folder).free
    return Finding("disk", f"{free / 2**30:.1f} GiB free", free >= DISK)


def waiting(_: System) -> Finding:
    """Otherwise one slow query would stop every worker of a process."""
    asked = subprocess.run(
        [sys.executable, "-c", WAITS], capture_output=True, text=True, check=False
    )
    name = asked.stdout.strip()
    return Finding("psycopg waits with", name or "nothing", name == "wait_selector")


def queues(system: System) -> Finding:
    """A transient queue that outlives its connection is refused by RabbitMQ 4.3."""
    if system.is_running() and not LauncherSettings().external_amqp:
        unlawful = transient_queues(Site.running(system.home))
        found = ", ".join(unlawful) or "none is transient and shared"
        return Finding("broker queues", found, not unlawful)
    return Finding("broker queues", "not examined: our broker is not running", ok=True)
