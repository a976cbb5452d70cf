"""What signing promises to tell the other services."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from shared.contracts.base import Message, Text3


class PaperRequested(Message):
    """A paper has its number and waits to be rendered and sealed."""

    type: Literal["paper.requested.v1"] = "paper.requested.v1"

    dossier_id: UUID
    paper_id: UUID


class PaperIssued(Message):
    """A paper is sealed, and stored under its hash in the bucket `papers`.

    `kind` is receipt, supplement, refusal, decision, branch, apology, stop or payment;
    `size` counts bytes.
    """

    type: Literal["paper.issued.v1"] = "paper.issued.v1"

    dossier_id: UUID
    paper_id: UUID
    kind: str
    title: Text3
    number: str
    unit: str
    sha256: str
    size: int
    issued_at: datetime


class PaperWithdrawn(Message):
    """A sealed paper counts no more; its number is never given again."""

    type: Literal["paper.withdrawn.v1"] = "paper.withdrawn.v1"

    dossier_id: UUID
    paper_id: UUID
    kind: str
    number: str
    reason: str
    withdrawn_at: datetime
