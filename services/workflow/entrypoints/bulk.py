"""Many steps at once, over the bus."""

from __future__ import annotations

from typing import Any

from services.workflow.bulk import Bulk, BulkAction, Item
from services.workflow.entrypoints.words import BulkArguments, Name
from shared import actor
from shared.messaging.rpc import batch


class BulkEntrypoints:
    app: Bulk

    @batch
    def bulk(
        self, action: BulkAction, items: list[Item], arguments: BulkArguments
    ) -> list[dict[str, Any]]:
        return self.app.bulk(action, items, arguments, by=actor.current())

    @batch
    def distribute(
        self, items: list[Item], officers: list[Name]
    ) -> list[dict[str, Any]]:
        return self.app.distribute(items, officers, by=actor.current())
