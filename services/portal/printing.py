"""Prints sheets beside the event loop: one process, begun when somebody prints."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from services.portal.bus import ServiceUnavailableError
from shared.printing.worker import printed, settle

PATIENCE = 60.0  # seconds: a thousand lines of a register take twenty


class Press:
    """Sheets are made one after the other; a press that broke is set up anew."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    async def print(self, html: str) -> bytes:
        loop = asyncio.get_running_loop()
        try:
            work = loop.run_in_executor(self._opened(), printed, html)
            return await asyncio.wait_for(work, PATIENCE)
        except (BrokenProcessPool, TimeoutError) as error:
            self.close()
            raise ServiceUnavailableError("press") from error

    def close(self) -> None:
        pool, self._pool = self._pool, None
        if pool:
            pool.shutdown(wait=False, cancel_futures=True)

    def _opened(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                max_workers=1, mp_context=get_context("spawn"), initializer=settle
            )
        return self._pool
