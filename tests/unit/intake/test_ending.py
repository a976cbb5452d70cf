from __future__ import annotations

from uuid import UUID

import pytest

from services.intake.application import IntakeApplication
from services.intake.errors import (
    DossierClosedError,
    FeesUnpaidError,
    ResultNotReadyError,
    WithdrawalPendingError,
    WithdrawalTooLateError,
)
from shared.errors import NotAllowedError
from shared.personal import Personal
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    a_complete_dossier,
    a_result_released,
    a_submitted_dossier,
    a_supplement_asked,
    a_withdrawal_decided,
    an_accepted_dossier,
    an_intake,
    an_open_dossier,
    front_desk,
    happened,
    the_dossier,
)

PERMIT = "house-building-permit"


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT)


def pay(intake: IntakeApplication, dossier_id: UUID) -> None:
    payment = {"amount": 37500, "method": "card", "reference": "1"}
    intake.record_payment(dossier_id, payment, by=front_desk())


@pytest.mark.parametrize(
    "make", [an_open_dossier, a_complete_dossier, a_submitted_dossier]
)
def test_before_acceptance_a_dossier_is_taken_back_at_once(
    make: object, intake: IntakeApplication
) -> None:
    dossier_id = make(intake)  # type: ignore[operator]

    intake.withdraw_dossier(dossier_id, "đổi ý", by=an_applicant())

    event = list(intake.events.get(dossier_id))[-1]
    assert the_dossier(intake, dossier_id).status == 7
    assert event.reason == Personal("citizen-1", "đổi ý")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("granted", "status", "event"),
    [(True, 7, "Withdrawn"), (False, 2, "WithdrawalDenied")],
)
def test_after_acceptance_the_authority_decides(
    granted: bool, status: int, event: str, intake: IntakeApplication
) -> None:
    dossier_id = an_accepted_dossier(intake)

    intake.withdraw_dossier(dossier_id, "", by=an_applicant())
    asked = the_dossier(intake, dossier_id)
    intake.handle(a_withdrawal_decided(dossier_id, granted=granted))

    assert (asked.status, asked.is_withdrawal_asked) == (2, True)
    assert the_dossier(intake, dossier_id).status == status
    assert happened(intake, dossier_id)[-1] == event


def test_a_withdrawal_is_asked_for_once(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)
    intake.withdraw_dossier(dossier_id, "", by=an_applicant())

    with pytest.raises(WithdrawalPendingError):
        intake.withdraw_dossier(dossier_id, "", by=an_applicant())


def test_a_decision_on_what_nobody_asked_changes_nothing(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)

    intake.handle(a_withdrawal_decided(dossier_id, granted=True))

    assert the_dossier(intake, dossier_id).status == 2


def test_a_signed_result_cannot_be_withdrawn_from(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)
    intake.handle(a_result_released(dossier_id))

    with pytest.raises(WithdrawalTooLateError):
        intake.withdraw_dossier(dossier_id, "", by=an_applicant())


def test_only_the_applicant_and_the_desk_for_them_withdraw(
    intake: IntakeApplication,
) -> None:
    draft, submitted = an_open_dossier(intake), a_submitted_dossier(intake)

    for dossier_id, by in [
        (draft, front_desk()),
        (submitted, an_applicant("citizen-2")),
        (submitted, an_officer("reviewer", agency="ttpvhcc_xa")),
    ]:
        with pytest.raises(NotAllowedError):
            intake.withdraw_dossier(dossier_id, "", by=by)

    assert intake.withdraw_dossier(submitted, "", by=front_desk())


def test_what_has_ended_has_ended(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)
    intake.withdraw_dossier(dossier_id, "", by=an_applicant())

    with pytest.raises(DossierClosedError):
        intake.withdraw_dossier(dossier_id, "", by=an_applicant())


def test_a_paid_result_reaches_its_applicant_online_at_once(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake, result_channel="online")
    pay(intake, dossier_id)

    intake.handle(a_result_released(dossier_id))

    assert the_dossier(intake, dossier_id).status == 10
    assert happened(intake, dossier_id)[-2:] == ["ResultReady", "ResultReturned"]


