"""Messages about a dossier, over the bus."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from services.intake.correspondence import Correspondences
from shared import actor
from shared.messaging.rpc import command, question

Text = Annotated[str, Field(max_length=4_000)]
Files = Annotated[list[UUID], Field(max_length=20)]


class CorrespondenceEntrypoints:
    app: Correspondences

    @command
    def write_message(
        self, dossier_id: UUID, text: Text, files: Files | None = None
    ) -> int:
        by = actor.current()
        return self.app.write_message(dossier_id, text, files or [], by=by)

    @command
    def read_messages(self, dossier_id: UUID) -> int:
        return self.app.read_messages(dossier_id, by=actor.current())

    @question
    def conversation(self, dossier_id: UUID) -> dict[str, Any]:
        return self.app.conversation(dossier_id, by=actor.current())
