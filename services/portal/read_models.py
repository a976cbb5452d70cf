"""What the screens read: rows that follow the services' logs, a moment behind."""

from __future__ import annotations

import asyncio
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from time import monotonic
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from services.portal import pseudonyms, words
from services.portal.feedback_models import FeedbackModels
from services.portal.oversight_models import OversightModels
from services.portal.pools import Pool

Row = dict[str, Any]

HEARD = """
    SELECT FROM portal_tracking WHERE application_name = %s AND notification_id = %s
"""
IN_FORCE = """
    SELECT DISTINCT ON (slug) slug, version, definition FROM procedures
    WHERE valid_from <= %(today)s AND (valid_to IS NULL OR valid_to >= %(today)s)
    AND (%(slug)s::text IS NULL OR slug = %(slug)s) AND words LIKE ALL (%(like)s)
    ORDER BY slug, version DESC
"""
VERSIONS = """
    SELECT * FROM procedures WHERE %(slug)s::text IS NULL OR slug = %(slug)s
    ORDER BY slug, version DESC
"""
VISIBLE = """
    SELECT d.* FROM dossiers d
    WHERE (%(everything)s AND (d.status > 0 OR d.channel <> 'online') OR EXISTS (
        SELECT FROM portal_access a
        WHERE a.dossier_id = d.id AND a.party = ANY(%(parties)s) AND a.is_granted
    ))
"""
PAGE = (
    VISIBLE
    + """
    AND (%(status)s::int IS NULL OR d.status = %(status)s)
    AND d.words LIKE ALL (%(like)s)
    AND (%(at)s::timestamptz IS NULL OR (d.opened_at, d.id) < (%(at)s, %(id)s::uuid))
    ORDER BY d.opened_at DESC, d.id DESC LIMIT %(limit)s
"""
)

HELPED = """
    SELECT d.applicant FROM dossiers d
    JOIN portal_access a
        ON a.dossier_id = d.id AND a.party = %(helper)s AND a.is_granted
    WHERE d.id = %(id)s AND d.applicant <> %(helper)s
"""
NEWS = (
    VISIBLE
    + """
    AND d.has_news_for_staff
    AND (%(at)s::timestamptz IS NULL OR (d.opened_at, d.id) > (%(at)s, %(id)s::uuid))
    ORDER BY d.opened_at, d.id LIMIT %(limit)s
"""
)

MILESTONES = """
    SELECT d.id, d.status, d.due_at, way.transferred_at, way.result_at, way.returned_at,
        way.agency
    FROM dossiers d, LATERAL (
        SELECT
            min(occurred_at) FILTER (
                WHERE type = 'step.opened.v1' AND unit IS DISTINCT FROM d.unit
            ) AS transferred_at,
            (array_agg(unit ORDER BY occurred_at) FILTER (
                WHERE type = 'step.opened.v1' AND unit IS DISTINCT FROM d.unit
            ))[1] AS agency,
            max(occurred_at) FILTER (WHERE type = 'result.released.v1') AS result_at,
            max(occurred_at) FILTER (WHERE type = 'result.returned.v1') AS returned_at
        FROM timeline t WHERE t.dossier_id = d.id
    ) way
    WHERE d.id = ANY(%(ids)s)
"""

DURATIONS = """
    SELECT count(*) AS n,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS half,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY days) AS most
    FROM (
        SELECT extract(epoch FROM max(t.occurred_at) - d.received_at) / 86400 AS days
        FROM dossiers d JOIN timeline t ON t.dossier_id = d.id
        WHERE d.procedure = %(slug)s AND d.status IN (9, 10)
        AND d.received_at >= %(since)s AND t.type = 'result.released.v1'
        GROUP BY d.id
    ) AS finished
"""


@dataclass(frozen=True)
class Parties:
    """For whom a list is made: a person, their unit, or a desk that serves all."""

    names: tuple[str, ...]
    everything: bool = False

    def arguments(self) -> Row:
        return {"parties": list(self.names), "everything": self.everything}


@dataclass(frozen=True)
class Wanted:
    """Which part of a list."""

    status: int | None = None
    query: str = ""
    after: str | None = None
    limit: int = 50


