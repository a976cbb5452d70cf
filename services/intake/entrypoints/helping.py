"""Helpers, over the bus."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from services.intake.domain.helping import Invitation
from services.intake.helping import Helpers
from shared import actor
from shared.messaging.rpc import command, question

Secret = Annotated[str, Field(min_length=8, max_length=100)]
Name = Annotated[str, Field(max_length=200)]
Powers = Annotated[list[str], Field(max_length=10)]
Kind = Literal["helper", "representative"]


class HelperEntrypoints:
    app: Helpers

    @command
    def invite_helper(
        self,
        dossier_id: UUID,
        helper_id: UUID,
        kind: Kind,
        powers: Powers,
        name: Name,
        to: Name,
    ) -> int:
        wish, by = Invitation(kind, powers, name, to), actor.current()
        return self.app.invite_helper(dossier_id, helper_id, wish, by=by)

    @command
    def accept_invitation(
        self, dossier_id: UUID, secret: Secret, name: Name = ""
    ) -> int:
        by = actor.current()
        return self.app.accept_invitation(dossier_id, secret, name, by=by)

    @command
    def end_help(self, dossier_id: UUID, helper_id: UUID) -> int:
        return self.app.end_help(dossier_id, helper_id, by=actor.current())

    @question
    def invitation(self, dossier_id: UUID, secret: Secret) -> dict[str, Any]:
        return self.app.invitation(dossier_id, secret, by=actor.current())

    @question
    def helpers(self, dossier_id: UUID) -> list[dict[str, Any]]:
        return self.app.helpers(dossier_id, by=actor.current())
