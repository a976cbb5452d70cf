"""The queues, over the bus."""

from __future__ import annotations

from typing import Any

from services.workflow.entrypoints.words import Limit
from services.workflow.ports import Wanted
from services.workflow.queues import Queues
from shared import actor
from shared.messaging.rpc import question


class QueueEntrypoints:
    app: Queues

    @question
    def queue(  # noqa: PLR0913 - the filters of one list
        self,
        role: str | None = None,
        mine: bool = False,
        unassigned: bool = False,
        status: int | None = None,
        limit: Limit = 50,
        after: str | None = None,
        seen: int | None = None,
    ) -> dict[str, Any]:
        wanted = Wanted(role, mine, unassigned, status, limit, after, seen)
        return self.app.queue(wanted, by=actor.current())
