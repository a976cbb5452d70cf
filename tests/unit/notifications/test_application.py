from __future__ import annotations

import json
from uuid import uuid4

import pytest

from services.notifications.application import NotificationsApplication
from services.notifications.domain import Notice, Recipient
from services.notifications.errors import NoticeNotFoundError, TooEarlyError
from services.notifications.ports import Receipt
from shared.actor import Actor
from shared.contracts.base import Message
from shared.errors import NotAllowedError
from shared.personal import Erased
from tests.builders import an_applicant
from tests.builders.notifications import (
    DOSSIER,
    UNIT,
    a_contact,
    accepted,
    facts,
    notifications,
    paper_issued,
    refused,
    result_released,
    result_returned,
    step_opened,
    submitted,
    supplement_requested,
    the_notices,
    told,
    withdrawn,
)
from tests.builders.notifications_law import (
    BASIS,
    LATER,
    apology_approved,
    case_resumed,
    case_suspended,
    due_date_moved,
    payment_asked,
    payment_recorded,
    payment_refunded,
    processing_stopped,
    result_withdrawn,
    step_reminded,
    supplement_expired,
    withdrawal_decided,
)

OFFICER = Actor("officer-7", agency=UNIT, roles=("front_desk",), kind="staff")
STRANGER = Actor("officer-8", agency="so_y_te", roles=("reviewer",), kind="staff")
AUDITOR = Actor("auditor-1", agency="so_noi_vu", roles=("auditor",), kind="staff")

STORY: list[Message] = [
    submitted(2),
    accepted(3),
    paper_issued("receipt", 1),
    supplement_requested(4),
    paper_issued("decision", 2),
    result_released(1),
    result_returned(5),
]


def failed(app: NotificationsApplication) -> Notice:
    """The first notice about the dossier, sent in vain."""
    notice = the_notices(app)[0]
    notice.begin()
    notice.fail("number-invalid")
    app.save(notice)
    return notice


def test_the_applicant_is_told_at_each_step_in_both_ways() -> None:
    app = told(*STORY)

    assert [(each.template, each.channel) for each in the_notices(app)] == [
        (template, channel)
        for template in ("submitted", "accepted", "supplement", "ready", "returned")
        for channel in ("sms", "email")
    ]


def test_a_message_heard_twice_is_told_once() -> None:
    app = told(submitted(), submitted())

    assert len(the_notices(app)) == 2


@pytest.mark.parametrize(
    "story",
    [
        [refused(), paper_issued("refusal")],
        [accepted(), paper_issued("decision"), result_released(kind="refuse")],
    ],
)
def test_a_refusal_is_told_with_its_paper(story: list[Message]) -> None:
    [sms, email] = the_notices(told(*story))

    assert sms.template == email.template == "refused"
    assert sms.attachment is None
    assert email.attachment is not None


def test_a_supplement_is_told_with_its_form_once_the_form_is_there() -> None:
    asked = supplement_requested(
        about=facts(), contact=a_contact(), presentation=facts()["presentation"]
    )

    before = told(asked)
    [sms, email] = the_notices(told(asked, paper_issued("supplement")))

    assert the_notices(before) == []
    assert sms.template == email.template == "supplement"
    assert "ban ve thiet ke. Han: 01/12/2026" in value(sms.text)
    assert email.attachment is not None


def test_an_apology_is_told_with_form_04_and_both_dates() -> None:
    app = told(accepted(), apology_approved(), paper_issued("apology"))

    [sms, email] = the_notices(app)
    assert sms.template == "apology"
    assert "tre hen 26/11/2026. Hen lai 01/12/2026" in value(sms.text)
    assert "Lý do: chờ xác minh." in value(email.text)
    assert email.attachment is not None


def test_a_stop_is_told_with_form_05() -> None:
    app = told(accepted(), processing_stopped(), paper_issued("stop"))

    [sms, email] = the_notices(app)
    assert sms.template == "stopped"
    assert f"Căn cứ: {BASIS}." in value(email.text)
    assert email.attachment is not None


def test_what_ends_at_the_applicants_wish_is_told_once_as_withdrawn() -> None:
    app = told(
        accepted(),
        processing_stopped(ground="withdrawal"),
        paper_issued("stop"),
        withdrawal_decided(granted=True),
        withdrawn(),
    )

    assert [each.template for each in the_notices(app)] == ["withdrawn"] * 2


@pytest.mark.parametrize("kind", ["apology", "stop", "supplement"])
def test_a_paper_waits_until_we_know_what_it_is_about(kind: str) -> None:
    app = told(accepted())

    with pytest.raises(TooEarlyError):
        app.handle(paper_issued(kind))


def test_a_receipt_for_money_at_the_counter_needs_nothing_else() -> None:
    app = told(payment_recorded(), paper_issued("payment", number="0000123/BL"))

    [sms] = the_notices(app)
    assert sms.template == "paid"
    assert "Bien lai so 0000123/BL" in value(sms.text)


def test_a_payment_changes_no_wishes_that_are_known() -> None:
    quiet = submitted(contact=a_contact(sms=False))

    app = told(quiet, payment_recorded(), paper_issued("payment"))

    assert {each.channel for each in the_notices(app)} == {"email"}


