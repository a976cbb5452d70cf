"""Photos of one document until they become a PDF, kept for their owner alone."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from services.portal.sessions import Box
from services.portal.upload_errors import PhotoMissingError, TooManyPhotosError

KEPT_FOR = timedelta(hours=24)
MOST = 30  # photos of one document
PURPOSE = b"photos "
LIST = "photos"


@dataclass(frozen=True)
class Photo:
    """One photo, and how its owner turned it."""

    id: str
    turn: int
    path: Path


class Album:
    """The photos of one document of one dossier, in the order of its pages."""

    def __init__(self, folder: Path, box: Box) -> None:
        self._folder = folder
        self._box = box

    @property
    def photos(self) -> list[Photo]:
        try:
            sealed = (self._folder / LIST).read_bytes()
        except FileNotFoundError:
            return []
        listed = (self._box.open(sealed, self._purpose) or {}).get("photos", [])
        return [Photo(id, turn, self._folder / f"{id}.jpg") for id, turn in listed]

    def find(self, id: str) -> Photo:
        for photo in self.photos:
            if photo.id == id:
                return photo
        raise PhotoMissingError(id)

    def place(self) -> Path:
        """Where the next photo is to be put, before it is added."""
        if len(self.photos) >= MOST:
            raise TooManyPhotosError
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder / f"{uuid4().hex}.jpg"

    def add(self, path: Path) -> None:
        self._write([*self.photos, Photo(path.stem, 0, path)])

    def turn(self, id: str) -> None:
        chosen = self.find(id)
        turned = Photo(id, (chosen.turn + 90) % 360, chosen.path)
        self._write([turned if each.id == id else each for each in self.photos])

    def earlier(self, id: str) -> None:
        """One place towards the first page."""
        photos = self.photos
        at = photos.index(self.find(id))
        if at:
            photos[at - 1], photos[at] = photos[at], photos[at - 1]
        self._write(photos)

    def remove(self, id: str) -> None:
        chosen = self.find(id)
        self._write([each for each in self.photos if each.id != id])
        chosen.path.unlink(missing_ok=True)

    def clear(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def _purpose(self) -> bytes:
        return PURPOSE + self._folder.name.encode()

    def _write(self, photos: list[Photo]) -> None:
        content = {"photos": [[each.id, each.turn] for each in photos]}
        fresh = self._folder / f"{LIST}.new"
        fresh.write_bytes(self._box.seal(content, self._purpose))
        fresh.rename(self._folder / LIST)


class Albums:
    def __init__(self, folder: Path, box: Box) -> None:
        self._folder = folder
        self._box = box

    def of(self, owner: str, dossier_id: UUID, document: str) -> Album:
        name = mark(f"photos of {owner} {dossier_id} {document}")
        return Album(self._of(owner) / name, self._box)

    def forget(self, owner: str, until: datetime) -> None:
        """Whatever somebody had photographed by then."""
        for folder in self._of(owner).glob("*"):
            taken = [each.stat().st_mtime for each in folder.glob("*.jpg")]
            if taken and min(taken) <= until.timestamp():
                shutil.rmtree(folder, ignore_errors=True)

    def sweep(self, now: datetime) -> None:
        """What nobody touched for a day is thrown away."""
        since = (now - KEPT_FOR).timestamp()
        for folder in self._folder.glob("*/*"):
            if folder.stat().st_mtime < since:
                shutil.rmtree(folder, ignore_errors=True)

    def _of(self, owner: str) -> Path:
        return self._folder / mark(f"photos of {owner}")


def mark(name: str) -> str:
    """A name of a folder from which nobody reads whose it is."""
    return sha256(name.encode()).hexdigest()[:32]
