"""What others may read of documents."""

from __future__ import annotations

from abc import ABC, abstractmethod
from uuid import UUID

from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.persistence import Tracking, TrackingRecorder
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection

from services.documents.domain import File
from shared.eventsourcing import Aggregate


class DossierFiles(TrackingRecorder, ABC):
    """Which files were declared for a dossier."""

    @abstractmethod
    def add(self, dossier_id: UUID, file_id: UUID, tracking: Tracking) -> None: ...

    @abstractmethod
    def of(self, dossier_id: UUID) -> list[UUID]: ...


class DossierFilesProjection(Projection[DossierFiles]):
    """Hears every event, so that one can wait for any position."""

    name = "dossier_files"

    @singledispatchmethod
    def process_event(self, event: Aggregate.Event, tracking: Tracking) -> None:
        self.view.insert_tracking(tracking)

    @process_event.register
    def _(self, event: File.Declared, tracking: Tracking) -> None:
        if event.dossier_id is not None:
            self.view.add(event.dossier_id, event.originator_id, tracking)


class PostgresDossierFiles(PostgresTrackingRecorder, DossierFiles):
    def add(self, dossier_id: UUID, file_id: UUID, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(
                "INSERT INTO dossier_files (dossier_id, file_id, position) "
                "VALUES (%s, %s, %s)",
                (dossier_id, file_id, tracking.notification_id),
            )
            self._insert_tracking(cursor, tracking)

    def of(self, dossier_id: UUID) -> list[UUID]:
        with self.datastore.cursor() as cursor:
            cursor.execute(
                "SELECT file_id FROM dossier_files WHERE dossier_id = %s "
                "ORDER BY position",
                (dossier_id,),
            )
            return [row["file_id"] for row in cursor.fetchall()]
