"""What workflow needs around it: the queue of open steps, ready to be read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from services.workflow.errors import CursorInvalidError
from shared.actor import Actor

Place = tuple[datetime, UUID, str]  # in the order of a queue: due at, case, step
Row = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """Which open steps of one's unit: some of them only, a page, and how fresh."""

    role: str | None = None
    mine: bool = False
    unassigned: bool = False
    status: int | None = None
    limit: int = 50
    after: str | None = None
    seen: int | None = None

    @property
    def place(self) -> Place | None:
        """Where the page before ended."""
        if self.after is None:
            return None
        try:
            due_at, case_id, step = self.after.split("~")
            return datetime.fromisoformat(due_at), UUID(case_id), step
        except ValueError:
            raise CursorInvalidError(self.after) from None


def cursor(row: Row) -> str:
    """Where a page ends that ends with this row."""
    return f"{row['due_at'].isoformat()}~{row['case_id']}~{row['step']}"


class QueueView(Protocol):
    """The open steps of all units, each queue sorted by the date its cases are due."""

    def page(self, wanted: Wanted, *, by: Actor) -> list[Row]:
        """The open steps that are wanted, and one more where a page follows."""

    def counts(self, role: str | None, *, by: Actor) -> dict[str, int]:
        """How many are open, mine and unassigned; known without counting rows."""

    def wait(
        self, application_name: str, notification_id: int | None, timeout: float
    ) -> None:
        """Return when this position of the log is shown, or raise TimeoutError."""
