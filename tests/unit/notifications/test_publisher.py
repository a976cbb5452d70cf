from __future__ import annotations

from typing import Any

import pytest
from eventsourcing.persistence import Tracking

from services.notifications.publisher import translate
from shared.contracts.notifications import NoticeAccepted, NoticeProgressed
from tests.builders import an_officer
from tests.builders.notifications import (
    DOSSIER,
    NOW,
    a_new_notice,
    a_notice,
    a_recipient,
    a_sent_notice,
    the_facts,
)

PLACE = Tracking("notifications", 7)


def told(aggregate: Any) -> list[Any]:
    return [
        message
        for event in aggregate.collect_events()
        for message in translate(event, PLACE)
    ]


def progress(aggregate: Any) -> list[tuple[str, str | None]]:
    return [(each.state, each.reason) for each in told(aggregate)]


def test_a_notice_that_is_due_is_told_with_its_place_in_the_log() -> None:
    notice = a_notice()
    notice.begin()
    notice.fail("number-invalid")
    notice.collect_events()

    notice.resend("once more", by=an_officer("reviewer"))

    [message] = told(notice)
    assert isinstance(message, NoticeAccepted)
    assert (message.source, message.position) == ("notifications", 7)
    assert (message.dossier_id, message.notice_id) == (DOSSIER, notice.id)
    assert (message.channel, message.template) == ("sms", "submitted")


def test_a_new_notice_is_due() -> None:
    [message] = told(a_new_notice())

    assert isinstance(message, NoticeAccepted)


def test_all_that_becomes_of_it_is_told() -> None:
    notice = a_notice()

    notice.begin()
    notice.put_off("smpp-88", at=NOW, pauses=(2,))
    notice.begin()
    notice.confirm_sent("sms-1")
    notice.receive("sms-1", failure=None)

    assert progress(notice) == [
        ("sending", None),
        ("deferred", "smpp-88"),
        ("sending", None),
        ("sent", None),
        ("delivered", None),
    ]


def test_so_is_what_went_wrong() -> None:
    lost, returned = a_notice(), a_sent_notice("sms-1")

    lost.begin()
    lost.lose_track()
    returned.receive("sms-1", failure="undeliverable")

    assert progress(lost)[-1] == ("unknown", "no-answer")
    [message] = told(returned)
    assert isinstance(message, NoticeProgressed)
    assert (message.state, message.reason) == ("failed", "undeliverable")


@pytest.mark.parametrize("language", ["vi", "fr"])
def test_what_we_remember_of_people_is_nobody_elses_business(language: str) -> None:
    recipient = a_recipient()

    recipient.describe(the_facts(language=language))

    assert told(recipient) == []
