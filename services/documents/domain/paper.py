"""The paper: what the authority issued, to be fetched like a file."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.domain import AggregateCreated

from shared.eventsourcing import Aggregate


class Paper(Aggregate):
    """A sealed paper of a dossier, kept under its hash."""

    TOPIC = "documents.paper"

    media_type = "application/pdf"

    class Kept(Aggregate.Event, AggregateCreated):
        TOPIC = "documents.paper.kept"

        kind: str
        number: str
        sha256: str
        size: int

    def __init__(
        self,
        *,
        id: UUID,
        dossier_id: UUID,
        kind: str,
        number: str,
        sha256: str,
        size: int,
    ) -> None:
        self.dossier_id = dossier_id
        self.kind = kind
        self.number = number
        self.sha256 = sha256
        self.size = size

    @property
    def file_name(self) -> str:
        return f"{self.kind}-{self.number.replace('/', '-')}.pdf"
