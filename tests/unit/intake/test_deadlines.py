from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.alarms import DossierAlarms
from services.intake.application import IntakeApplication
from services.intake.domain import Dossier
from services.intake.errors import DossierClosedError
from shared.personal import Personal
from tests.builders import an_applicant
from tests.builders.intake import (
    NOW,
    a_due_date_moved,
    a_processing_stopped,
    a_result_released,
    a_result_withdrawn,
    a_submitted_dossier,
    a_supplement_asked,
    a_withdrawal_decided,
    an_accepted_dossier,
    an_intake,
    bring_a_file,
    front_desk,
    happened,
    the_dossier,
)

PERMIT = "house-building-permit"
PLANS = {"kind": "document", "key": "XD03"}
LATER = NOW + timedelta(days=3)
MUCH_LATER = NOW + timedelta(days=90)


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT)


def ring(intake: IntakeApplication, dossier_id: UUID, at: datetime) -> None:
    intake.clock = lambda: at
    intake.ring(dossier_id)


def last(intake: IntakeApplication, dossier_id: UUID) -> Any:
    return list(intake.events.get(dossier_id))[-1]


def asked(intake: IntakeApplication) -> UUID:
    dossier_id = a_submitted_dossier(intake)
    intake.request_supplement(dossier_id, [PLANS], note="", by=front_desk())
    return dossier_id