@pytest.mark.parametrize(
    ("message", "template", "words"),
    [
        (payment_asked(), "payment", "can nop 150.000 dong phi, le phi. Chi"),
        (payment_refunded(), "refunded", "hoan lai 150.000 dong"),
        (due_date_moved(), "moved", "ngay hen 26/11/2026 doi thanh 01/12/2026"),
        (case_suspended(), "suspended", "tam dung giai quyet tu 21/11/2026. Ly do: "),
        (case_resumed(), "resumed", "Hen tra ket qua: 01/12/2026"),
        (result_withdrawn(), "recalled", "Ly do: nham ten"),
        (withdrawal_decided(granted=False), "denied", "khong duoc chap nhan"),
        (step_reminded(), "reminder", "dang cho Ong/Ba: Xac nhan. Han: 01/12/2026"),
        (supplement_expired(), "expired", "qua han bo sung 01/12/2026"),
    ],
    ids=lambda value: getattr(value, "type", ""),
)
def test_what_the_law_does_to_a_dossier_is_told(
    message: Message, template: str, words: str
) -> None:
    [sms, email] = the_notices(told(accepted(), message, message))

    assert (sms.template, email.template) == (template, template)
    assert words in value(sms.text)
    assert "{" not in value(email.text)


def test_the_ready_result_names_the_date_it_was_moved_to() -> None:
    app = told(accepted(), due_date_moved(reason="extension"))

    recipient: Recipient = app.repository.get(Recipient.create_id(DOSSIER))
    assert recipient.due_at == LATER
    assert the_notices(app) == []


def value(text: object) -> str:
    return str(getattr(text, "value", ""))


def test_a_draft_ends_without_a_word() -> None:
    app = told(withdrawn())

    assert the_notices(app) == []
    assert app.has_handled(withdrawn())


def test_who_takes_a_dossier_back_is_told_that_it_ended() -> None:
    app = told(submitted(), withdrawn())

    assert [each.template for each in the_notices(app)][2:] == ["withdrawn"] * 2


def test_who_has_no_address_is_a_visible_failure() -> None:
    app = told(submitted(contact=a_contact(phone=None, email=None)))

    [notice] = the_notices(app)
    assert (notice.channel, notice.state) == ("none", "failed")
    assert notice.reason == "no-address"


def test_of_who_was_forgotten_nothing_is_written_down() -> None:
    app = told(submitted(contact=Erased("citizen-1")))

    [notice] = the_notices(app)
    assert notice.reason == "recipient-erased"
    assert notice.text == notice.subject_line == Erased("citizen-1")


@pytest.mark.parametrize(
    "early", [submitted(), supplement_requested(), paper_issued("receipt")]
)
def test_a_message_before_its_dossier_is_heard_again(early: Message) -> None:
    app = notifications()

    with pytest.raises(TooEarlyError):
        app.handle(early)

    assert not app.has_handled(early)


def test_a_receipt_before_the_acceptance_is_heard_again() -> None:
    app = told(submitted())

    with pytest.raises(TooEarlyError):
        app.handle(paper_issued("receipt"))

    assert [each.template for each in the_notices(app)] == ["submitted"] * 2


def test_what_is_asked_of_an_unknown_person_is_heard_again() -> None:
    app = told()

    with pytest.raises(TooEarlyError):
        app.handle(supplement_requested())


@pytest.mark.parametrize("reader", [an_applicant(), OFFICER])
def test_the_applicant_and_their_offices_read_what_was_said(reader: Actor) -> None:
    [sms, email] = told(submitted()).messages(DOSSIER, by=reader)

    assert sms["text"].startswith("Da nhan ho so")
    assert email["recipient"] == "a***@example.org"
    assert (sms["state"], sms["channel"], sms["language"]) == ("accepted", "sms", "vi")


def test_an_auditor_sees_that_something_was_said() -> None:
    [sms, _] = told(submitted()).messages(DOSSIER, by=AUDITOR)

    assert sms["text"] is sms["subject"] is None
    assert sms["recipient"] == "***567"


def test_a_unit_sees_a_dossier_once_it_has_a_step_of_it() -> None:
    app = told(submitted())
    with pytest.raises(NotAllowedError):
        app.messages(DOSSIER, by=STRANGER)

    app.handle(step_opened("so_y_te"))

    assert len(app.messages(DOSSIER, by=STRANGER)) == 2


def test_what_is_answered_can_cross_the_bus() -> None:
    app = told(*STORY)
    failed(app)

    answer = app.messages(DOSSIER, by=OFFICER)

    assert json.loads(json.dumps(answer)) == answer
    assert answer[0]["reason"] == "number-invalid"
    assert answer[3]["attachment"] is not None


def test_an_officer_of_an_involved_unit_sends_again() -> None:
    app = told(submitted())
    notice = failed(app)

    position = app.resend(notice.id, "số điện thoại đã đúng", by=OFFICER)

    assert app.notice(notice.id).state == "accepted"
    assert position == app.recorder.max_notification_id()


def test_nobody_else_does() -> None:
    app = told(submitted())
    notice = failed(app)

    for stranger in (STRANGER, AUDITOR, an_applicant()):
        with pytest.raises(NotAllowedError):
            app.resend(notice.id, "please", by=stranger)

    assert app.notice(notice.id).state == "failed"


def test_an_unknown_notice_is_refused() -> None:
    with pytest.raises(NoticeNotFoundError):
        told().resend(uuid4(), "please", by=OFFICER)


def test_a_notice_hears_of_its_delivery() -> None:
    app = told(submitted())
    notice = the_notices(app)[0]
    notice.begin()
    notice.confirm_sent("sms-1")
    app.save(notice)

    app.receive(notice.id, Receipt("sms-1"))

    assert app.notice(notice.id).state == "delivered"


def test_who_is_asked_for_more_at_the_counter_is_told_too() -> None:
    """Before anything else was told of their dossier."""
    names = ("procedure_name", "unit", "language", "result_channel")
    about = {name: value for name, value in facts().items() if name in names}
    asked = supplement_requested(2, about=about, contact=a_contact())

    app = told(asked)

    templates = {each.template for each in the_notices(app)}
    assert templates == {"supplement"}
    assert app.messages(DOSSIER, by=OFFICER)
