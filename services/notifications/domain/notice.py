"""The notice: one text for one person by one way, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.notifications.errors import (
    NoAddressError,
    NoticeUnderWayError,
    ReasonMissingError,
)
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Erased, Personal


class NoticeState(StrEnum):
    ACCEPTED = "accepted"
    SENDING = "sending"
    DEFERRED = "deferred"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CALLED = "called"


UNDER_WAY = (NoticeState.ACCEPTED, NoticeState.SENDING, NoticeState.DEFERRED)

ABOUT = ("channel", "template", "language")

SENDERS = ("front_desk", "reviewer")  # who may send a notice again, or call instead


class Notice(Aggregate):
    """One thing that happened, told to one person in one way."""

    TOPIC = "notifications.notice"

    dossier_id: UUID | None

    class Event(Aggregate.Event):
        """Whoever hears of a notice wants to know what it is about, and which way."""

        channel: str
        template: str
        language: str

    def trigger_event(self, event_class: type[Any], **values: Any) -> None:
        about = {name: getattr(self, name) for name in ABOUT}
        super().trigger_event(event_class, **about, **values)

    class Accepted(Event, AggregateCreated):
        TOPIC = "notifications.notice.accepted"

        source: str
        position: int
        template_version: int
        recipient: str
        address: Personal | Erased | None
        subject_line: Personal | Erased
        text: Personal | Erased
        attachment: dict[str, str] | None
        expires_at: datetime | None = None

    def __init__(  # noqa: PLR0913 -- what a notice says is decided once, as a whole
        self,
        *,
        dossier_id: UUID | None,
        source: str,
        position: int,
        template: str,
        template_version: int,
        channel: str,
        recipient: str,
        language: str,
        address: Personal | Erased | None,
        subject_line: Personal | Erased,
        text: Personal | Erased,
        attachment: dict[str, str] | None,
        expires_at: datetime | None = None,
    ) -> None:
        self.dossier_id = dossier_id
        self.template = template
        self.template_version = template_version
        self.channel = channel
        self.recipient = recipient
        self.language = language
        self.address = address
        self.subject_line = subject_line
        self.text = text
        self.attachment = attachment
        self.expires_at = expires_at
        self.state = NoticeState.ACCEPTED
        self.attempts = 0
        self.reason: str | None = None
        self.reference: str | None = None
        self.again_at: datetime | None = None
        self.sent_at: datetime | None = None
        self.delivered_at: datetime | None = None

    @staticmethod
    def create_id(
        source: str,
        position: int,
        template: str,
        template_version: int,
        channel: str,
        recipient: str,
    ) -> UUID:
        """What is heard twice is one notice: its id follows from its cause."""
        cause = f"{source}/{position}/{template}/{template_version}"
        return uuid5(NAMESPACE_URL, f"notifications/{cause}/{channel}/{recipient}")

    def is_due(self, at: datetime) -> bool:
        """Nobody has it in hand, and it does not wait for a later time."""
        if self.state == NoticeState.DEFERRED:
            return self.again_at is not None and self.again_at <= at
        return self.state == NoticeState.ACCEPTED

    def is_too_late(self, at: datetime) -> bool:
        """Whoever reads it now can do nothing with it any more."""
        return self.expires_at is not None and self.expires_at <= at

    def begin(self) -> None:
        """Say that it is being sent, before anything leaves the house."""
        self.trigger_event(self.Sending)

    class Sending(Event):
        TOPIC = "notifications.notice.sending"

        def apply(self, aggregate: Notice) -> None:
            aggregate.state = NoticeState.SENDING
            aggregate.attempts += 1
            aggregate.reason = aggregate.again_at = None

    def confirm_sent(self, reference: str) -> None:
        """The provider took it, and calls it by this reference."""
        self.trigger_event(self.Sent, reference=reference)

    class Sent(Event):
        TOPIC = "notifications.notice.sent"

        reference: str

        def apply(self, aggregate: Notice) -> None:
            aggregate.state = NoticeState.SENT
            aggregate.reference = self.reference
            aggregate.sent_at = self.timestamp

    def put_off(self, reason: str, *, at: datetime, pauses: Sequence[int]) -> None:
        """It could not be sent now: later, or not at all after too many attempts."""
        if self.attempts > len(pauses):
            self.fail("retries-exhausted")
        else:
            again_at = at + timedelta(seconds=pauses[self.attempts - 1])
            self.trigger_event(self.Deferred, reason=reason, again_at=again_at)

    class Deferred(Event):
        TOPIC = "notifications.notice.deferred"

        reason: str
        again_at: datetime

        def apply(self, aggregate: Notice) -> None:
            aggregate.state = NoticeState.DEFERRED
            aggregate.reason = self.reason
            aggregate.again_at = self.again_at

    def fail(self, reason: str) -> None:
        """It did not reach its recipient, and will not by itself."""
        self.trigger_event(self.Failed, reason=reason)

    class Failed(Event):
        TOPIC = "notifications.notice.failed"

        reason: str

        def apply(self, aggregate: Notice) -> None:
            aggregate.state = NoticeState.FAILED
            aggregate.reason = self.reason

    def lose_track(self) -> None:
        """Sending began and nobody knows how it ended. A person decides what to do."""
        if self.state == NoticeState.SENDING:
            self.trigger_event(self.Unknown)

    class Unknown(Event):
        TOPIC = "notifications.notice.unknown"

        def apply(self, aggregate: Notice) -> None:
            aggregate.state = NoticeState.UNKNOWN
            aggregate.reason = "no-answer"

    def receive(self, reference: str, *, failure: str | None) -> None:
        """The provider tells what became of the last attempt."""
        if self.state != NoticeState.SENT or self.reference != reference:
            return
        if failure:
            self.fail(failure)
        else:
            self.trigger_event(self.Delivered)

    class Delivered(Event):
        TOPIC = "notifications.notice.delivered"

        def apply(self, aggregate: Notice) -> None:
            aggregate.state = NoticeState.DELIVERED
            aggregate.delivered_at = self.timestamp

    def resend(self, reason: str, *, by: Actor) -> None:
        """Try once more, because an officer says why."""
        if not by.has(*SENDERS):
            raise NotAllowedError(str(self.id))
        if not reason.strip():
            raise ReasonMissingError(str(self.id))
        if self.state in UNDER_WAY:
            raise NoticeUnderWayError(str(self.id))
        if not isinstance(self.address, Personal):
            raise NoAddressError(str(self.id))
        self.trigger_event(
            self.Resent,
            officer=by.subject,
            reason=Personal(self.recipient, reason.strip()),
        )

    class Resent(Event):
        TOPIC = "notifications.notice.resent"

        officer: str
        reason: Personal | Erased

        def apply(self, aggregate: Notice) -> None:
            aggregate.state = NoticeState.ACCEPTED
            aggregate.attempts = 0
            aggregate.reason = aggregate.reference = None
            aggregate.sent_at = aggregate.delivered_at = None

    def note_call(self, *, is_reached: bool, note: str, by: Actor) -> None:
        """An officer telephoned, since nothing else had reached the recipient."""
        if not by.has(*SENDERS):
            raise NotAllowedError(str(self.id))
        if self.state in UNDER_WAY:
            raise NoticeUnderWayError(str(self.id))
        self.trigger_event(
            self.Called,
            officer=by.subject,
            is_reached=is_reached,
            note=Personal(self.recipient, note.strip()) if note.strip() else None,
        )

    class Called(Event):
        TOPIC = "notifications.notice.called"

        officer: str
        is_reached: bool
        note: Personal | Erased | None

        def apply(self, aggregate: Notice) -> None:
            if self.is_reached:
                aggregate.state = NoticeState.CALLED
            aggregate.reason = None if self.is_reached else "not-reached"
