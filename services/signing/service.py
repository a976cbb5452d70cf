"""Signing on the bus. Parses, delegates, answers; decides nothing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from services.signing import bootstrap
from shared import actor
from shared.contracts.intake import (
    DossierAccepted,
    DossierOpened,
    DossierRefused,
    DossierShared,
    DossierSubmitted,
    DossierUnshared,
    PaymentRecorded,
    SupplementRequested,
)
from shared.contracts.workflow import (
    ApologyApproved,
    DecisionApproved,
    ProcessingStopped,
    ResultWithdrawn,
    StepOpened,
)
from shared.messaging.rpc import question
from shared.messaging.service import BusService
from shared.messaging.subscriber import subscribe
from shared.messaging.workers import provided


class SigningService(BusService):
    name = "signing"

    app = provided(bootstrap.application)

    @subscribe
    def on_message(
        self,
        message: DossierOpened
        | DossierSubmitted
        | StepOpened
        | DossierAccepted
        | DossierRefused
        | SupplementRequested
        | DecisionApproved
        | ApologyApproved
        | ProcessingStopped
        | ResultWithdrawn
        | PaymentRecorded
        | DossierShared
        | DossierUnshared,
    ) -> None:
        self.app.handle(message)

    @question
    def papers(self, dossier_id: UUID) -> list[dict[str, Any]]:
        return self.app.papers(dossier_id, by=actor.current())

    @question
    def paper(self, paper_id: UUID) -> dict[str, Any]:
        return self.app.paper(paper_id, by=actor.current())

    @question
    def verify_paper(self, paper_id: UUID) -> dict[str, Any]:
        return self.app.verify_paper(paper_id, by=actor.current())

    @question
    def register(
        self, unit: str, kind: str, year: int, after: int = 0
    ) -> dict[str, Any]:
        by = actor.current()
        return self.app.register(unit, kind, year, after=after, by=by)

    @question
    def receipt(self, dossier_id: UUID) -> dict[str, Any]:
        return self.app.receipt(dossier_id, by=actor.current())

    @question
    def receipts(
        self, unit: str, since: date, until: date, after: str = ""
    ) -> dict[str, Any]:
        by = actor.current()
        return self.app.receipts(unit, since, until, after=after, by=by)

    @question
    def preview(self, dossier_id: UUID, decision: dict[str, Any]) -> dict[str, Any]:
        return self.app.preview(dossier_id, decision, by=actor.current())

    @question
    def sealing(self, unit: str | None = None) -> dict[str, Any]:
        return self.app.sealing(unit, by=actor.current())
