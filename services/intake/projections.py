"""When which dossier has to be looked at again: one row for each date that comes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.persistence import Tracking, TrackingRecorder
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection

from services.intake.domain import Dossier
from shared.eventsourcing import Aggregate

ACKNOWLEDGEMENT, ANSWER = "acknowledgement", "answer"


class AlarmsView(TrackingRecorder, ABC):
    """At most one row of a kind for each dossier."""

    @abstractmethod
    def set(
        self, dossier_id: UUID, kind: str, due_at: datetime, tracking: Tracking
    ) -> None: ...

    @abstractmethod
    def clear(self, dossier_id: UUID, kinds: Sequence[str], tracking: Tracking) -> None:
        """Nobody waits for this any more."""


class AlarmsProjection(Projection[AlarmsView]):
    """Hears every event, so that one can wait for any position."""

    name = "intake_alarms"

    @singledispatchmethod
    def process_event(self, event: Aggregate.Event, tracking: Tracking) -> None:
        self.view.insert_tracking(tracking)

    @process_event.register
    def _(self, event: Dossier.Submitted, tracking: Tracking) -> None:
        id, due_at = event.originator_id, event.acknowledge_by
        self.view.set(id, ACKNOWLEDGEMENT, due_at, tracking)

    @process_event.register
    def _(self, event: Dossier.SupplementRequested, tracking: Tracking) -> None:
        """To ask for more is an answer, too."""
        if event.answer_by:
            self.view.set(event.originator_id, ANSWER, event.answer_by, tracking)
        else:
            self.view.clear(event.originator_id, [ACKNOWLEDGEMENT], tracking)

    @process_event.register
    def _(self, event: Dossier.AcknowledgementOverdue, tracking: Tracking) -> None:
        self.view.clear(event.originator_id, [ACKNOWLEDGEMENT], tracking)

    @process_event.register
    def _(self, event: Dossier.Accepted, tracking: Tracking) -> None:
        self.view.clear(event.originator_id, [ACKNOWLEDGEMENT], tracking)

    @process_event.register
    def _(self, event: Dossier.SupplementExpired, tracking: Tracking) -> None:
        self.view.clear(event.originator_id, [ANSWER], tracking)

    @process_event.register
    def _(self, event: Dossier.SupplementAnswered, tracking: Tracking) -> None:
        self.view.clear(event.originator_id, [ANSWER], tracking)

    @process_event.register
    def _(self, event: Dossier.Refused, tracking: Tracking) -> None:
        self._end(event, tracking)

    @process_event.register
    def _(self, event: Dossier.Withdrawn, tracking: Tracking) -> None:
        self._end(event, tracking)

    @process_event.register
    def _(self, event: Dossier.Stopped, tracking: Tracking) -> None:
        self._end(event, tracking)

    def _end(self, event: Aggregate.Event, tracking: Tracking) -> None:
        self.view.clear(event.originator_id, [ACKNOWLEDGEMENT, ANSWER], tracking)


SET = """
    INSERT INTO intake_alarms (dossier_id, kind, due_at) VALUES (%s, %s, %s)
    ON CONFLICT (dossier_id, kind) DO UPDATE SET due_at = EXCLUDED.due_at
"""
CLEAR = "DELETE FROM intake_alarms WHERE dossier_id = %s AND kind = ANY(%s)"
SETTLE = "DELETE FROM intake_alarms WHERE dossier_id = %s AND due_at <= %s"
DUE = """
    SELECT dossier_id FROM intake_alarms WHERE due_at <= %s ORDER BY due_at LIMIT %s
"""


class PostgresAlarms(PostgresTrackingRecorder, AlarmsView):
    def set(
        self, dossier_id: UUID, kind: str, due_at: datetime, tracking: Tracking
    ) -> None:
        self._change(tracking, SET, (dossier_id, kind, due_at))

    def clear(self, dossier_id: UUID, kinds: Sequence[str], tracking: Tracking) -> None:
        self._change(tracking, CLEAR, (dossier_id, list(kinds)))

    def due(self, now: datetime, limit: int) -> list[UUID]:
        with self.datastore.transaction() as cursor:
            cursor.execute(DUE, (now, limit))
            return list(dict.fromkeys(row["dossier_id"] for row in cursor.fetchall()))

    def settle(self, dossier_id: UUID, until: datetime) -> None:
        """It was rung for all of these."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(SETTLE, (dossier_id, until))

    def _change(self, tracking: Tracking, query: str, row: tuple[Any, ...]) -> None:
        """The row and the place in the log, as one."""
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(query, row)
            self._insert_tracking(cursor, tracking)
