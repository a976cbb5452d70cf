"""Documents on the bus. Parses, delegates, answers; decides nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.documents import bootstrap
from services.documents.domain import Declaration
from shared import actor
from shared.contracts.intake import (
    DossierOpened,
    DossierShared,
    DossierSubmitted,
    DossierUnshared,
)
from shared.contracts.signing import PaperIssued
from shared.contracts.workflow import StepOpened
from shared.messaging.rpc import command, question
from shared.messaging.service import BusService
from shared.messaging.subscriber import subscribe
from shared.messaging.workers import provided


class DocumentsService(BusService):
    name = "documents"

    app = provided(bootstrap.application)

    @subscribe
    def on_message(
        self,
        message: DossierOpened
        | DossierSubmitted
        | StepOpened
        | PaperIssued
        | DossierShared
        | DossierUnshared,
    ) -> None:
        self.app.handle(message)

    @command
    def declare_file(
        self,
        file_id: UUID,
        dossier_id: UUID,
        document: str,
        name: str,
        media_type: str,
        size: int | None = None,
    ) -> int:
        said = Declaration(document, name, media_type, size)
        return self.app.declare_file(file_id, dossier_id, said, by=actor.current())

    @question
    def upload_grant(self, file_id: UUID) -> dict[str, Any]:
        return self.app.upload_grant(file_id, by=actor.current())

    @command
    def receive_file(self, file_id: UUID) -> int:
        return self.app.receive_file(file_id, by=actor.current())

    @question
    def file(self, file_id: UUID) -> dict[str, Any]:
        return self.app.file(file_id, by=actor.current())

    @question
    def files(self, dossier_id: UUID) -> list[dict[str, Any]]:
        return self.app.files(dossier_id, by=actor.current())

    @question
    def download_grant(self, file_id: UUID) -> dict[str, Any]:
        return self.app.download_grant(file_id, by=actor.current())

    @command
    def note_look(self, file_id: UUID) -> int:
        return self.app.note_look(file_id, by=actor.current())
