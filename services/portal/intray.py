"""Files on their way in: what has come of them waits here, for its owner alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from services.portal.bus import ServiceUnavailableError
from services.portal.sessions import Box
from services.portal.upload_errors import TooManyUploadsError, UploadMissingError

KEPT_FOR = timedelta(hours=24)  # since the last byte
MOST = 20  # unfinished ones of one person
RESERVE = 500_000_000  # bytes of the disk that uploads never take
PURPOSE = b"upload "


@dataclass(frozen=True)
class Upload:
    """What is said of a file before it comes."""

    dossier_id: UUID
    document: str
    name: str
    media_type: str
    size: int | None = None


@dataclass(frozen=True)
class Arriving:
    """A file of which some bytes are here; a finished one is remembered for a day."""

    id: UUID
    upload: Upload
    path: Path
    begun_at: datetime
    is_done: bool = False

    @property
    def length(self) -> int:
        return self.upload.size or 0

    @property
    def offset(self) -> int:
        """How many bytes are here."""
        return self.length if self.is_done else self.path.stat().st_size


class Intray:
    """One folder for each owner, named so that nobody reads from it whose it is."""

    def __init__(self, folder: Path, box: Box) -> None:
        self._folder = folder
        self._box = box

    def begin(self, owner: str, id: UUID, upload: Upload, now: datetime) -> Arriving:
        """Begun again under its id, it is what it was."""
        folder = self._of(owner)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / f"{id}.about").exists():
            return self.find(owner, id)
        if len([each for each in self.all(owner) if not each.is_done]) >= MOST:
            raise TooManyUploadsError
        if shutil.disk_usage(folder).free < (upload.size or 0) + RESERVE:
            raise ServiceUnavailableError("disk")
        arriving = Arriving(id, upload, folder / f"{id}.part", now)
        arriving.path.touch(mode=0o600)
        self._write(owner, arriving)
        return arriving

    def find(self, owner: str, id: UUID) -> Arriving:
        """Refused when there is none, or it is somebody else's."""
        try:
            sealed = (self._of(owner) / f"{id}.about").read_bytes()
        except FileNotFoundError:
            raise UploadMissingError(str(id)) from None
        about = self._box.open(sealed, PURPOSE + str(id).encode())
        if about is None:
            raise UploadMissingError(str(id))
        return self._arriving(owner, id, about)

    def all(self, owner: str) -> list[Arriving]:
        return sorted(self._each(owner), key=lambda each: each.begun_at)

    def unfinished(self, owner: str, dossier_id: UUID) -> list[Arriving]:
        return [
            each
            for each in self.all(owner)
            if each.upload.dossier_id == dossier_id and not each.is_done
        ]

    def settle(self, owner: str, arriving: Arriving) -> None:
        """It was handed in: its bytes go; who asks again is told that it is done."""
        self._write(owner, replace(arriving, is_done=True))
        arriving.path.unlink(missing_ok=True)

    def drop(self, owner: str, id: UUID) -> None:
        for each in (f"{id}.about", f"{id}.part"):
            (self._of(owner) / each).unlink(missing_ok=True)

    def begun(self, owner: str, until: datetime) -> list[Arriving]:
        """What somebody was bringing at that time, or had brought."""
        return [each for each in self.all(owner) if each.begun_at <= until]

    def sweep(self, now: datetime) -> int:
        """What nobody went on with for a day is thrown away."""
        since, swept = (now - KEPT_FOR).timestamp(), 0
        for about in self._folder.glob("*/*.about"):
            part = about.with_suffix(".part")
            if max(touched(about), touched(part)) < since:
                part.unlink(missing_ok=True)
                about.unlink(missing_ok=True)
                swept += 1
        return swept

    def _each(self, owner: str) -> Iterator[Arriving]:
        for about in self._of(owner).glob("*.about"):
            try:
                yield self.find(owner, UUID(about.stem))
            except (UploadMissingError, ValueError):
                continue  # swept a moment ago

    def _of(self, owner: str) -> Path:
        return self._folder / sha256(b"uploads of " + owner.encode()).hexdigest()[:32]

    def _write(self, owner: str, arriving: Arriving) -> None:
        upload = arriving.upload
        about = {
            "dossier_id": str(upload.dossier_id),
            "document": upload.document,
            "name": upload.name,
            "media_type": upload.media_type,
            "size": upload.size,
            "begun_at": arriving.begun_at.isoformat(),
            "is_done": arriving.is_done,
        }
        sealed = self._box.seal(about, PURPOSE + str(arriving.id).encode())
        path = self._of(owner) / f"{arriving.id}.about"
        fresh = path.with_suffix(".new")
        fresh.write_bytes(sealed)
        fresh.chmod(0o600)
        fresh.rename(path)

    def _arriving(self, owner: str, id: UUID, about: dict[str, Any]) -> Arriving:
        upload = Upload(
            UUID(about["dossier_id"]),
            about["document"],
            about["name"],
            about["media_type"],
            about["size"],
        )
        begun = datetime.fromisoformat(about["begun_at"])
        path = self._of(owner) / f"{id}.part"
        if not (about["is_done"] or path.exists()):
            raise UploadMissingError(str(id))
        return Arriving(id, upload, path, begun, about["is_done"])


def touched(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
