"""Forgetting somebody: only that it was done is kept, under their pseudonym."""

from __future__ import annotations

from uuid import UUID

from eventsourcing.domain import AggregateCreated

from shared.eventsourcing import Aggregate


class Erasure(Aggregate):
    """The key of one person was destroyed; what it sealed can never be read again."""

    TOPIC = "intake.erasure"

    class Done(Aggregate.Event, AggregateCreated):
        TOPIC = "intake.erasure.done"

        subject: str

    def __init__(self, *, id: UUID, subject: str) -> None:
        self.subject = subject