class ReadModels(FeedbackModels, OversightModels):
    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def reach(self) -> None:
        """The database answers."""
        await self._rows("SELECT 1 AS one", {})

    async def shows(self, source: str, position: int) -> bool:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(HEARD, (source, position))
            return await cursor.fetchone() is not None

    async def wait(self, source: str, position: int, seconds: float) -> bool:
        """Until the rows show a position; false when they do not in time."""
        until, pause = monotonic() + seconds, 0.005
        while not await self.shows(source, position):
            if monotonic() + pause > until:
                return False
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 0.05)
        return True

    async def procedures(self, today: date, query: str = "") -> list[Row]:
        like = words.patterns(query)
        return await self._rows(IN_FORCE, {"today": today, "slug": None, "like": like})

    async def versions(self, slug: str | None = None) -> list[Row]:
        """All that were published, the newest of each first."""
        return await self._rows(VERSIONS, {"slug": slug})

    async def procedure(
        self, slug: str, today: date, version: int | None = None
    ) -> Row | None:
        if version is not None:
            query = "SELECT * FROM procedures WHERE slug = %(slug)s AND version = %(n)s"
            return await self._row(query, {"slug": slug, "n": version})
        return await self._row(IN_FORCE, {"today": today, "slug": slug, "like": []})

    async def durations(self, slug: str, since: datetime) -> Row | None:
        """In how many days half of the cases were decided, and nine in ten."""
        row = await self._row(DURATIONS, {"slug": slug, "since": since})
        if row is None or not row["n"]:
            return None
        return {
            "n": row["n"],
            "half": max(1, ceil(row["half"])),
            "most": max(1, ceil(row["most"])),
        }

    async def dossiers(
        self, parties: Parties, wanted: Wanted
    ) -> tuple[list[Row], str | None]:
        """One page, newest first, and where the next one begins."""
        at, id = place(wanted.after)
        rows = await self._rows(
            PAGE,
            parties.arguments()
            | {"status": wanted.status, "like": words.patterns(wanted.query)}
            | {"at": at, "id": id, "limit": wanted.limit + 1},
        )
        page = rows[: wanted.limit]
        more = len(rows) > wanted.limit
        return page, cursor_after(page[-1]) if more else None

    async def with_news(
        self, parties: Parties, after: str | None, limit: int = 50
    ) -> tuple[list[Row], str | None]:
        """Dossiers about which somebody wrote to the offices, the oldest wish first."""
        at, id = place(after)
        arguments = parties.arguments() | {"at": at, "id": id, "limit": limit + 1}
        rows = await self._rows(NEWS, arguments)
        page = rows[:limit]
        return page, cursor_after(page[-1]) if len(rows) > limit else None

    async def dossier(self, dossier_id: UUID, parties: Parties) -> Row | None:
        query = f"{VISIBLE} AND d.id = %(id)s"
        return await self._row(query, parties.arguments() | {"id": dossier_id})

    async def helped(self, dossier_id: UUID, helper: str) -> str | None:
        """The applicant for whom this person may act; nobody when it is themself."""
        arguments = {"id": dossier_id, "helper": helper}
        row = await self._row(HELPED, arguments)
        return row["applicant"] if row else None

    async def tracked(self, code: str) -> Row | None:
        """The dossier with this tracking code, whoever asks."""
        query = "SELECT * FROM dossiers WHERE tracking_code = %(code)s"
        return await self._row(query, {"code": pseudonyms.written(code)})

    async def timeline(self, dossier_id: UUID) -> list[Row]:
        query = """
            SELECT * FROM timeline WHERE dossier_id = %(id)s
            ORDER BY occurred_at, source, position
        """
        return await self._rows(query, {"id": dossier_id})

    async def milestones(self, dossier_ids: list[UUID]) -> dict[UUID, Row]:
        """How far each of these dossiers came, and who has it in charge."""
        rows = await self._rows(MILESTONES, {"ids": dossier_ids})
        return {row["id"]: row for row in rows}

    async def papers(self, dossier_id: UUID) -> list[Row]:
        query = "SELECT * FROM papers WHERE dossier_id = %(id)s ORDER BY issued_at, id"
        return await self._rows(query, {"id": dossier_id})

    async def calendar_notices(self, now: datetime) -> list[Row]:
        """The legal notices in force."""
        query = """
            SELECT * FROM calendar_notices
            WHERE NOT is_revoked AND valid_from <= %(now)s ORDER BY date, id
        """
        return await self._rows(query, {"now": now})

    async def notices(self, dossier_id: UUID) -> list[Row]:
        query = (
            "SELECT * FROM notices WHERE dossier_id = %(id)s ORDER BY changed_at, id"
        )
        return await self._rows(query, {"id": dossier_id})

    async def listed(self, query: str, arguments: Row) -> list[Row]:
        """What a list of its own asks for."""
        return await self._rows(query, arguments)

    async def _rows(self, query: str, arguments: Row) -> list[Row]:
        async with self._pool.connection() as connection:
            cursor = connection.cursor(row_factory=dict_row)
            await cursor.execute(query.encode(), arguments)
            rows: list[Row] = await cursor.fetchall()
        return rows

    async def _row(self, query: str, arguments: Row) -> Row | None:
        rows = await self._rows(query, arguments)
        return rows[0] if rows else None


def cursor_after(row: Row) -> str:
    """The place of a row in its list, as an address may carry it."""
    place = f"{row['opened_at'].isoformat()}|{row['id']}"
    return urlsafe_b64encode(place.encode()).rstrip(b"=").decode()


def place(after: str | None) -> tuple[datetime | None, UUID | None]:
    """Where a page begins; at the start when the address was spoilt."""
    if not after:
        return None, None
    try:
        at, _, id = (
            urlsafe_b64decode(after + "=" * (-len(after) % 4)).decode().partition("|")
        )
        return datetime.fromisoformat(at), UUID(id)
    except ValueError:
        return None, None
