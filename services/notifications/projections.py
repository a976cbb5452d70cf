"""Which notices there are about a dossier, and which wait for something."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.persistence import Tracking, TrackingRecorder
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection

from services.notifications.domain import Notice, NoticeState
from shared.eventsourcing import Aggregate


@dataclass(frozen=True)
class Progress:
    """What an event says about a notice's state; a reference stays known."""

    state: NoticeState
    since: datetime
    again_at: datetime | None = None
    reference: str | None = None


class NoticesView(TrackingRecorder):
    @abstractmethod
    def add(
        self, notice_id: UUID, dossier_id: UUID, at: datetime, tracking: Tracking
    ) -> None: ...

    @abstractmethod
    def move(self, notice_id: UUID, progress: Progress, tracking: Tracking) -> None: ...


class NoticesProjection(Projection[NoticesView]):
    """Hears every event, so that one can wait for any position."""

    name = "notices"

    @singledispatchmethod
    def process_event(self, event: Aggregate.Event, tracking: Tracking) -> None:
        self.view.insert_tracking(tracking)

    @process_event.register
    def _(self, event: Notice.Accepted, tracking: Tracking) -> None:
        dossier_id = event.dossier_id or UUID(int=0)
        self.view.add(event.originator_id, dossier_id, event.timestamp, tracking)

    @process_event.register
    def _(self, event: Notice.Deferred, tracking: Tracking) -> None:
        again_at = event.again_at
        self._move(event, tracking, NoticeState.DEFERRED, again_at=again_at)

    @process_event.register
    def _(self, event: Notice.Sent, tracking: Tracking) -> None:
        self._move(event, tracking, NoticeState.SENT, reference=event.reference)

    @process_event.register
    def _(self, event: Notice.Sending, tracking: Tracking) -> None:
        self._move(event, tracking, NoticeState.SENDING)

    @process_event.register
    def _(self, event: Notice.Delivered, tracking: Tracking) -> None:
        self._move(event, tracking, NoticeState.DELIVERED)

    @process_event.register
    def _(self, event: Notice.Failed, tracking: Tracking) -> None:
        self._move(event, tracking, NoticeState.FAILED)

    @process_event.register
    def _(self, event: Notice.Unknown, tracking: Tracking) -> None:
        self._move(event, tracking, NoticeState.UNKNOWN)

    @process_event.register
    def _(self, event: Notice.Called, tracking: Tracking) -> None:
        reached = NoticeState.CALLED if event.is_reached else NoticeState.FAILED
        self._move(event, tracking, reached)

    @process_event.register
    def _(self, event: Notice.Resent, tracking: Tracking) -> None:
        self._move(event, tracking, NoticeState.ACCEPTED)

    def _move(
        self, event: Notice.Event, tracking: Tracking, state: NoticeState, **more: Any
    ) -> None:
        progress = Progress(state, event.timestamp, **more)
        self.view.move(event.originator_id, progress, tracking)


class PostgresNotices(PostgresTrackingRecorder, NoticesView):
    def add(
        self, notice_id: UUID, dossier_id: UUID, at: datetime, tracking: Tracking
    ) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(
                "INSERT INTO notices (notice_id, dossier_id, place, state, since) "
                "VALUES (%s, %s, %s, 'accepted', %s)",
                (notice_id, dossier_id, tracking.notification_id, at),
            )
            self._insert_tracking(cursor, tracking)

    def move(self, notice_id: UUID, progress: Progress, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(
                "UPDATE notices SET state = %s, since = %s, again_at = %s, "
                "reference = coalesce(%s, reference) WHERE notice_id = %s",
                (
                    progress.state.value,
                    progress.since,
                    progress.again_at,
                    progress.reference,
                    notice_id,
                ),
            )
            self._insert_tracking(cursor, tracking)

    def about(self, dossier_id: UUID) -> list[UUID]:
        return self._found("WHERE dossier_id = %s ORDER BY place", dossier_id)

    def due(self, at: datetime) -> list[UUID]:
        return self._found(
            "WHERE state = 'deferred' AND again_at <= %s ORDER BY again_at", at
        )

    def silent_since(self, at: datetime) -> list[UUID]:
        return self._found("WHERE state = 'sending' AND since < %s", at)

    def _found(self, condition: str, value: Any) -> list[UUID]:
        with self.datastore.transaction() as cursor:
            query = f"SELECT notice_id FROM notices {condition}"  # noqa: S608 -- ours
            cursor.execute(query, (value,))
            return [row["notice_id"] for row in cursor.fetchall()]
