"""Dates that come, or move, while a dossier waits; who has to act is only told."""

from __future__ import annotations

from datetime import datetime

from services.intake.domain.record import SUBMITTED, DossierRecord
from shared.eventsourcing import Aggregate


class Deadlines(DossierRecord):
    def ring(self, now: datetime) -> None:
        """Note what is due by now, each once."""
        self._note_late_acknowledgement(now)
        self._note_missing_answer(now)

    def _note_late_acknowledgement(self, now: datetime) -> None:
        """Whoever was asked to complete the dossier has been answered."""
        is_unanswered = self.status == SUBMITTED and self.requests["intake"] == 0
        by = self.acknowledge_by
        if by and now >= by and is_unanswered and not self.is_acknowledgement_overdue:
            self.trigger_event(self.AcknowledgementOverdue, acknowledge_by=by)

    class AcknowledgementOverdue(Aggregate.Event):
        TOPIC = "intake.dossier.acknowledgement-overdue"

        acknowledge_by: datetime

        def apply(self, aggregate: Deadlines) -> None:
            aggregate.is_acknowledgement_overdue = True

    def _note_missing_answer(self, now: datetime) -> None:
        """From now on an officer may refuse; the system never does."""
        asked = self.supplement
        if not asked or not asked["answer_by"] or asked["is_expired"] or self.is_over:
            return
        if now >= asked["answer_by"]:
            self.trigger_event(
                self.SupplementExpired,
                stage=asked["stage"],
                answer_by=asked["answer_by"],
            )

    class SupplementExpired(Aggregate.Event):
        TOPIC = "intake.dossier.supplement-expired"

        stage: str
        answer_by: datetime

        def apply(self, aggregate: Deadlines) -> None:
            if aggregate.supplement:
                aggregate.supplement["is_expired"] = True

    def learn_of_due_date(
        self, due_at: datetime, *, promised: datetime, reason: str
    ) -> None:
        """The result is due at another moment; what was promised first is kept."""
        if self.received_at and not self.is_over and due_at != self.due_at:
            self.trigger_event(
                self.DueDateMoved, due_at=due_at, promised=promised, reason=reason
            )

    class DueDateMoved(Aggregate.Event):
        TOPIC = "intake.dossier.due-date-moved"

        due_at: datetime
        promised: datetime
        reason: str

        def apply(self, aggregate: Deadlines) -> None:
            aggregate.due_at = self.due_at
            aggregate.original_due_at = self.promised
