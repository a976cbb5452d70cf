"""The processes of a measurement of streams: those that serve, those that listen."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue
from tempfile import TemporaryFile
from threading import Thread
from time import monotonic
from typing import IO, Any

import psutil

from infra.embedded.program import PLAIN
from infra.embedded.settings import ROOT
from tools.bench.installed import environment_of

PATIENCE = 600.0
KIB = 1024


@dataclass
class Server:
    """One `python -m services.portal stream`."""

    home: Path
    port: int = field(default_factory=lambda: free_port())

    def start(self) -> None:
        environment = environment_of(self.home, "portal", "portal.stream")
        environment.pop("GUICHET_PORTAL_HEALTH_PORT", None)
        environment["GUICHET_PORTAL_PORT"] = str(self.port)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "services.portal", "stream"],
            cwd=ROOT,
            env=PLAIN | environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for line in self._process.stdout or ():
            if "streams.listening" in line:
                return
        raise RuntimeError("the process that serves streams has ended")

    @property
    def memory(self) -> float:
        """In KiB: its own, and its part of what it shares."""
        info = psutil.Process(self._process.pid).memory_full_info()
        return float(info.pss) / KIB

    @property
    def processor_seconds(self) -> float:
        times = psutil.Process(self._process.pid).cpu_times()
        return float(times.user + times.system)

    def stop(self) -> float:
        """How long it takes to end, in seconds."""
        begun = monotonic()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(PATIENCE)
        return monotonic() - begun

    def abandon(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()


class Clients:
    """One process with very many open streams; what it says is kept in order."""

    def __init__(self, port: int, number: int, viewers: Mapping[str, int]) -> None:
        self.viewers = viewers
        self.said: Queue[dict[str, Any]] = Queue()
        source = f"127.0.{1 + number // 250}.{1 + number % 250}"
        wish = {"port": port, "source": source, "viewers": dict(viewers)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.bench.listeners"],
            cwd=ROOT,
            stdin=given(json.dumps(wish)),
            stdout=subprocess.PIPE,
            text=True,
        )
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            self.said.put(json.loads(line))

    def next(self, patience: float = PATIENCE) -> dict[str, Any]:
        return self.said.get(timeout=patience)

    def abandon(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()


@contextmanager
def servers(home: Path, count: int) -> Iterator[list[Server]]:
    running = [Server(home) for _ in range(count)]
    try:
        for each in running:
            each.start()
        yield running
    finally:
        for each in running:
            each.abandon()


def given(text: str) -> IO[str]:
    """What a process reads; longer than a command line may be."""
    file = TemporaryFile("w+")  # noqa: SIM115 -- closed with the process that reads it
    file.write(text)
    file.seek(0)
    return file


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