def test_an_unpaid_result_waits_until_it_is_paid_for(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake, result_channel="online")
    intake.handle(a_result_released(dossier_id))
    waiting = the_dossier(intake, dossier_id).status

    pay(intake, dossier_id)

    assert (waiting, the_dossier(intake, dossier_id).status) == (9, 10)
    assert happened(intake, dossier_id)[-3:] == [
        "PaymentRecorded",
        "FeesSettled",
        "ResultReturned",
    ]


@pytest.mark.parametrize(("wanted", "told"), [("counter", "counter"), ("post", "post")])
def test_a_return_officer_hands_the_result_over(
    wanted: str, told: str, intake: IntakeApplication
) -> None:
    dossier_id = an_accepted_dossier(intake, result_channel=wanted)
    pay(intake, dossier_id)
    intake.handle(a_result_released(dossier_id))
    by = an_officer("return_officer", agency="ttpvhcc_xa")

    intake.hand_over_result(dossier_id, "Nguyễn Văn An", by=by)

    event = list(intake.events.get(dossier_id))[-1]
    assert the_dossier(intake, dossier_id).status == 10
    assert event.channel == told  # type: ignore[attr-defined]
    assert event.receiver == Personal("citizen-1", "Nguyễn Văn An")  # type: ignore[attr-defined]


def test_nothing_is_handed_over_unpaid_or_before_it_is_there(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake, result_channel="counter")
    by = an_officer("return_officer", agency="ttpvhcc_xa")

    with pytest.raises(ResultNotReadyError):
        intake.hand_over_result(dossier_id, "", by=by)
    intake.handle(a_result_released(dossier_id))
    with pytest.raises(FeesUnpaidError):
        intake.hand_over_result(dossier_id, "", by=by)

    assert the_dossier(intake, dossier_id).status == 9


def test_only_return_officers_of_the_place_hand_over(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake, result_channel="counter")
    pay(intake, dossier_id)
    intake.handle(a_result_released(dossier_id))

    for by in (
        an_applicant(),
        front_desk(),
        an_officer("return_officer", agency="ca_xa"),
    ):
        with pytest.raises(NotAllowedError):
            intake.hand_over_result(dossier_id, "", by=by)

    elsewhere = an_officer("return_officer", agency="ttpvhcc_tinh")
    assert intake.hand_over_result(dossier_id, "", by=elsewhere)


def test_a_result_that_was_chosen_online_may_be_fetched_at_the_counter(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake, result_channel="online")
    intake.handle(a_result_released(dossier_id))
    dossier = the_dossier(intake, dossier_id)
    dossier.payments.append({"amount": 37500})

    by = an_officer("return_officer", agency="ttpvhcc_xa")
    dossier.hand_over("An", rules=intake._rules(dossier), by=by)

    [event] = dossier.collect_events()
    assert event.channel == "counter"  # type: ignore[attr-defined]


def test_a_result_ends_what_was_still_asked_and_comes_once(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)
    intake.handle(a_supplement_asked(dossier_id, "XD03"))

    intake.handle(a_result_released(dossier_id))
    intake.handle(a_result_released(dossier_id))

    assert the_dossier(intake, dossier_id).status == 9
    assert happened(intake, dossier_id).count("ResultReady") == 1


def test_the_first_reading_of_the_decision_is_noted_once_for_each_reader(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)
    intake.handle(a_result_released(dossier_id))

    for _ in range(2):
        intake.read_result(dossier_id, by=an_applicant())

    assert happened(intake, dossier_id).count("ResultRead") == 1
    assert intake.dossier(dossier_id, by=an_applicant())["result_read_at"]


def test_an_officers_look_is_no_reading(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)
    intake.handle(a_result_released(dossier_id))

    with pytest.raises(NotAllowedError):
        intake.read_result(dossier_id, by=front_desk())

    assert "ResultRead" not in happened(intake, dossier_id)


def test_nothing_is_read_before_there_is_a_decision(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)

    with pytest.raises(ResultNotReadyError):
        intake.read_result(dossier_id, by=an_applicant())
