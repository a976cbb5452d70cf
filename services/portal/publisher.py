"""The portal's facts are for audit alone: its accounts are nobody else's business."""

from __future__ import annotations

from collections.abc import Iterable

from eventsourcing.persistence import Tracking

from shared.contracts.base import Message


def translate(event: object, place: Tracking) -> Iterable[Message]:
    """No event of the portal becomes a message; audit hears of each by itself."""
    return ()
