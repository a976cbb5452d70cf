"""Has files opened by a process apart, which may die of them."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from services.documents.domain import Finding
from services.documents.gateways import content

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "services.documents.gateways.inspection"]


class SeparateInspector:
    """Stays warm for the next file; ends with the process that asked."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._asking = Lock()

    def media_type(self, path: Path) -> str:
        return content.media_type(path)

    def inspect(self, path: Path, media_type: str) -> Finding | None:
        """A file that kills who opens it is damaged, to say the least."""
        with self._asking:
            answer = self._ask(json.dumps([str(path), media_type]))
        if not answer:
            self.close()
            return Finding.DAMAGED
        finding = json.loads(answer)
        return Finding(finding) if finding else None

    def close(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

    def _ask(self, line: str) -> str:
        pipes = self._running()
        with suppress(BrokenPipeError):
            pipes.stdin.write(line + "\n")
            pipes.stdin.flush()
        return str(pipes.stdout.readline())

    def _running(self) -> Any:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 -- our own module
                COMMAND,
                cwd=ROOT,
                env={},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        return self._process
