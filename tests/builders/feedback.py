"""Complaints and ratings as a test puts them there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

Row = dict[str, Any]


class MemoryFeedback:
    complained: list[Row]
    rated: list[Row]
    asked: list[Any]

    async def complaints(
        self,
        units: list[str] | None,
        *,
        answered: bool,
        after: str | None = None,
        limit: int = 50,
    ) -> tuple[list[Row], str | None]:
        self.asked.append(units)
        return self.complained, None

    async def money(self, wanted: Row) -> Row:
        return {"received": 90000, "refunded": 15000, "payments": 3, "refunds": 1}

    async def opinions(self, wanted: Row) -> Row:
        return {"count": len(self.rated), "average": 4.5, "satisfied": 90}

    async def complaints_open(self, wanted: Row) -> Row:
        return {"open": len(self.complained), "overdue": 0}

    async def ratings(self, since: datetime, until: datetime) -> list[Row]:
        return self.rated
