"""What waits to be read: the applicant wrote, and nobody here has looked yet."""

from __future__ import annotations

from datetime import datetime

from services.workflow.domain.state import Act, CaseState
from shared.eventsourcing import Aggregate


class Correspondence(CaseState):
    def note_message(self, *, act: Act) -> None:
        """Alert whoever has the case; once, until somebody looks."""
        if not self.has_unread_message:
            self.trigger_event(self.MessageNoted, noted_at=act.now)

    class MessageNoted(Aggregate.Event):
        TOPIC = "workflow.case.message-noted"

        noted_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.has_unread_message = True

    def note_reading(self, *, act: Act) -> None:
        """An officer looked, or answered: there is no more to be alerted of."""
        if self.has_unread_message:
            self.trigger_event(self.MessagesSeen, seen_at=act.now)

    class MessagesSeen(Aggregate.Event):
        TOPIC = "workflow.case.messages-seen"

        seen_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.has_unread_message = False
