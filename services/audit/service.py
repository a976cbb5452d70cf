"""Audit on the bus. Parses, delegates, answers; decides nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.audit import bootstrap
from shared import actor
from shared.contracts.base import EventRecorded
from shared.contracts.intake import (
    DossierOpened,
    DossierShared,
    DossierSubmitted,
    DossierUnshared,
)
from shared.contracts.workflow import StepOpened
from shared.messaging.operations import Understood
from shared.messaging.repair import Questions, Repair
from shared.messaging.rpc import question
from shared.messaging.service import BusService
from shared.messaging.subscriber import subscribe, subscribe_to
from shared.messaging.workers import provided


class AuditService(BusService):
    name = "audit"

    app = provided(bootstrap.application)

    @subscribe
    def on_message(self, message: EventRecorded) -> None:
        self.app.handle(message)

    @subscribe_to("audit-access")
    def on_access(
        self,
        message: DossierOpened
        | DossierSubmitted
        | StepOpened
        | DossierShared
        | DossierUnshared,
    ) -> None:
        self.app.access.handle(message)

    @question
    def history(self, dossier_id: UUID) -> list[dict[str, Any]]:
        return self.app.history(dossier_id, by=actor.current())

    @question
    def verify_history(self, dossier_id: UUID) -> dict[str, Any]:
        return self.app.verify_history(dossier_id, by=actor.current())

    @question
    def head(self) -> dict[str, Any]:
        return self.app.head(by=actor.current())

    def readers(self) -> dict[str, Understood]:
        access = self.app.access
        own = Understood(access, access.handle, type(self).on_access)
        return {**super().readers(), "audit-access": own}

    def repairs(self, questions: Questions) -> list[Repair]:
        access = ("audit-access", self.app.access, type(self).on_access)
        return [*super().repairs(questions), self.repair_of(*access, questions)]
