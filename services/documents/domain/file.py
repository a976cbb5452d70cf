"""The file: what somebody brings, and what we found when we looked into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from eventsourcing.domain import AggregateCreated

from services.documents.domain.findings import Finding
from services.documents.errors import (
    FileHereError,
    FileNameError,
    FileNotReadyError,
    FileNotReceivedError,
    FileQuarantinedError,
    FileTooLargeError,
    MediaTypeError,
)
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Erased, Personal

MOST_BYTES = 200_000_000
LONGEST_NAME = 200
ONE_LOOK = timedelta(hours=8)  # who turns its pages does not look anew

MEDIA_TYPES = {  # what we take, with the endings its names may have
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}


class FileState(StrEnum):
    DECLARED = "declared"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"


@dataclass(frozen=True)
class Declaration:
    """What its bringer says of a file: for which document, its name, type and size."""

    document: str
    name: str
    media_type: str
    size: int | None = None

    @property
    def plain_name(self) -> str:
        """The name alone: no folders, nothing that cannot be printed."""
        last = self.name.replace("\\", "/").rpartition("/")[2]
        return "".join(filter(str.isprintable, last)).strip()


@dataclass(frozen=True)
class Found:
    """What a file turned out to be."""

    media_type: str
    size: int
    sha256: str


class File(Aggregate):
    """One file for one document of a dossier."""

    TOPIC = "documents.file"

    @classmethod
    def declare(
        cls, file_id: UUID, dossier_id: UUID, said: Declaration, *, by: Actor
    ) -> Self:
        """Say which file will come. Its name belongs to who brings it."""
        if not 0 < len(said.plain_name) <= LONGEST_NAME:
            raise FileNameError(str(file_id))
        if said.media_type not in MEDIA_TYPES:
            raise MediaTypeError(said.media_type)
        if (said.size or 0) > MOST_BYTES:
            raise FileTooLargeError(str(file_id))
        return cls(
            id=file_id,
            dossier_id=dossier_id,
            document=said.document,
            name=Personal(by.subject, said.plain_name),
            media_type=said.media_type,
            announced=said.size,
        )

    class Declared(Aggregate.Event, AggregateCreated):
        TOPIC = "documents.file.declared"

        document: str
        name: Personal | Erased
        media_type: str
        announced: int | None

    def __init__(
        self,
        *,
        id: UUID,
        dossier_id: UUID,
        document: str,
        name: Personal | Erased,
        media_type: str,
        announced: int | None,
    ) -> None:
        self.dossier_id = dossier_id
        self.document = document
        self.name = name
        self.media_type = media_type
        self.announced = announced
        self.state = FileState.DECLARED
        self.finding: str | None = None
        self.size: int | None = announced
        self.sha256: str | None = None
        self.looked_at: dict[str, datetime] = {}

    @property
    def brought_by(self) -> str:
        return self.name.subject

    def require_expected(self, by: Actor) -> None:
        """Only who declared a file brings it, and only once."""
        if by.subject != self.brought_by:
            raise NotAllowedError(str(self.id))
        if self.state != FileState.DECLARED:
            raise FileHereError(str(self.id))

    def receive(self, *, size: int, by: Actor) -> None:
        """All bytes are here; from now on it waits to be looked into."""
        self.require_expected(by)
        self.trigger_event(self.Received, size=size)

    class Received(Aggregate.Event):
        TOPIC = "documents.file.received"

        size: int

        def apply(self, aggregate: File) -> None:
            aggregate.state = FileState.RECEIVED
            aggregate.size = self.size

    def accept(self, found: Found) -> None:
        """It is what it claims to be, and harmless as far as we can see."""
        self._require_received()
        self.trigger_event(self.Accepted, document=self.document, **vars(found))

    class Accepted(Aggregate.Event):
        TOPIC = "documents.file.accepted"

        document: str
        media_type: str
        size: int
        sha256: str

        def apply(self, aggregate: File) -> None:
            aggregate.state = FileState.ACCEPTED
            aggregate.media_type = self.media_type
            aggregate.size = self.size
            aggregate.sha256 = self.sha256

    def quarantine(self, finding: Finding, found: Found) -> None:
        """Keep it away from everybody, and say why."""
        self._require_received()
        self.trigger_event(
            self.Quarantined,
            document=self.document,
            finding=finding.value,
            **vars(found),
        )

    class Quarantined(Aggregate.Event):
        TOPIC = "documents.file.quarantined"

        document: str
        finding: str
        media_type: str
        size: int
        sha256: str

        def apply(self, aggregate: File) -> None:
            aggregate.state = FileState.QUARANTINED
            aggregate.finding = self.finding
            aggregate.media_type = self.media_type
            aggregate.size = self.size
            aggregate.sha256 = self.sha256

    def require_accepted(self) -> None:
        """Nobody fetches what was not looked into, or was found harmful."""
        if self.state == FileState.QUARANTINED:
            raise FileQuarantinedError(str(self.id))
        if self.state != FileState.ACCEPTED:
            raise FileNotReadyError(str(self.id))

    def note_look(self, *, by: Actor, now: datetime) -> None:
        """Somebody else than who brought it looks into the file."""
        self.require_accepted()
        last = self.looked_at.get(by.subject)
        if by.subject != self.brought_by and (last is None or now - last > ONE_LOOK):
            self.trigger_event(self.LookedAt, looked_by=by.subject, looked_at=now)

    class LookedAt(Aggregate.Event):
        TOPIC = "documents.file.looked-at"

        looked_by: str
        looked_at: datetime

        def apply(self, aggregate: File) -> None:
            aggregate.looked_at[self.looked_by] = self.looked_at

    def _require_received(self) -> None:
        if self.state != FileState.RECEIVED:
            raise FileNotReceivedError(str(self.id))

    @property
    def file_name(self) -> str:
        """The name under which it is fetched: its ending tells what it really is."""
        name = self.name.value if isinstance(self.name, Personal) else self.document
        endings = MEDIA_TYPES[self.media_type]
        return name if name.lower().endswith(endings) else name + endings[0]
