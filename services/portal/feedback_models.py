"""What the screens read of ratings and complaints."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any
from uuid import UUID

Row = dict[str, Any]

COMPLAINTS = """
    SELECT c.*, d.code, d.tracking_code, d.procedure_name FROM complaints c
    JOIN dossiers d ON d.id = c.dossier_id
    WHERE c.lodged_at IS NOT NULL
    AND (c.answered_at IS NOT NULL) = %(answered)s
    AND (%(units)s::text[] IS NULL OR c.unit = ANY(%(units)s))
    AND (%(at)s::timestamptz IS NULL OR (c.answer_by, c.id) > (%(at)s, %(id)s::uuid))
    ORDER BY c.answer_by, c.id LIMIT %(limit)s
"""
RATINGS = """
    SELECT procedure, unit, count(*) AS count, round(avg(score), 1) AS average,
        round(100.0 * count(*) FILTER (WHERE score >= 4) / count(*), 1) AS satisfied
    FROM ratings WHERE rated_at >= %(since)s AND rated_at < %(until)s
    GROUP BY procedure, unit ORDER BY procedure, unit
"""


class FeedbackModels:
    async def _rows(self, query: str, arguments: Row) -> list[Row]:
        raise NotImplementedError

    async def complaints(
        self,
        units: list[str] | None,
        *,
        answered: bool,
        after: str | None = None,
        limit: int = 50,
    ) -> tuple[list[Row], str | None]:
        at, id = begins(after)
        arguments = {"units": units, "answered": answered, "at": at, "id": id}
        rows = await self._rows(COMPLAINTS, arguments | {"limit": limit + 1})
        page = rows[:limit]
        return page, place_of(page[-1]) if len(rows) > limit else None

    async def ratings(self, since: datetime, until: datetime) -> list[Row]:
        return await self._rows(RATINGS, {"since": since, "until": until})


def place_of(row: Row) -> str:
    place = f"{row['answer_by'].isoformat()}|{row['id']}"
    return urlsafe_b64encode(place.encode()).rstrip(b"=").decode()


def begins(after: str | None) -> tuple[datetime | None, UUID | None]:
    """Where a page begins; at the start when the address was spoilt."""
    try:
        whole = urlsafe_b64decode((after or "") + "=" * (-len(after or "") % 4))
        at, _, id = whole.decode().partition("|")
        return datetime.fromisoformat(at), UUID(id)
    except ValueError:
        return None, None
