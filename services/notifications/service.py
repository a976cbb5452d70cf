"""Notifications on the bus. Parses, delegates, answers; decides nothing."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from services.notifications import bootstrap
from services.notifications.codes import Saying
from services.notifications.digests import Work
from shared import actor
from shared.contracts.intake import (
    ComplaintAnswered,
    ComplaintLodged,
    DossierAccepted,
    DossierOpened,
    DossierRefused,
    DossierShared,
    DossierSubmitted,
    DossierUnshared,
    DossierWithdrawn,
    MessageWritten,
    PaymentRecorded,
    PaymentRefunded,
    ResultReturned,
    SupplementExpired,
    SupplementRequested,
)
from shared.contracts.signing import PaperIssued
from shared.contracts.workflow import (
    ApologyApproved,
    CaseResumed,
    CaseSuspended,
    DueDateMoved,
    PaymentAsked,
    ProcessingStopped,
    ResultReleased,
    ResultWithdrawn,
    StepOpened,
    StepReminded,
    WithdrawalDecided,
)
from shared.messaging.rpc import command, question
from shared.messaging.service import BusService
from shared.messaging.subscriber import subscribe
from shared.messaging.workers import provided

Language = Literal["vi", "en", "fr"]
Purpose = Literal["sign-in", "return", "invitation"]
Note = Annotated[str, Field(max_length=4_000)]


class NotificationsService(BusService):
    name = "notifications"

    app = provided(bootstrap.application)

    @subscribe
    def on_message(
        self,
        message: DossierOpened
        | StepOpened
        | DossierSubmitted
        | DossierAccepted
        | DossierRefused
        | SupplementRequested
        | PaperIssued
        | ResultReleased
        | ResultReturned
        | DossierWithdrawn
        | DueDateMoved
        | CaseSuspended
        | CaseResumed
        | ProcessingStopped
        | ApologyApproved
        | PaymentAsked
        | PaymentRecorded
        | PaymentRefunded
        | ResultWithdrawn
        | WithdrawalDecided
        | StepReminded
        | SupplementExpired
        | MessageWritten
        | DossierShared
        | DossierUnshared
        | ComplaintLodged
        | ComplaintAnswered,
    ) -> None:
        self.app.handle(message)

    @question
    def messages(self, dossier_id: UUID) -> list[dict[str, Any]]:
        return self.app.messages(dossier_id, by=actor.current())

    @command
    def resend(self, message_id: UUID, reason: str) -> int:
        return self.app.resend(message_id, reason, by=actor.current())

    @command
    def send_code(
        self, recipient: dict[str, str], language: Language, purpose: Purpose
    ) -> int:
        by = actor.current()
        return self.app.send_code(recipient, Saying(purpose, language), by=by)

    @command
    def note_call(self, message_id: UUID, is_reached: bool, note: Note = "") -> int:
        by = actor.current()
        return self.app.note_call(message_id, is_reached=is_reached, note=note, by=by)

    @command
    def send_digest(
        self, recipient: dict[str, str], language: Language, work: Work
    ) -> int:
        return self.app.send_digest(recipient, language, work, by=actor.current())
