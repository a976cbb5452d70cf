"""Sends notices, listens for their receipts, and tries again what could not be sent."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import ClassVar
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from services.notifications.application import NotificationsApplication
from services.notifications.domain import Notice
from services.notifications.ports import (
    Attachment,
    Carrier,
    NoAnswerError,
    Outgoing,
    PutOffError,
    Receipts,
    RejectedError,
)
from shared.contracts.notifications import NoticeAccepted
from shared.personal import Personal

SILENCE = timedelta(minutes=5)  # longer than any provider's answer may take

BETWEEN_ROUNDS = 1.0  # seconds


@dataclass(frozen=True)
class NotificationsWorker:
    """Says that it sends before it sends: a crash in between is seen, not repeated.

    One notice at a time, whichever thread asks: what is found in the middle of being
    sent has lost its sender.
    """

    inbox: ClassVar[str] = "notifications-work"

    app: NotificationsApplication
    carriers: Mapping[str, Carrier]
    pauses: Sequence[int]
    turn: Lock = field(default_factory=Lock, repr=False)

    def handle(self, message: NoticeAccepted) -> None:
        """Send it, or see that somebody began to and never came back."""
        with self.turn:
            if not self.app.has_handled(message):
                notice = self.app.notice(message.notice_id)
                notice.lose_track()
                self._send_if_due(notice)
                self.app.save_for(message, notice)

    def try_again(self, notice_id: UUID) -> None:
        """Send what was put off, unless it was done meanwhile."""
        with self.turn:
            notice = self.app.notice(notice_id)
            self._send_if_due(notice)
            self.app.save(notice)

    def _send_if_due(self, notice: Notice) -> None:
        """Leaves for its caller to save how it ended."""
        now = self.app.clock()
        if not notice.is_due(now):
            return
        if notice.is_too_late(now):
            notice.fail("expired")
            return
        if (outgoing := prepared(notice, at=now)) is None:
            notice.fail("recipient-erased")
            return
        notice.begin()
        self.app.save(notice)
        try:
            reference = self.carriers[notice.channel].send(outgoing)
        except PutOffError as hindrance:
            notice.put_off(hindrance.reason, at=now, pauses=self.pauses)
        except RejectedError as hindrance:
            notice.fail(hindrance.reason)
        except NoAnswerError:
            notice.lose_track()
        else:
            notice.confirm_sent(reference)


def prepared(notice: Notice, *, at: datetime) -> Outgoing | None:
    """What leaves the house; nothing, when its recipient was forgotten meanwhile."""
    match notice.address, notice.subject_line, notice.text:
        case Personal(value=address), Personal(value=subject), Personal(value=text):
            return Outgoing(
                notice_id=notice.id,
                language=notice.language,
                address=address,
                subject_line=subject,
                text=text,
                attachment=attachment(notice),
                written_at=at,
            )
    return None


def attachment(notice: Notice) -> Attachment | None:
    if (paper := notice.attachment) is None:
        return None
    return Attachment(paper["sha256"], paper["name"])


@dataclass(frozen=True)
class Rounds:
    """Looks every second at what waits: for a later time, for an answer, for news."""

    worker: NotificationsWorker
    receipts: Receipts
    sleep: Callable[[float], None] = time.sleep

    def run(self) -> None:
        while True:
            self.make()
            self.sleep(BETWEEN_ROUNDS)

    def make(self) -> None:
        """Whoever else saw the same first has done it; a collision changes nothing."""
        app = self.worker.app
        now = app.clock()
        for notice_id in app.notices.due(now):
            with suppress(IntegrityError):
                self.worker.try_again(notice_id)
        for notice_id in app.notices.silent_since(now - SILENCE):
            with suppress(IntegrityError):
                app.lose_track(notice_id)
        for notice_id, receipt in self.receipts.matched():
            with suppress(IntegrityError):
                app.receive(notice_id, receipt)
                self.receipts.settle(receipt)
