"""A queue that a test fills by hand, and that remembers what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from services.workflow.ports import Counts, Listing, Place, Row, Watch
from shared.clock import LOCAL

RECEIVED = datetime(2026, 11, 16, 9, 0, tzinfo=LOCAL)
DUE = datetime(2026, 11, 19, 17, 0, tzinfo=LOCAL)


def a_waiting_step(number: int, **more: Any) -> Row:
    return {
        "case_id": UUID(int=number),
        "dossier_id": UUID(int=number),
        "step": "review",
        "unit": "ubnd_xa",
        "assignee": "",
        "opened_at": RECEIVED,
        "deadline_at": None,
        "due_at": DUE,
        "lane": 1,
        "alerts": {},
        **more,
    }


class MemoryQueue:
    def __init__(self, *rows: Row) -> None:
        self.rows = list(rows)
        self.busy: dict[str, int] = {}
        self.asked: list[Listing] = []
        self.watched: list[Watch] = []
        self.waited: list[int | None] = []
        self.is_late = False

    def page(
        self, listing: Listing, after: Place | None, limit: int, *, back: bool = False
    ) -> list[Row]:
        self.asked.append(listing)
        ordered = sorted(self.rows, key=place, reverse=back)
        beyond = [
            row
            for row in ordered
            if after is None or (place(row) < after if back else place(row) > after)
        ]
        return beyond[:limit]

    def counts(self, listing: Listing) -> Counts:
        return Counts(len(self.rows), 0, len(self.rows), len(self.rows))

    def place_of(self, case_id: UUID, step: str) -> Place | None:
        known = [place(row) for row in self.rows if row["case_id"] == case_id]
        return known[0] if known else None

    def loads(self, unit: str, officers: Sequence[str]) -> dict[str, int]:
        return {each: self.busy[each] for each in officers if each in self.busy}

    def alerts(self, watch: Watch, limit: int) -> list[Row]:
        self.watched.append(watch)
        return self.rows

    def wait(self, name: str, position: int | None, timeout: float) -> None:
        self.waited.append(position)
        if self.is_late:
            raise TimeoutError


def place(row: Row) -> Place:
    return row["lane"], row["due_at"], row["case_id"], row["step"]
