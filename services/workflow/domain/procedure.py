"""The procedure: workflow's own copy of each version that was ever in force."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from shared.eventsourcing import Aggregate


class Procedure(Aggregate):
    """One version of a procedure, as it was published. It never changes."""

    TOPIC = "workflow.procedure"

    class Learned(Aggregate.Event, AggregateCreated):
        TOPIC = "workflow.procedure.learned"

        slug: str
        version: int
        definition: dict[str, Any]

    def __init__(self, *, slug: str, version: int, definition: dict[str, Any]) -> None:
        self.slug = slug
        self.number = version
        self.definition = definition

    @staticmethod
    def create_id(slug: str, version: int) -> UUID:
        """However often a version is heard of, it is the same."""
        return uuid5(NAMESPACE_URL, f"workflow/procedure/{slug}/{version}")
