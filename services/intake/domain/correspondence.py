"""Messages between the applicant and the offices that have the dossier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.intake.contact_errors import (
    DossierNotSentError,
    MessageEmptyError,
    TooManyMessagesError,
)
from services.intake.domain.record import CITIZEN, OFFICE, DossierRecord, Text
from services.intake.domain.rules import Rules
from services.intake.errors import (
    TooManyFilesError,
)
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Personal

WRITERS = (
    *("front_desk", "reviewer", "unit_leader", "agency_leader"),
    *("clerk", "return_officer", "cashier", "inspector"),
)
MOST_UNANSWERED = 20
MOST_ATTACHED = 5


class Correspondence(DossierRecord):
    def require_correspondent(
        self, rules: Rules, by: Actor, *, is_concerned: bool
    ) -> str:
        """The applicant and who writes for them, or an office that has the dossier."""
        if self.may(by, "write"):
            return CITIZEN
        is_theirs = is_concerned or self.is_received_by(rules, by)
        if by.kind != "staff" or not by.has(*WRITERS) or not is_theirs:
            raise NotAllowedError(str(self.id))
        if self.is_private:
            raise NotAllowedError(str(self.id))
        return OFFICE

    def write_message(
        self, text: str, files: Sequence[UUID], *, side: str, by: Actor, now: datetime
    ) -> None:
        """Say something to the other side, who is told that it was said."""
        if self.is_draft and self.channel == "online":
            raise DossierNotSentError(str(self.id))
        if not text.strip():
            raise MessageEmptyError(str(self.id))
        if len(files) > MOST_ATTACHED:
            raise TooManyFilesError(str(self.id))
        unread = self.unread_by(other(side))
        if unread >= MOST_UNANSWERED:
            raise TooManyMessagesError(str(self.id))
        is_office = side == OFFICE
        self.trigger_event(
            self.MessageWritten,
            number=len(self.messages) + 1,
            by_kind=side,
            author=by.subject,
            unit=by.agency if is_office else None,
            officer=Personal(by.subject, by.name) if is_office else None,
            text=Personal(self.applicant, text.strip()),
            files=list(files),
            is_first=unread == 0,
            written_at=now,
        )

    class MessageWritten(Aggregate.Event):
        TOPIC = "intake.dossier.message-written"

        number: int
        by_kind: str
        author: str
        unit: str | None
        officer: Text | None
        text: Text
        files: list[UUID]
        is_first: bool
        written_at: datetime

        def apply(self, aggregate: Correspondence) -> None:
            aggregate.read_up_to[self.by_kind] = self.number
            aggregate.messages.append(
                {
                    "number": self.number,
                    "by_kind": self.by_kind,
                    "author": self.author,
                    "unit": self.unit,
                    "officer": self.officer,
                    "text": self.text,
                    "files": self.files,
                    "written_at": self.written_at,
                }
            )

    def read_messages(self, *, side: str, by: Actor, now: datetime) -> None:
        """Note that what the other side wrote was seen; seen again is no news."""
        if self.unread_by(side):
            self.trigger_event(
                self.MessagesRead,
                by_kind=side,
                reader=by.subject,
                unit=by.agency if side == OFFICE else None,
                up_to=len(self.messages),
                read_at=now,
            )

    class MessagesRead(Aggregate.Event):
        TOPIC = "intake.dossier.messages-read"

        by_kind: str
        reader: str
        unit: str | None
        up_to: int
        read_at: datetime

        def apply(self, aggregate: Correspondence) -> None:
            aggregate.read_up_to[self.by_kind] = self.up_to


def other(side: str) -> str:
    return CITIZEN if side == OFFICE else OFFICE
