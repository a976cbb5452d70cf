"""One at a time writes to a file that arrives; who comes back takes it over."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar
from uuid import UUID

from starlette.requests import ClientDisconnect

from services.portal.upload_errors import UploadBusyError, UploadMovedOnError

PATIENCE = 60.0  # seconds without a byte: the line is lost
AT_ONCE = 1024 * 1024  # bytes that wait in memory before they are written

Answer = TypeVar("Answer")
Bytes = AsyncIterator[bytes]


class Writers:
    """The line that was lost may not know it yet: the newer one is in the right."""

    def __init__(self) -> None:
        self._tasks: dict[UUID, asyncio.Task[Any]] = {}

    async def take_over(self, id: UUID) -> None:
        if before := self._tasks.pop(id, None):
            before.cancel()
            await asyncio.wait({before})

    async def run(self, id: UUID, work: Coroutine[Any, Any, Answer]) -> Answer:
        await self.take_over(id)
        task = self._tasks[id] = asyncio.create_task(work)
        try:
            await asyncio.wait({task})
        finally:
            if self._tasks.get(id) is task:
                del self._tasks[id]
            task.cancel()
        if task.cancelled():
            raise UploadBusyError(str(id))
        done: Answer = task.result()
        return done


@contextmanager
def locked(path: Path) -> Iterator[IO[bytes]]:
    """Also against other processes that see the same folder."""
    with path.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UploadBusyError from None
        yield file


async def append(path: Path, offset: int, body: Bytes, *, at_most: int) -> int:
    """Write from the offset on; what came before the line was lost stays."""
    with locked(path) as file:
        size = file.seek(0, 2)
        if size != offset:
            raise UploadMovedOnError(str(size))
        async for piece in gathered(body):
            if size + len(piece) > at_most:
                raise UploadMovedOnError(str(size))
            size += await asyncio.to_thread(file.write, piece)
            await asyncio.to_thread(file.flush)
    return size


async def gathered(body: Bytes) -> Bytes:
    """In larger pieces than they come; ends where the line is lost."""
    waiting = bytearray()
    while piece := await next_of(body):
        waiting += piece
        if len(waiting) >= AT_ONCE:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


async def next_of(body: Bytes) -> bytes:
    try:
        async with asyncio.timeout(PATIENCE):
            async for piece in body:
                if piece:
                    return piece
    except (ClientDisconnect, TimeoutError):
        return b""
    return b""
