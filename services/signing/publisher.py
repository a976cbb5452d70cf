"""Which facts of signing become promises to the other services."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from eventsourcing.persistence import Tracking

from services.signing.domain import Paper
from shared.contracts.base import Message, told
from shared.contracts.signing import PaperIssued, PaperRequested, PaperWithdrawn


@singledispatch
def translate(event: object, place: Tracking) -> Iterable[Message]:
    """Most events are nobody else's business."""
    return ()


@translate.register
def _(event: Paper.Requested, place: Tracking) -> Iterable[Message]:
    yield PaperRequested(**told(event, place), paper_id=event.originator_id)


@translate.register
def _(event: Paper.Issued, place: Tracking) -> Iterable[Message]:
    yield PaperIssued(
        **told(event, place),
        paper_id=event.originator_id,
        kind=event.kind,
        title=event.title,
        number=event.number,
        unit=event.unit,
        sha256=event.sha256,
        size=event.size,
        issued_at=event.issued_at,
    )


@translate.register
def _(event: Paper.Withdrawn, place: Tracking) -> Iterable[Message]:
    """Why is told by its legal basis; what was written about people stays here."""
    yield PaperWithdrawn(
        **told(event, place),
        paper_id=event.originator_id,
        kind=event.kind,
        number=event.number,
        reason=event.legal_basis,
        withdrawn_at=event.withdrawn_at,
    )
