"""Which revision of a dossier the screens show, for those who may see it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from services.portal import pseudonyms
from services.portal.pools import Pool
from services.portal.read_models import VISIBLE, Parties

TOGETHER = 2000

Revision = tuple[UUID, int]

BY_CODE = "SELECT id, revision FROM dossiers WHERE tracking_code = %(code)s"
BY_ID = VISIBLE.replace("SELECT d.*", "SELECT d.id, d.revision") + " AND d.id = %(id)s"
OF_ALL = "SELECT id, revision FROM dossiers WHERE id = ANY(%(ids)s)"


class Revisions:
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def tracked(self, code: str) -> Revision | None:
        """Whoever has the code may watch."""
        found = await self._rows(BY_CODE, {"code": pseudonyms.written(code)})
        return found[0] if found else None

    async def of(self, dossier_id: UUID, parties: Parties) -> Revision | None:
        found = await self._rows(BY_ID, parties.arguments() | {"id": dossier_id})
        return found[0] if found else None

    async def of_all(self, dossier_ids: list[UUID]) -> AsyncIterator[Revision]:
        for start in range(0, len(dossier_ids), TOGETHER):
            ids = dossier_ids[start : start + TOGETHER]
            for revision in await self._rows(OF_ALL, {"ids": ids}):
                yield revision

    async def _rows(self, query: str, arguments: dict[str, Any]) -> list[Revision]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query.encode(), arguments)
            found: list[Revision] = await cursor.fetchall()
            return found
