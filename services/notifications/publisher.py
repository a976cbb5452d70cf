"""Which facts of notifications become promises to the other services."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from eventsourcing.persistence import Tracking

from services.notifications.domain import Notice, NoticeState
from shared.contracts.base import Message, told
from shared.contracts.notifications import NoticeAccepted, NoticeProgressed


@singledispatch
def translate(event: object, place: Tracking) -> Iterable[Message]:
    """What we remember about recipients is nobody else's business."""
    return ()


@translate.register
def _(event: Notice.Accepted, place: Tracking) -> Iterable[Message]:
    yield accepted(event, place)


@translate.register
def _(event: Notice.Resent, place: Tracking) -> Iterable[Message]:
    """It is due again, as at first."""
    yield accepted(event, place)


@translate.register
def _(event: Notice.Sending, place: Tracking) -> Iterable[Message]:
    yield from progressed(event, place, NoticeState.SENDING)


@translate.register
def _(event: Notice.Deferred, place: Tracking) -> Iterable[Message]:
    yield from progressed(event, place, NoticeState.DEFERRED, event.reason)


@translate.register
def _(event: Notice.Sent, place: Tracking) -> Iterable[Message]:
    yield from progressed(event, place, NoticeState.SENT)


@translate.register
def _(event: Notice.Delivered, place: Tracking) -> Iterable[Message]:
    yield from progressed(event, place, NoticeState.DELIVERED)


@translate.register
def _(event: Notice.Failed, place: Tracking) -> Iterable[Message]:
    yield from progressed(event, place, NoticeState.FAILED, event.reason)


@translate.register
def _(event: Notice.Unknown, place: Tracking) -> Iterable[Message]:
    yield from progressed(event, place, NoticeState.UNKNOWN, "no-answer")


@translate.register
def _(event: Notice.Called, place: Tracking) -> Iterable[Message]:
    """Whoever was not reached is still to be called."""
    if event.is_reached:
        yield from progressed(event, place, NoticeState.CALLED)
    else:
        yield from progressed(event, place, NoticeState.FAILED, "not-reached")


def accepted(event: Notice.Event, place: Tracking) -> NoticeAccepted:
    return NoticeAccepted(
        **told(event, place),
        notice_id=event.originator_id,
        channel=event.channel,
        template=event.template,
        language=event.language,
    )


def progressed(
    event: Notice.Event, place: Tracking, state: NoticeState, reason: str | None = None
) -> Iterable[Message]:
    """Nobody else follows what became of a code: it concerns no dossier."""
    if event.dossier_id is None:
        return
    yield NoticeProgressed(
        **told(event, place),
        notice_id=event.originator_id,
        channel=event.channel,
        template=event.template,
        language=event.language,
        state=state.value,
        reason=reason,
    )
