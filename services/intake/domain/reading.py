"""Whether the applicant has seen the decision: the first time of each reader counts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.intake.domain.record import DossierRecord
from services.intake.errors import ResultNotReadyError
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate


class Reading(DossierRecord):
    def read_result(self, *, by: Actor, now: datetime) -> None:
        """Note that the decision was opened by the applicant, or for them."""
        if not self.speaks_for_applicant(by):
            raise NotAllowedError(str(self.id))
        if not self.result:
            raise ResultNotReadyError(str(self.id))
        paper_id = self.result["paper_id"]
        known = ((each["paper_id"], each["reader"]) for each in self.readings)
        if (paper_id, by.subject) not in known:
            self.trigger_event(
                self.ResultRead,
                paper_id=UUID(paper_id),
                reader=by.subject,
                read_at=now,
            )

    class ResultRead(Aggregate.Event):
        TOPIC = "intake.dossier.result-read"

        paper_id: UUID
        reader: str
        read_at: datetime

        def apply(self, aggregate: Reading) -> None:
            aggregate.readings.append(
                {
                    "paper_id": str(self.paper_id),
                    "reader": self.reader,
                    "read_at": self.read_at.isoformat(),
                }
            )
