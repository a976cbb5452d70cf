from __future__ import annotations

from typing import Any

import pytest
from eventsourcing.persistence import IntegrityError

from services.notifications.application import NotificationsApplication
from services.notifications.domain import Notice
from services.notifications.ports import (
    NoAnswerError,
    PutOffError,
    Receipt,
    RejectedError,
)
from services.notifications.worker import NotificationsWorker, Rounds
from tests.builders.notifications import (
    NOW,
    accepted,
    due,
    notifications,
    opened,
    paper_issued,
    submitted,
    the_notices,
)
from tests.fakes_notifications import MemoryReceipts, Messenger, StoppedClock

PAUSES = (2, 30)


class Desk:
    """A worker, what it sends by, and the notices of one submitted dossier."""

    def __init__(self, *hindrances: Exception) -> None:
        self.clock = StoppedClock(NOW)
        self.app = notifications(self.clock)
        self.messenger = Messenger(hindrances)
        carriers = {"sms": self.messenger, "email": self.messenger}
        self.worker = NotificationsWorker(self.app, carriers, PAUSES)
        self.receipts = MemoryReceipts()
        self.rounds = Rounds(self.worker, self.receipts)
        for message in (opened(), submitted()):
            self.app.handle(message)

    @property
    def notice(self) -> Notice:
        return the_notices(self.app)[0]

    @property
    def state(self) -> str:
        return self.notice.state.value

    def sends(self) -> Notice:
        self.worker.handle(due(self.notice))
        return self.notice


def history(app: NotificationsApplication, notice: Notice) -> list[str]:
    return [type(event).__name__ for event in app.events.get(notice.id)]


def test_a_notice_leaves_the_house_once() -> None:
    desk = Desk()

    notice = desk.sends()
    desk.sends()

    [outgoing] = desk.messenger.taken
    assert outgoing.address == "+84901234567"
    assert outgoing.notice_id == notice.id
    assert history(desk.app, notice) == ["Accepted", "Sending", "Sent"]


def test_a_paper_goes_with_its_letter() -> None:
    desk = Desk()
    for message in (accepted(), paper_issued("receipt")):
        desk.app.handle(message)
    letter = the_notices(desk.app)[-1]

    desk.worker.handle(due(letter))

    [outgoing] = desk.messenger.taken
    assert outgoing.attachment is not None
    assert outgoing.attachment.name.startswith("receipt-")


def test_a_notice_whose_sender_died_is_not_sent_again() -> None:
    desk = Desk()
    begun = desk.notice
    begun.begin()
    desk.app.save(begun)

    notice = desk.sends()

    assert notice.state == "unknown"
    assert desk.messenger.taken == []


def test_what_nobody_confirmed_is_unknown() -> None:
    desk = Desk(NoAnswerError("no-answer"))

    notice = desk.sends()

    assert (notice.state, notice.reason) == ("unknown", "no-answer")


def test_what_is_rejected_has_failed_at_once() -> None:
    desk = Desk(RejectedError("number-invalid"))

    notice = desk.sends()

    assert (notice.state, notice.reason) == ("failed", "number-invalid")
    assert desk.app.has_handled(due(notice))


def test_what_cannot_be_sent_now_is_sent_when_its_time_comes() -> None:
    desk = Desk(PutOffError("sms-centre-unreachable"))
    desk.sends()
    desk.rounds.make()
    assert desk.state == "deferred"

    desk.clock.move(seconds=2)
    desk.rounds.make()

    assert desk.state == "sent"
    assert desk.notice.attempts == 2


def test_what_can_never_be_sent_visibly_fails() -> None:
    desk = Desk(*[PutOffError("smpp-88")] * 3)
    desk.sends()

    for _ in PAUSES:
        desk.clock.move(minutes=1)
        desk.rounds.make()

    notice = desk.notice
    assert (notice.state, notice.reason) == ("failed", "retries-exhausted")
    assert notice.attempts == 3


def test_a_bug_is_not_a_failure_of_the_notice() -> None:
    desk = Desk(KeyError("bug"))

    with pytest.raises(KeyError):
        desk.sends()

    assert desk.state == "sending"
    assert not desk.app.has_handled(due(desk.notice))


def test_who_was_forgotten_meanwhile_gets_nothing() -> None:
    desk = Desk()
    desk.app.keys.erase("citizen-1")

    notice = desk.sends()

    assert (notice.state, notice.reason) == ("failed", "recipient-erased")
    assert desk.messenger.taken == []


def test_a_later_attempt_whose_sender_died_is_noticed_after_a_while() -> None:
    desk = Desk()
    begun = desk.notice
    begun.begin()
    desk.app.save(begun)

    desk.clock.at = begun.modified_on
    desk.rounds.make()
    assert desk.state == "sending"

    desk.clock.move(minutes=6)
    desk.rounds.make()
    assert desk.state == "unknown"


def test_a_receipt_waits_until_its_notice_is_known() -> None:
    desk = Desk()
    notice = desk.sends()
    desk.receipts.keep(Receipt(notice.reference or ""))
    desk.rounds.make()
    assert desk.state == "sent"

    desk.receipts.notices[notice.reference or ""] = notice.id
    desk.rounds.make()

    assert desk.state == "delivered"
    assert desk.receipts.kept == []


def test_who_was_overtaken_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(PutOffError("smpp-88"))
    desk.sends()
    desk.clock.move(seconds=2)

    def overtaken(*_: Any) -> None:
        raise IntegrityError

    monkeypatch.setattr(desk.app, "save", overtaken)
    desk.rounds.make()

    assert desk.state == "deferred"
    assert desk.messenger.taken == []


def test_rounds_go_on_for_ever() -> None:
    def interrupt(seconds: float) -> None:
        raise KeyboardInterrupt

    desk = Desk()

    with pytest.raises(KeyboardInterrupt):
        Rounds(desk.worker, desk.receipts, sleep=interrupt).run()
