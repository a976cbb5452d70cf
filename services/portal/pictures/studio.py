"""Has pictures made by a process apart, which may die of what it opens."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from services.portal.pictures.errors import KINDS, FileNotShownError

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "services.portal.pictures.work"]
FATAL = {"refused": FileNotShownError.code}

Answer = dict[str, Any]


class Studio:
    """One picture after the other; the process stays warm for the next one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._queue = ThreadPoolExecutor(1, "studio")

    async def do(self, task: str, **wish: Any) -> Answer:
        """What was made. Refused whatever is wrong with the file."""
        line = json.dumps({"do": task, **wish}, default=str)
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._queue, self._asked, line)
        if code := answer.get("refused"):
            raise KINDS[code]
        return answer

    def close(self) -> None:
        self._queue.shutdown(wait=False, cancel_futures=True)
        self._end()

    def _asked(self, line: str) -> Answer:
        """A file that kills who opens it cannot be shown, to say the least."""
        pipes = self._running()
        with suppress(BrokenPipeError):
            pipes.stdin.write(line + "\n")
            pipes.stdin.flush()
        said = str(pipes.stdout.readline())
        if not said:
            self._end()
            return FATAL
        answer: Answer = json.loads(said)
        return answer

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

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
                start_new_session=True,  # its Ctrl-C is not ours
            )
        return self._process
