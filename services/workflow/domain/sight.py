"""The sight: which version of a case an officer had before them last."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from shared.eventsourcing import Aggregate


class Sight(Aggregate):
    """What one officer has seen of one case, so that they are told what is new."""

    TOPIC = "workflow.sight"

    class Begun(Aggregate.Event, AggregateCreated):
        TOPIC = "workflow.sight.begun"

        officer: str
        case_id: UUID

    def __init__(self, *, officer: str, case_id: UUID) -> None:
        self.officer = officer
        self.case_id = case_id
        self.seen: int | None = None
        self.seen_at: datetime | None = None
        self.before: int | None = None
        self.before_at: datetime | None = None

    @staticmethod
    def create_id(officer: str, case_id: UUID) -> UUID:
        return uuid5(NAMESPACE_URL, f"workflow/sight/{officer}/{case_id}")

    def take(self, version: int, *, now: datetime) -> None:
        """Remember what is looked at; looking again at the same remembers nothing."""
        if self.seen is None or version > self.seen:
            self.trigger_event(self.Taken, case_version=version, taken_at=now)

    class Taken(Aggregate.Event):
        TOPIC = "workflow.sight.taken"

        case_version: int
        taken_at: datetime

        def apply(self, aggregate: Sight) -> None:
            aggregate.before, aggregate.before_at = aggregate.seen, aggregate.seen_at
            aggregate.seen, aggregate.seen_at = self.case_version, self.taken_at

    def known_at(self, version: int) -> tuple[int | None, datetime | None]:
        """What was seen before what stands there now, and when that was."""
        if version == self.seen:
            return self.before, self.before_at
        return self.seen, self.seen_at
