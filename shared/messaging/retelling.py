"""A part of a log told again, to a service that missed it."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from eventsourcing.persistence import Tracking

from shared import bootstrap
from shared.contracts.base import Message
from shared.errors import NotAllowedError
from shared.messaging import topology
from shared.messaging.relay import recorded

MOST = 500  # events in one answer

sender: ContextVar[str] = ContextVar("sender", default="")  # the broker vouches for it


def retold(app: Any, inbox: str, after: int, until: int) -> dict[str, Any]:
    """What a log told an inbox between two positions; how far this answer and it go.

    Messages are sealed as on their first way; only the inbox's own service may ask.
    """
    if sender.get() != inbox.partition("-")[0]:
        raise NotAllowedError(inbox)
    events = []
    if until > after:
        events = app.recorder.select_notifications(after + 1, MOST, until)
    wanted = topology.SUBSCRIPTIONS[inbox]
    return {
        "until": events[-1].id if len(events) == MOST else max(after, until),
        "end": app.recorder.max_notification_id() or 0,
        "messages": [
            message.model_dump(mode="json", context={"keys": app.keys})
            for stored in events
            for message in _messages(app, stored)
            if message.type in wanted
        ],
    }


def _messages(app: Any, stored: Any) -> Iterator[Message]:
    event: Any = app.mapper.to_domain_event(stored)
    place = Tracking(app.name, stored.id)
    yield recorded(stored, event, place)
    yield from bootstrap.part(app.name, "publisher", "translate")(event, place)
