"""The questions that figures answer: how many, when, at which step, and which."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from eventsourcing.postgres import PostgresTrackingRecorder

from services.workflow.ports import Figured, Period, Row

# Whose cases: of a unit are those it received and those it had a step of.
CHOSEN = """
    (%(procedure)s::text IS NULL OR f.procedure = %(procedure)s)
    AND (%(channel)s::text IS NULL OR f.channel = %(channel)s)
    AND (%(receiver)s::text IS NULL OR f.unit = %(receiver)s)
    AND (%(unit)s::text IS NULL OR f.unit = %(unit)s OR EXISTS (
        SELECT FROM workflow_figure_steps s
        WHERE s.case_id = f.case_id AND s.unit = %(unit)s))
"""
PLACED = f"""
    WITH judged AS (
        SELECT case_id, dossier_id, code, unit, procedure, channel, has_apology,
               received_at, due_at, coalesce(processed_at, ended_at) AS ended,
               requests > 1 OR original_due_at < least(%(until)s,
                   coalesce(processed_at, ended_at, stood_since, 'infinity'))
                   AS is_late
        FROM workflow_figures f WHERE received_at < %(until)s AND {CHOSEN}
    ), placed AS (
        SELECT *, received_at >= %(since)s AS is_received,
               ended >= %(since)s AND ended < %(until)s AS has_ended,
               ended IS NULL OR ended >= %(until)s AS is_open
        FROM judged WHERE ended IS NULL OR ended >= %(since)s
    )
"""  # noqa: S608 - our own words only
MEANINGS = {
    "received": "is_received",
    "ended": "has_ended",
    "ended_on_time": "has_ended AND NOT is_late",
    "ended_late": "has_ended AND is_late",
    "late_with_apology": "is_late AND has_apology",
    "open": "is_open",
    "open_overdue": "is_open AND is_late",
}
SUMS = ", ".join(
    f"count(*) FILTER (WHERE {meaning}) AS {name}" for name, meaning in MEANINGS.items()
)
COUNTS = f"""{PLACED}
    SELECT unit, procedure, channel, {SUMS}
    FROM placed GROUP BY unit, procedure, channel ORDER BY unit, procedure, channel
"""  # noqa: S608
TREND = f"""{PLACED}
    SELECT date_trunc(%(by)s, at AT TIME ZONE %(zone)s)::date AS begins,
           count(*) FILTER (WHERE kind = 'received') AS received,
           count(*) FILTER (WHERE kind = 'ended' AND NOT is_late) AS ended_on_time,
           count(*) FILTER (WHERE kind = 'ended' AND is_late) AS ended_late
    FROM (
        SELECT 'received' AS kind, received_at AS at, is_late FROM placed
        WHERE is_received
        UNION ALL
        SELECT 'ended', ended, is_late FROM placed WHERE has_ended
    ) AS told GROUP BY begins ORDER BY begins
"""  # noqa: S608
STEPS = f"""
    SELECT f.procedure, split_part(t.step, ':', 1) AS step, t.unit,
           (array_agg(t.name ORDER BY t.opened_at DESC))[1] AS name,
           count(*) FILTER (WHERE t.left_at IS NULL) AS waiting,
           count(*) FILTER (WHERE t.is_done) AS done,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY t.left_at - t.opened_at)
               FILTER (WHERE t.is_done) AS half,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY t.left_at - t.opened_at)
               FILTER (WHERE t.is_done) AS most
    FROM workflow_figure_steps t JOIN workflow_figures f USING (case_id)
    WHERE (t.left_at IS NULL OR t.left_at >= %(since)s AND t.left_at < %(until)s)
      AND {CHOSEN}
    GROUP BY f.procedure, 2, t.unit
    HAVING count(*) FILTER (WHERE t.left_at IS NULL OR t.is_done) > 0
    ORDER BY waiting DESC, most DESC NULLS LAST, f.procedure, step, t.unit
"""  # noqa: S608
SEEN = """
    (%(reader)s::text IS NULL OR p.unit = %(reader)s OR EXISTS (
        SELECT FROM workflow_figure_steps s
        WHERE s.case_id = p.case_id AND s.unit = %(reader)s))
    AND (%(step)s::text IS NULL OR EXISTS (
        SELECT FROM workflow_figure_steps s WHERE s.case_id = p.case_id
        AND s.left_at IS NULL AND split_part(s.step, ':', 1) = %(step)s))
    AND (%(at)s::timestamptz IS NULL
         OR (p.received_at, p.case_id) < (%(at)s, %(case_id)s::uuid))
    ORDER BY p.received_at DESC, p.case_id DESC LIMIT %(limit)s
"""
CASES = {
    name: f"""{PLACED}
        SELECT case_id, dossier_id, code, unit, procedure, channel, received_at,
               due_at, ended, is_late, has_apology
        FROM placed p WHERE {meaning} AND {SEEN}
    """  # noqa: S608
    for name, meaning in MEANINGS.items()
}


class FigureQuestions(PostgresTrackingRecorder):
    """One row for each case, and one for each time a step of it was open."""

    def counts(self, period: Period) -> list[Row]:
        return self._rows(COUNTS, asdict(period))

    def trend(self, period: Period, by: str) -> list[Row]:
        zone = {"by": by, "zone": "Asia/Ho_Chi_Minh"}
        return self._rows(TREND, asdict(period) | zone)

    def steps(self, period: Period) -> list[Row]:
        return self._rows(STEPS, asdict(period))

    def cases(self, period: Period, wanted: Figured) -> list[Row]:
        at, case_id = wanted.place or (None, None)
        more = {"at": at, "case_id": case_id, "limit": wanted.limit + 1}
        named = {"reader": wanted.reader, "step": wanted.step}
        return self._rows(CASES[wanted.name], asdict(period) | more | named)

    def _rows(self, question: str, values: dict[str, Any]) -> list[Row]:
        with self.datastore.transaction() as cursor:
            cursor.execute(question, values)
            return [dict(row) for row in cursor.fetchall()]
