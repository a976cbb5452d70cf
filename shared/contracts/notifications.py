"""What notifications promises to tell the other services."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from shared.contracts.base import Message


class NoticeAccepted(Message):
    """A notice is due: one event, one template version, one channel, one recipient.

    It concerns no dossier when it carries a code.
    """

    type: Literal["notice.accepted.v1"] = "notice.accepted.v1"

    notice_id: UUID
    channel: str
    template: str
    language: str


class NoticeProgressed(Message):
    """What became of a notice: sending, deferred, sent, delivered, failed, unknown."""

    type: Literal["notice.progressed.v1"] = "notice.progressed.v1"

    dossier_id: UUID
    notice_id: UUID
    channel: str
    template: str
    language: str
    state: str
    reason: str | None
