"""The queue of open steps of each unit, in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from psycopg.sql import SQL

from services.workflow.ports import Counts, Listing, Place, Row, Watch
from services.workflow.views import lists
from services.workflow.views.alerts import alerts
from services.workflow.views.changes import changes
from services.workflow.views.lists import ALL, BY_INDEX, CAP, Condition, Query
from services.workflow.views.names import Names
from shared.eventsourcing import Aggregate

PLACE = """
    SELECT lane, due_at, case_id FROM workflow_queue_cases WHERE case_id = %s
"""
LOADS = """
    SELECT assignee, sum(steps)::bigint AS steps FROM workflow_queue_counts
    WHERE unit = %s AND assignee = ANY(%s) AND status = 0
      AND soon_from = '-infinity' AND late_from = '-infinity'
    GROUP BY assignee
"""


class PostgresQueue(PostgresTrackingRecorder):
    """One row for each open step; each change is kept with its place in the log."""

    def __init__(
        self, datastore: PostgresDatastore, *, tracking_table_name: str, names: Names
    ) -> None:
        super().__init__(datastore, tracking_table_name=tracking_table_name)
        self._names = names

    def follow(self, event: Aggregate.Event, tracking: Tracking) -> None:
        """The rows and the place in the log, as one."""
        with self.datastore.transaction(commit=True) as cursor:
            for statement, values in (*changes(event, self._names), *alerts(event)):
                cursor.execute(statement, values)
            self._insert_tracking(cursor, tracking)

    def page(
        self, listing: Listing, after: Place | None, limit: int, *, back: bool = False
    ) -> list[Row]:
        conditions = [
            *lists.counted(listing),
            *lists.whose(listing),
            *lists.placed(listing, after, back=back),
        ]
        if sought := self._sought(listing):
            return self._search(conditions, sought, limit, back=back)
        return self._rows(lists.page(conditions, limit, back=back))

    def counts(self, listing: Listing) -> Counts:
        if sought := self._sought(listing):
            rows = self._rows(lists.count(listing, sought), BY_INDEX)
            steps = {row["assignee"]: row["steps"] for row in rows}
            steps[ALL] = sum(steps.values())
            return replace(told(steps, listing), is_capped=steps[ALL] > CAP)
        rows = self._rows(lists.sums(listing))
        return told({row["assignee"]: row["steps"] for row in rows}, listing)

    def place_of(self, case_id: UUID, step: str) -> Place | None:
        rows = self._rows((PLACE, [case_id]))
        return (rows[0]["lane"], rows[0]["due_at"], case_id, step) if rows else None

    def loads(self, unit: str, officers: Sequence[str]) -> dict[str, int]:
        rows = self._rows((LOADS, [unit, list(officers)]))
        return {row["assignee"]: row["steps"] for row in rows}

    def alerts(self, watch: Watch, limit: int) -> list[Row]:
        return self._rows(lists.alerts(watch, limit))

    def _search(
        self,
        conditions: list[Condition],
        sought: list[Condition],
        limit: int,
        *,
        back: bool,
    ) -> list[Row]:
        """What is rare has an index of its own; what is common is met on the way."""

        def found(form: SQL, *before: str) -> list[Row]:
            query = lists.search(form, conditions, sought, limit, back=back)
            return self._rows(query, *before)

        few = found(lists.FEW_AT_ALL, BY_INDEX)
        matches = [row.pop("matches") for row in few]
        if not matches or matches[0] < lists.FEW:
            return few
        near = found(lists.AMONG_THE_NEXT)
        return near if len(near) == limit else found(lists.AMONG_ALL, BY_INDEX)

    def _sought(self, listing: Listing) -> list[Condition]:
        return list(lists.sought(listing, self._names.terms(listing.filters.q)))

    def _rows(self, query: Query | tuple[str, list[Any]], *before: str) -> list[Row]:
        with self.datastore.transaction() as cursor:
            for each in before:
                cursor.execute(each)
            cursor.execute(*query)
            return [dict(row) for row in cursor.fetchall()]


def told(steps: dict[str, int], listing: Listing) -> Counts:
    everybody = steps.get(ALL, 0)
    named = listing.assignees
    return Counts(
        open=everybody,
        mine=steps.get(listing.reader, 0),
        unassigned=steps.get("", 0),
        found=sum(steps.get(each, 0) for each in named) if named else everybody,
    )
