"""The queues: what waits for whom."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from services.workflow.casework import Casework
from services.workflow.ports import Row, Wanted, cursor
from shared.actor import Actor
from shared.errors import NotAllowedError

PATIENCE = 2.0  # seconds a reader waits for the queue to show his own action


class Queues(Casework):
    """Read from a view that follows the log."""

    def queue(self, wanted: Wanted, *, by: Actor) -> dict[str, Any]:
        """The open steps of the asker's unit, page by page, the most urgent first."""
        if by.kind != "staff" or by.agency is None:
            raise NotAllowedError(by.subject)
        if wanted.seen is not None:
            with suppress(TimeoutError):  # then we answer what there is
                self._queue.wait(self.name, wanted.seen, PATIENCE)
        rows = self._queue.page(wanted, by=by)
        page, more = rows[: wanted.limit], rows[wanted.limit :]
        return {
            "items": [plain(row) for row in page],
            "next": cursor(page[-1]) if more else None,
            "counts": self._queue.counts(wanted.role, by=by),
        }


def plain(row: Row) -> Row:
    """A row as it crosses the bus."""
    return {
        **row,
        "case_id": str(row["case_id"]),
        "dossier_id": str(row["dossier_id"]),
        "opened_at": row["opened_at"].isoformat(),
        "due_at": row["due_at"].isoformat(),
        "assignee": row["assignee"] or None,
    }
