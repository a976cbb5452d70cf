from __future__ import annotations

from datetime import timedelta

import pytest

from services.notifications.domain import Notice, NoticeState
from services.notifications.errors import (
    NoAddressError,
    NoticeUnderWayError,
    ReasonMissingError,
)
from shared.errors import NotAllowedError
from shared.personal import Erased
from tests.builders import an_applicant, an_officer, events
from tests.builders.notifications import NOW, a_notice, a_sent_notice

PAUSES = (2, 30)


def test_what_is_heard_twice_is_one_notice() -> None:
    assert a_notice().id == a_notice().id


@pytest.mark.parametrize(
    "other",
    [
        {"source": "workflow"},
        {"position": 3},
        {"template": "accepted"},
        {"template_version": 2},
        {"channel": "email"},
        {"recipient": "citizen-2"},
    ],
)
def test_whatever_differs_makes_another_notice(other: dict[str, object]) -> None:
    assert a_notice(**other).id != a_notice().id


def test_it_says_that_it_is_sent_before_it_is() -> None:
    notice = a_notice()

    notice.begin()

    assert notice.state == NoticeState.SENDING
    assert not notice.is_due(NOW)
    assert events(notice) == ["Sending"]


def test_what_the_provider_took_is_known_by_its_reference() -> None:
    notice = a_notice()
    notice.begin()

    notice.confirm_sent("sms-1")

    assert (notice.state, notice.reference) == ("sent", "sms-1")
    assert notice.sent_at == notice.modified_on


def test_what_cannot_be_sent_now_waits_longer_each_time() -> None:
    notice, waits = a_notice(), []

    for _ in PAUSES:
        notice.begin()
        notice.put_off("mail-server-unreachable", at=NOW, pauses=PAUSES)
        waits.append((notice.again_at or NOW) - NOW)

    assert waits == [timedelta(seconds=2), timedelta(seconds=30)]
    assert notice.reason == "mail-server-unreachable"


def test_what_waits_is_due_when_its_time_has_come() -> None:
    notice = a_notice()
    notice.begin()

    notice.put_off("smpp-88", at=NOW, pauses=PAUSES)

    assert not notice.is_due(NOW + timedelta(seconds=1))
    assert notice.is_due(NOW + timedelta(seconds=2))


def test_after_too_many_attempts_it_has_visibly_failed() -> None:
    notice = a_notice()

    for _ in range(3):
        notice.begin()
        notice.put_off("smpp-88", at=NOW, pauses=PAUSES)

    assert (notice.state, notice.reason) == ("failed", "retries-exhausted")


def test_a_notice_in_the_middle_of_being_sent_may_be_lost_sight_of() -> None:
    notice = a_notice()
    notice.begin()

    notice.lose_track()

    assert (notice.state, notice.reason) == ("unknown", "no-answer")
    assert not notice.is_due(NOW)


def test_only_then() -> None:
    notice = a_sent_notice()

    notice.lose_track()

    assert events(notice) == []


def test_a_receipt_says_that_it_arrived() -> None:
    notice = a_sent_notice("sms-1")

    notice.receive("sms-1", failure=None)

    assert notice.state == NoticeState.DELIVERED
    assert notice.delivered_at == notice.modified_on


def test_a_receipt_says_why_it_did_not_arrive() -> None:
    notice = a_sent_notice("sms-1")

    notice.receive("sms-1", failure="undeliverable")

    assert (notice.state, notice.reason) == ("failed", "undeliverable")


@pytest.mark.parametrize("notice", [a_sent_notice("sms-2"), a_notice()])
def test_a_receipt_of_another_attempt_changes_nothing(notice: Notice) -> None:
    notice.receive("sms-1", failure=None)

    assert events(notice) == []


def test_an_officer_has_it_sent_again_for_a_reason() -> None:
    notice = a_sent_notice()

    notice.resend(" number was corrected ", by=an_officer("front_desk"))

    assert notice.is_due(NOW)
    assert (notice.attempts, notice.sent_at) == (0, None)
    [resent] = notice.collect_events()
    assert isinstance(resent, Notice.Resent)
    assert resent.officer == an_officer().subject


def test_nothing_is_sent_again_without_a_reason() -> None:
    notice = a_sent_notice()

    with pytest.raises(ReasonMissingError):
        notice.resend("  ", by=an_officer("reviewer"))

    assert events(notice) == []


def test_what_is_still_on_its_way_is_not_sent_again() -> None:
    notice = a_notice()

    with pytest.raises(NoticeUnderWayError):
        notice.resend("to be sure", by=an_officer("reviewer"))

    assert events(notice) == []


@pytest.mark.parametrize("address", [None, Erased("citizen-1")])
def test_what_has_no_address_cannot_be_sent_again(address: Erased | None) -> None:
    notice = a_notice(address=address)
    notice.fail("no-address")
    notice.collect_events()

    with pytest.raises(NoAddressError):
        notice.resend("please", by=an_officer("reviewer"))

    assert events(notice) == []


def test_only_front_desk_and_reviewers_send_again() -> None:
    notice = a_sent_notice()

    for stranger in (an_applicant(), an_officer("clerk", "auditor")):
        with pytest.raises(NotAllowedError):
            notice.resend("please", by=stranger)

    assert events(notice) == []


@pytest.mark.parametrize(("is_reached", "state"), [(True, "called"), (False, "failed")])
def test_an_officer_calls_whom_no_notice_reached(is_reached: bool, state: str) -> None:
    notice = a_sent_notice()
    notice.fail("unknown-number")
    by = an_officer("front_desk")

    notice.note_call(is_reached=is_reached, note=" Sẽ đến thứ hai ", by=by)

    [*_, event] = notice.collect_events()
    assert notice.state == state
    assert event.note.value == "Sẽ đến thứ hai"  # type: ignore[attr-defined]


def test_nobody_calls_while_a_notice_is_under_way_or_without_the_role() -> None:
    with pytest.raises(NoticeUnderWayError):
        a_notice().note_call(is_reached=True, note="", by=an_officer("front_desk"))
    with pytest.raises(NotAllowedError):
        a_sent_notice().note_call(is_reached=True, note="", by=an_officer("clerk"))
