"""Lists out of the read models, as a test puts them there."""

from __future__ import annotations

from functools import cached_property

from services.portal.read_models import ReadModels, Row


class Listed(ReadModels):
    """By the query that asks for them; with what they were asked for."""

    @cached_property
    def listings(self) -> dict[str, list[Row]]:
        return {}

    @cached_property
    def listings_asked(self) -> list[tuple[str, Row]]:
        return []

    async def listed(self, query: str, arguments: Row) -> list[Row]:
        self.listings_asked.append((query, arguments))
        return self.listings.get(query, [])
