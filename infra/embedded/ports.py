"""Ports of the loopback: chosen when first needed, kept for the next start."""

from __future__ import annotations

import json
import random
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import RLock

from infra.embedded.errors import LauncherError, PortTakenError
from infra.embedded.files import write_private

HOST = "127.0.0.1"
RANGE = range(20_000, 32_000)  # below the ports that outgoing connections use
CHANCE = random.SystemRandom()  # a seed would have two systems choose the same ports


class Ports:
    """A port claimed is free now. One that is taken since last time is replaced."""

    def __init__(
        self, file: Path, chosen: Mapping[str, int], *, warn: Callable[[str], None]
    ) -> None:
        self._file = file
        self._lock = RLock()
        self._chosen = chosen
        self._warn = warn
        self._known: dict[str, int] = (
            json.loads(file.read_text())["ports"] if file.exists() else {}
        )
        self._claimed: set[str] = set()

    def __getitem__(self, name: str) -> int:
        with self._lock:
            if name not in self._claimed:
                self._claim(name)
            return self._known[name]

    def known(self) -> dict[str, int]:
        return dict(self._known)

    def trust(self) -> None:
        self._claimed = set(self._known)

    def _claim(self, name: str) -> None:
        port = self._chosen.get(name) or self._known.get(name)
        if port is None or not is_free(port):
            if name in self._chosen:
                raise PortTakenError(name, self._chosen[name])
            fresh = self._free_port()
            if port:
                self._warn(f"Port {port} of {name} is taken; {fresh} serves instead.")
            port = fresh
        self._claimed.add(name)
        self._known[name] = port
        write_private(self._file, json.dumps({"ports": self._known}, indent=1))

    def _free_port(self) -> int:
        ours = {*self._known.values(), *self._chosen.values()}
        for port in CHANCE.sample(RANGE, len(RANGE)):
            if port not in ours and is_free(port):
                return port
        raise LauncherError(f"No port from {RANGE.start} to {RANGE.stop} is free.")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
