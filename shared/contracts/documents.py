"""What documents promises to tell the other services."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.contracts.base import Message


class FileReceived(Message):
    """All bytes of a file have arrived; nobody has looked into it yet."""

    type: Literal["file.received.v1"] = "file.received.v1"

    dossier_id: UUID
    file_id: UUID


class FileChecked(Message):
    """A file was looked into: accepted as what it is, or kept in quarantine.

    `verdict` is accepted or quarantined; `reason` is the code of what was found.
    """

    type: Literal["file.checked.v1"] = "file.checked.v1"

    dossier_id: UUID
    file_id: UUID
    document: str
    verdict: str
    reason: str | None
    media_type: str
    size: int
    sha256: str
