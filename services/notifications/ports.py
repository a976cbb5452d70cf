"""What notifications needs of the outside world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID


class HindranceError(Exception):
    """A notice did not go out; says why in one word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PutOffError(HindranceError):
    """It cannot be sent now, and certainly was not; later it may be."""


class RejectedError(HindranceError):
    """It will never be sent like this."""


class NoAnswerError(HindranceError):
    """It may have been sent: whoever took it did not say."""


@dataclass(frozen=True)
class Attachment:
    """A paper that goes with a letter: under which hash it is stored, and its name."""

    sha256: str
    name: str


@dataclass(frozen=True)
class Outgoing:
    """A notice as it leaves the house."""

    notice_id: UUID
    language: str
    address: str = field(repr=False)
    subject_line: str = field(repr=False)
    text: str = field(repr=False)
    attachment: Attachment | None
    written_at: datetime


class Carrier(Protocol):
    def send(self, outgoing: Outgoing) -> str:
        """Hand it to the provider; answers how the provider calls it."""


class PaperStore(Protocol):
    def get(self, sha256: str) -> bytes:
        """The paper stored under this hash, proven to be that one."""


class Notices(Protocol):
    """Which notices there are, as far as the log has been read."""

    def about(self, dossier_id: UUID) -> Sequence[UUID]:
        """The notices about a dossier, oldest first."""

    def due(self, at: datetime) -> Sequence[UUID]:
        """Those that were put off until then, or earlier."""

    def silent_since(self, at: datetime) -> Sequence[UUID]:
        """Those whose sending began before then and has no end."""


@dataclass(frozen=True)
class Receipt:
    """What a provider says became of what it took; no failure means delivered."""

    reference: str
    failure: str | None = None


class Receipts(Protocol):
    """Receipts that came, until their notices are known to have been sent."""

    def keep(self, receipt: Receipt) -> None:
        """Store it: its provider will not say it again."""

    def matched(self) -> Sequence[tuple[UUID, Receipt]]:
        """Those that belong to a notice we know, with its id."""

    def settle(self, receipt: Receipt) -> None:
        """Its notice has heard of it."""
