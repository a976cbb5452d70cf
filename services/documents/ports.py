"""What documents needs of the outside world."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID

from services.documents.domain import Finding

INCOMING, FILES, QUARANTINE, PAPERS = "incoming", "files", "quarantine", "papers"


class ObjectMissingError(Exception):
    """The store holds no such object."""


@dataclass(frozen=True)
class Content:
    """The bytes of a file, in a temporary file of our own."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True)
class Attachment:
    """How a fetched object presents itself."""

    name: str
    media_type: str


class ObjectStore(Protocol):
    """Where bytes are kept. A grant lets its holder fetch or bring one object."""

    def upload_grant(self, key: str, lifetime: timedelta) -> str:
        """The address at which somebody may put this object of `incoming`."""

    def download_grant(
        self, bucket: str, key: str, attachment: Attachment, lifetime: timedelta
    ) -> str:
        """The address at which somebody may fetch an object, as an attachment."""

    def size(self, bucket: str, key: str) -> int:
        """In bytes. Raises ObjectMissingError."""

    def digest(self, bucket: str, key: str) -> str:
        """SHA-256 of what is stored now. Raises ObjectMissingError."""

    def fetched(
        self, bucket: str, key: str, *, at_most: int
    ) -> AbstractContextManager[Content]:
        """A copy for a while; of too large an object only its size is told."""

    def keep(self, bucket: str, key: str, content: Content) -> None:
        """Store these bytes. Storing them twice changes nothing."""

    def remove(self, bucket: str, key: str) -> None:
        """Whether it was there or not."""


class Scanner(Protocol):
    def scan(self, path: Path) -> Finding | None:
        """What a virus scanner says. Raises when it cannot be asked now."""


class Inspector(Protocol):
    def media_type(self, path: Path) -> str:
        """What a file is by its content."""

    def inspect(self, path: Path, media_type: str) -> Finding | None:
        """What is wrong inside a file of this type."""


class DossierFiles(Protocol):
    def of(self, dossier_id: UUID) -> list[UUID]:
        """The files that were declared for a dossier, oldest first."""
