"""Thousands of open streams in one lean process: `python -m tools.bench.listeners`.

Reads what to open as one line of JSON; says in lines of JSON what became of it: when
all are open, when a change has reached all its viewers here, when all have ended.
"""

from __future__ import annotations

import json
import re
import resource
import selectors
import socket
import sys
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

HEAD = (
    "GET /events?code={code} HTTP/1.1\r\nHost: portal\r\nAccept: text/event-stream\r\n"
    "Accept-Language: vi-VN,vi;q=0.9,en;q=0.8\r\nCache-Control: no-cache\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 14; SM-A245F) AppleWebKit/537.36 (KHTML, "
    "like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36\r\n"
    "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\nPragma: no-cache\r\n\r\n"
)
CHANGED = re.compile(rb"event: changed\ndata: (\d+)\n")
TOGETHER = 200  # connections that wait for their first answer at the same time
IP_BIND_ADDRESS_NO_PORT = 24  # a port is chosen per connection, not per address
PIECE = 65536
PATIENCE = 60.0


@dataclass
class Reached:
    """How many of a dossier's viewers here have heard of one revision."""

    viewers: int = 0
    at: float = 0.0


@dataclass
class Listeners:
    port: int
    source: str
    viewers: dict[str, int]  # of each tracking code
    open: int = 0
    ended: int = 0
    asked_again: int = 0
    reached: dict[tuple[str, int], Reached] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._waiting = 0

    def run(self) -> None:
        wanted = [code for code, count in self.viewers.items() for _ in range(count)]
        begun = monotonic()
        for code in wanted:
            while self._waiting >= TOGETHER:
                self._hear(PATIENCE)
            self._connect(code)
        while self._waiting:
            self._hear(PATIENCE)
        say(open=self.open, seconds=monotonic() - begun)
        while self.ended < self.open:
            self._hear(PATIENCE)
        say(ended=self.ended, asked_again=self.asked_again)

    def _connect(self, code: str) -> None:
        each = socket.socket()
        each.setsockopt(socket.SOL_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        each.bind((self.source, 0))
        each.connect(("127.0.0.1", self.port))
        each.sendall(HEAD.format(code=code).encode())
        each.setblocking(False)
        self._selector.register(each, selectors.EVENT_READ, [code, False])
        self._waiting += 1

    def _hear(self, patience: float) -> None:
        heard = self._selector.select(patience)
        for key, _ in heard:
            self._read(key.fileobj, key.data)

    def _read(self, each: Any, known: list[Any]) -> None:
        try:
            piece = each.recv(PIECE)
        except ConnectionError:
            piece = b""
        if not known[1]:
            self._greet(piece, known)
        if b"retry: " in piece and b"event: listening" not in piece:
            self.asked_again += 1
        for revision in CHANGED.findall(piece):
            self._note(known[0], int(revision))
        if not piece or piece.endswith(b"0\r\n\r\n"):
            self._selector.unregister(each)
            each.close()
            self.ended += 1

    def _greet(self, piece: bytes, known: list[Any]) -> None:
        if b"event: listening" in piece:
            self.open += 1
        elif b" 200 " in piece:
            return
        known[1] = True
        self._waiting -= 1

    def _note(self, code: str, revision: int) -> None:
        reached = self.reached.setdefault((code, revision), Reached())
        reached.viewers += 1
        reached.at = monotonic()
        if reached.viewers == self.viewers[code]:
            del self.reached[code, revision]
            say(code=code, revision=revision, at=reached.at)


def say(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    Listeners(**json.loads(sys.stdin.read())).run()


if __name__ == "__main__":
    main()
