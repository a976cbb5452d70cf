"""Codes and links: to whom they go, in which words, and when they are of no use."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest

from services.notifications import codes
from services.notifications.application import NotificationsApplication
from services.notifications.codes import Saying
from services.notifications.domain import Notice, NoticeState
from services.notifications.errors import NoAddressError
from services.notifications.gsm7 import SEGMENT, units
from services.notifications.ports import PutOffError
from services.notifications.worker import NotificationsWorker, Rounds
from shared import commands
from shared.actor import SYSTEM, Actor
from shared.commands import Command
from shared.errors import NotAllowedError
from shared.personal import Personal, seal
from tests.builders.notifications import NOW, due, notifications
from tests.fakes_notifications import MemoryReceipts, Messenger, StoppedClock

LANGUAGES = ("vi", "en", "fr")
PHONE = "0901 234 567"
LINK = f"https://{'x' * 27}.vn/vi/return/{'t' * 32}"


@contextmanager
def ordered() -> Iterator[None]:
    commands.bind(Command(uuid4(), b""))
    try:
        yield
    finally:
        commands.bind(None)


def send(
    app: NotificationsApplication,
    *,
    purpose: str = "sign-in",
    language: str = "vi",
    by: Actor = SYSTEM,
    **told: str,
) -> Notice:
    about = {"to": PHONE, "code": "123456"} | told
    recipient = seal(Personal("citizen:1", json.dumps(about)), app.keys)
    with ordered():
        position = app.send_code(recipient, Saying(purpose, language), by=by)
    [stored] = app.recorder.select_notifications(position, 1)
    return app.notice(stored.originator_id)  # type: ignore[arg-type]  # ids are UUIDs


def text(notice: Notice) -> str:
    assert isinstance(notice.text, Personal)
    return notice.text.value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", ["sign-in", "return", "invitation"])
def test_a_code_fits_into_one_plain_short_message(purpose: str, language: str) -> None:
    notice = send(notifications(), purpose=purpose, language=language)

    assert notice.channel == "sms"
    assert notice.address == Personal("citizen:1", "+84901234567")
    assert "123456" in text(notice)
    assert text(notice).isascii()
    assert units(text(notice)) <= SEGMENT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", ["return", "invitation"])
def test_a_link_fits_whole_and_brings_no_code(purpose: str, language: str) -> None:
    notice = send(notifications(), purpose=purpose, language=language, link=LINK)

    assert LINK.partition("://")[2] in text(notice)
    assert "123456" not in text(notice)
    assert units(text(notice)) <= SEGMENT


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_keeps_its_accents_and_says_that_nobody_asks(language: str) -> None:
    notice = send(notifications(), language=language, to="an@example.org")

    assert notice.channel == "email"
    assert "123456" in text(notice)
    assert codes.texts().no_reply[language] in text(notice)


@pytest.mark.parametrize("to", ["", "12", "an@", "an@example.org\nBcc: x@y.org"])
def test_nothing_goes_where_nobody_is(to: str) -> None:
    app = notifications()

    with pytest.raises(NoAddressError):
        send(app, to=to)

    assert app.recorder.select_notifications(1, 10) == []


@pytest.mark.parametrize(
    "by", [Actor("citizen:1"), Actor("staff:a", roles=("manager",), kind="staff")]
)
def test_only_the_portal_may_have_codes_sent(by: Actor) -> None:
    app = notifications()

    with pytest.raises(NotAllowedError):
        send(app, by=by)

    assert app.recorder.select_notifications(1, 10) == []


def test_what_is_stored_shows_neither_code_nor_phone() -> None:
    app = notifications()

    send(app)

    stored = b"".join(each.state for each in app.recorder.select_notifications(1, 10))
    assert b"123456" not in stored
    assert b"901234567" not in stored


def test_a_code_is_sent_at_once() -> None:
    app = notifications()
    messenger = Messenger()
    worker = NotificationsWorker(app, {"sms": messenger}, (2,))

    worker.handle(due(send(app)))

    [outgoing] = messenger.taken
    assert "123456" in outgoing.text


def test_a_code_that_is_too_late_is_not_sent_any_more() -> None:
    clock = StoppedClock(NOW)
    app = notifications(clock)
    messenger = Messenger([PutOffError("smpp-88")])
    worker = NotificationsWorker(app, {"sms": messenger}, (2,))
    notice = send(app)
    worker.handle(due(notice))

    clock.move(minutes=10)
    Rounds(worker, MemoryReceipts()).make()

    assert messenger.taken == []
    assert app.notice(notice.id).state == NoticeState.FAILED
    assert app.notice(notice.id).reason == "expired"


def test_officers_cannot_send_a_code_again() -> None:
    app = notifications()
    notice = send(app)
    officer = Actor("staff:a", agency="ttpvhcc_xa", roles=("front_desk",), kind="staff")

    with pytest.raises(NotAllowedError):
        app.resend(notice.id, "please", by=officer)