def test_a_filing_nobody_answered_in_eight_hours_shows_at_the_desk(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    by = the_dossier(intake, dossier_id).acknowledge_by
    assert by is not None

    ring(intake, dossier_id, by - timedelta(minutes=1))
    before = happened(intake, dossier_id)
    ring(intake, dossier_id, by)
    ring(intake, dossier_id, LATER)

    assert "AcknowledgementOverdue" not in before
    assert happened(intake, dossier_id).count("AcknowledgementOverdue") == 1
    seen = intake.dossier(dossier_id, by=front_desk())
    assert seen["is_acknowledgement_overdue"]
    assert seen["status"] == 1


@pytest.mark.parametrize("make", [an_accepted_dossier, asked])
def test_whoever_was_answered_is_not_told_late(
    make: Any, intake: IntakeApplication
) -> None:
    dossier_id = make(intake)

    ring(intake, dossier_id, LATER)

    assert "AcknowledgementOverdue" not in happened(intake, dossier_id)


def test_an_answer_that_does_not_come_lets_the_officer_refuse_never_the_system(
    intake: IntakeApplication,
) -> None:
    dossier_id = asked(intake)

    ring(intake, dossier_id, MUCH_LATER)
    ring(intake, dossier_id, MUCH_LATER)

    event: Dossier.SupplementExpired = last(intake, dossier_id)
    assert happened(intake, dossier_id).count("SupplementExpired") == 1
    assert event.stage == "intake"
    assert the_dossier(intake, dossier_id).status == 5
    seen = intake.dossier(dossier_id, by=front_desk())
    assert seen["supplement"]["is_expired"]


def test_a_late_answer_is_still_an_answer_while_nobody_refused(
    intake: IntakeApplication,
) -> None:
    dossier_id = asked(intake)
    ring(intake, dossier_id, MUCH_LATER)

    bring_a_file(intake, dossier_id, "XD03", by=an_applicant())
    intake.answer_supplement(dossier_id, by=an_applicant())

    assert the_dossier(intake, dossier_id).status == 1


def test_what_was_answered_or_taken_back_does_not_expire(
    intake: IntakeApplication,
) -> None:
    answered, withdrawn = asked(intake), asked(intake)
    bring_a_file(intake, answered, "XD03", by=an_applicant())
    intake.answer_supplement(answered, by=an_applicant())
    intake.withdraw_dossier(withdrawn, "", by=an_applicant())

    for dossier_id in (answered, withdrawn):
        ring(intake, dossier_id, MUCH_LATER)
        assert "SupplementExpired" not in happened(intake, dossier_id)


def test_ringing_says_what_is_due_and_then_nobody_has_to_be_rung(
    intake: IntakeApplication,
) -> None:
    dossier_id = asked(intake)
    intake.clock = lambda: MUCH_LATER
    rows = Rows(dossier_id)

    alarms = DossierAlarms(intake, rows)
    [due] = alarms.due(MUCH_LATER, 10)
    alarms.ring(due)

    assert happened(intake, dossier_id)[-1] == "SupplementExpired"
    assert rows.settled == [(dossier_id, MUCH_LATER)]


class Rows:
    """One dossier, due at once."""

    def __init__(self, dossier_id: UUID) -> None:
        self.waiting = [dossier_id]
        self.settled: list[tuple[UUID, datetime]] = []

    def due(self, now: datetime, limit: int) -> list[UUID]:
        return self.waiting[:limit]

    def settle(self, dossier_id: UUID, until: datetime) -> None:
        self.settled.append((dossier_id, until))


def test_a_date_that_moved_is_shown_beside_the_first_promise(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)
    message = a_due_date_moved(dossier_id, MUCH_LATER)

    intake.handle(message)
    intake.handle(a_due_date_moved(dossier_id, MUCH_LATER))

    event: Dossier.DueDateMoved = last(intake, dossier_id)
    assert happened(intake, dossier_id).count("DueDateMoved") == 1
    assert (event.due_at, event.reason) == (MUCH_LATER, "calendar")
    seen = intake.dossier(dossier_id, by=an_applicant())
    assert seen["due_at"] == seen["original_due_at"] == MUCH_LATER.isoformat()


def test_a_stopped_dossier_has_ended_with_its_reason(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)
    intake.handle(a_supplement_asked(dossier_id, "XD03"))

    intake.handle(a_processing_stopped(dossier_id))
    intake.handle(a_processing_stopped(dossier_id))

    event: Dossier.Stopped = last(intake, dossier_id)
    assert happened(intake, dossier_id).count("Stopped") == 1
    assert event.reason == Personal("citizen-1", "đất tranh chấp")
    seen = intake.dossier(dossier_id, by=an_applicant())
    assert (seen["status"], seen["stop"]["reason"]) == (8, "đất tranh chấp")
    assert seen["stop"]["legal_basis"] == "Điều 9"
    with pytest.raises(DossierClosedError):
        intake.withdraw_dossier(dossier_id, "", by=an_applicant())


def test_what_stops_at_the_applicants_wish_is_withdrawn(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)
    intake.withdraw_dossier(dossier_id, "", by=an_applicant())

    message = a_processing_stopped(dossier_id, "withdrawal")
    intake.handle(message)
    intake.handle(a_withdrawal_decided(dossier_id, granted=True))

    assert intake.has_handled(message)
    assert the_dossier(intake, dossier_id).status == 7


def test_a_result_called_back_is_ready_no_more_and_may_come_again(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)
    released = a_result_released(dossier_id)
    intake.handle(released)

    intake.handle(a_result_withdrawn(dossier_id, uuid4()))
    other = the_dossier(intake, dossier_id).status
    intake.handle(a_result_withdrawn(dossier_id, released.paper_id))
    called_back = the_dossier(intake, dossier_id).status
    intake.handle(a_result_released(dossier_id))

    assert (other, called_back, the_dossier(intake, dossier_id).status) == (9, 2, 9)


def test_what_its_applicant_has_is_not_called_back(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake, result_channel="online")
    payment = {"amount": 37500, "method": "card", "reference": "1"}
    intake.record_payment(dossier_id, payment, by=front_desk())
    released = a_result_released(dossier_id)
    intake.handle(released)

    intake.handle(a_result_withdrawn(dossier_id, released.paper_id))

    assert the_dossier(intake, dossier_id).status == 10


def test_a_dossier_of_an_emergency_procedure_says_so(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)

    accepted = [e for e in intake.events.get(dossier_id) if hasattr(e, "is_emergency")]

    assert [each.is_emergency for each in accepted] == [False]
