"""The queues, over the bus."""

from __future__ import annotations

from typing import Any, Unpack
from uuid import UUID

from services.workflow.entrypoints.words import FilterWords, Limit, Name
from services.workflow.ports import Filters, Wanted
from services.workflow.queues import Queues
from shared import actor
from shared.messaging.rpc import command, question


class QueueEntrypoints:
    app: Queues

    @question
    def queue(
        self,
        limit: Limit = 50,
        after: str | None = None,
        seen: int | None = None,
        **filters: Unpack[FilterWords],
    ) -> dict[str, Any]:
        wanted = Wanted(Filters(**filters), limit, after, seen)
        return self.app.queue(wanted, by=actor.current())

    @question
    def neighbours(
        self, case_id: UUID, step: Name, **filters: Unpack[FilterWords]
    ) -> dict[str, Any]:
        wanted = Filters(**filters)
        return self.app.neighbours(case_id, step, wanted, by=actor.current())

    @question
    def alerts(self) -> list[dict[str, Any]]:
        return self.app.alerts(by=actor.current())

    @question
    def views(self) -> list[dict[str, Any]]:
        return self.app.views(by=actor.current())

    @command
    def save_view(self, name: Name, filters: FilterWords) -> int:
        return self.app.save_view(name, dict(filters), by=actor.current())

    @command
    def delete_view(self, name: Name) -> int:
        return self.app.delete_view(name, by=actor.current())
