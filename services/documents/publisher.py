"""Which facts of documents become promises to the other services."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from eventsourcing.persistence import Tracking

from services.documents.domain import File, FileState
from shared.contracts.base import Message, told
from shared.contracts.documents import FileChecked, FileReceived


@singledispatch
def translate(event: object, place: Tracking) -> Iterable[Message]:
    """Most events are nobody else's business."""
    return ()


@translate.register
def _(event: File.Received, place: Tracking) -> Iterable[Message]:
    yield FileReceived(**told(event, place), file_id=event.originator_id)


@translate.register
def _(event: File.Accepted, place: Tracking) -> Iterable[Message]:
    yield checked(event, place, FileState.ACCEPTED, None)


@translate.register
def _(event: File.Quarantined, place: Tracking) -> Iterable[Message]:
    yield checked(event, place, FileState.QUARANTINED, event.finding)


def checked(
    event: File.Accepted | File.Quarantined,
    place: Tracking,
    verdict: FileState,
    reason: str | None,
) -> FileChecked:
    return FileChecked(
        **told(event, place),
        file_id=event.originator_id,
        document=event.document,
        verdict=verdict.value,
        reason=reason,
        media_type=event.media_type,
        size=event.size,
        sha256=event.sha256,
    )
