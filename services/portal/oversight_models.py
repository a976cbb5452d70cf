"""What the dashboard reads of money, ratings and complaints: one row of each."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

WITHIN = """
    AND (%(unit)s::text IS NULL OR %(unit)s IN (d.unit, d.receiving_point))
    AND (%(procedure)s::text IS NULL OR d.procedure = %(procedure)s)
    AND (%(channel)s::text IS NULL OR d.channel = %(channel)s)
"""
MONEY = f"""
    SELECT coalesce(sum(amount) FILTER (WHERE NOT is_refund), 0)::bigint AS received,
        coalesce(sum(amount) FILTER (WHERE is_refund), 0)::bigint AS refunded,
        count(*) FILTER (WHERE NOT is_refund) AS payments,
        count(*) FILTER (WHERE is_refund) AS refunds
    FROM money JOIN dossiers d ON d.id = dossier_id
    WHERE moved_at >= %(since)s AND moved_at < %(until)s {WITHIN}
"""  # noqa: S608 - our own words only
OPINIONS = f"""
    SELECT count(*) AS count, round(avg(score), 1) AS average,
        round(100.0 * count(*) FILTER (WHERE score >= 4) / nullif(count(*), 0))
            AS satisfied
    FROM ratings JOIN dossiers d ON d.id = dossier_id
    WHERE rated_at >= %(since)s AND rated_at < %(until)s {WITHIN}
"""  # noqa: S608 - our own words only
COMPLAINED = f"""
    SELECT count(*) AS open, count(*) FILTER (WHERE answer_by < %(now)s) AS overdue
    FROM complaints c JOIN dossiers d ON d.id = c.dossier_id
    WHERE lodged_at IS NOT NULL AND answered_at IS NULL {WITHIN}
"""  # noqa: S608 - our own words only


class OversightModels:
    async def _row(self, query: str, arguments: Row) -> Row | None:
        raise NotImplementedError

    async def money(self, wanted: Row) -> Row:
        return await self._row(MONEY, wanted) or {}

    async def opinions(self, wanted: Row) -> Row:
        return await self._row(OPINIONS, wanted) or {}

    async def complaints_open(self, wanted: Row) -> Row:
        return await self._row(COMPLAINED, wanted) or {}
