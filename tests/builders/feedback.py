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

    async def ratings(self, since: datetime, until: datetime) -> list[Row]:
        return self.rated
