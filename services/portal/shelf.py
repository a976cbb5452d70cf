"""Files that are being looked at lie here for some minutes, in a folder of our own."""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

import httpx

from services.portal.bus import ServiceUnavailableError

KEPT = 40  # files
KEPT_FOR = timedelta(minutes=10)
ONE_LOOK = timedelta(hours=1)
REMEMBERED = 10_000  # looks


class Shelf:
    """Whether somebody may have a file is asked of documents, never of the shelf."""

    def __init__(self, folder: Path, http: httpx.AsyncClient) -> None:
        self._folder = folder
        self._http = http
        self._looks: OrderedDict[tuple[str, UUID], datetime] = OrderedDict()

    def find(self, sha256: str) -> Path | None:
        path = self._path(sha256)
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    async def fetch(self, url: str, sha256: str, now: datetime) -> Path:
        """From the store to the shelf; another one who fetches it brings the same."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        await asyncio.to_thread(self.sweep, now)
        path = self._path(sha256)
        with NamedTemporaryFile(dir=self._folder, delete=False) as file:
            try:
                async with self._http.stream("GET", url) as answer:
                    if not answer.is_success:
                        raise ServiceUnavailableError("store")
                    async for piece in answer.aiter_raw():
                        await asyncio.to_thread(file.write, piece)
                file.flush()
                Path(file.name).rename(path)
            except httpx.HTTPError as error:
                raise ServiceUnavailableError("store") from error
            finally:
                Path(file.name).unlink(missing_ok=True)
        return path

    def is_known(self, subject: str, file_id: UUID, now: datetime) -> bool:
        """They looked into it before, and that was told."""
        last = self._looks.get((subject, file_id))
        return last is not None and now - last < ONE_LOOK

    def remember(self, subject: str, file_id: UUID, now: datetime) -> None:
        self._looks[subject, file_id] = now
        self._looks.move_to_end((subject, file_id))
        while len(self._looks) > REMEMBERED:
            self._looks.popitem(last=False)

    def _path(self, sha256: str) -> Path:
        return self._folder / UUID(sha256[:32]).hex

    def sweep(self, now: datetime) -> None:
        """The oldest go first, and whatever nobody looked at for some minutes."""
        files = sorted(self._folder.glob("*"), key=lambda each: -each.stat().st_mtime)
        since = (now - KEPT_FOR).timestamp()
        for number, each in enumerate(files):
            if number >= KEPT or each.stat().st_mtime < since:
                each.unlink(missing_ok=True)
