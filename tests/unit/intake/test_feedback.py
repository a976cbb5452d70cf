"""What the applicant thinks of it: rated once, complained about until answered."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.contact_errors import (
    AlreadyRatedError,
    ComplaintAnsweredError,
    ComplaintNotFoundError,
    ComplaintOpenError,
    DossierNotSentError,
    NotEndedError,
)
from services.intake.errors import (
    ReasonMissingError,
)
from shared.errors import NotAllowedError
from shared.personal import Personal
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    a_result_released,
    a_submitted_dossier,
    an_accepted_dossier,
    an_intake,
    an_open_dossier,
    front_desk,
    happened,
)

PERMIT = "house-building-permit"
MANAGER = an_officer("manager", agency="ttpvhcc_xa", subject="officer-1")
REVIEWER = an_officer("reviewer", subject="officer-2")


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT)


def last(intake: IntakeApplication, dossier_id: Any) -> Any:
    return list(intake.events.get(dossier_id))[-1]


def test_a_service_is_rated_once_it_is_over(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)

    with pytest.raises(NotEndedError):
        intake.rate(dossier_id, 4, "", by=an_applicant())
    intake.handle(a_result_released(dossier_id))
    intake.rate(dossier_id, 4, " Nhanh ", by=an_applicant())

    event = last(intake, dossier_id)
    assert (event.score, event.procedure) == (4, PERMIT)
    assert event.words == Personal("citizen-1", "Nhanh")
    assert intake.dossier(dossier_id, by=an_applicant())["rating"] == {"score": 4}


def test_one_rating_counts(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)
    intake.handle(a_result_released(dossier_id))
    intake.rate(dossier_id, 5, "", by=an_applicant())

    with pytest.raises(AlreadyRatedError):
        intake.rate(dossier_id, 1, "", by=an_applicant())

    assert happened(intake, dossier_id).count("ServiceRated") == 1


def test_a_complaint_is_due_in_fifteen_working_days_and_answered(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    intake.complain(dossier_id, "delay", "Chờ lâu", by=an_applicant())
    lodged = last(intake, dossier_id)
    intake.answer_complaint(
        dossier_id, lodged.complaint_id, "upheld", "Xin lỗi", by=MANAGER
    )

    assert lodged.answer_by.date().isoformat() == "2026-12-14"  # 24 November is free
    [found] = intake.complaints(dossier_id, by=an_applicant())["complaints"]
    assert (found["outcome"], found["answer"]) == ("upheld", "Xin lỗi")


def test_whom_it_may_be_about_does_not_read_it(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    intake.complain(dossier_id, "attitude", "Cáu gắt", by=an_applicant())

    for officer in (front_desk(), REVIEWER):
        with pytest.raises(NotAllowedError):
            intake.complaints(dossier_id, by=officer)


def test_one_complaint_at_a_time(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    intake.complain(dossier_id, "delay", "Chờ lâu", by=an_applicant())
    complaint_id = last(intake, dossier_id).complaint_id

    with pytest.raises(ComplaintOpenError):
        intake.complain(dossier_id, "fee", "Đắt", by=an_applicant())
    intake.answer_complaint(dossier_id, complaint_id, "partly", "Đã xem", by=MANAGER)
    intake.complain(dossier_id, "fee", "Đắt", by=an_applicant())

    assert happened(intake, dossier_id).count("ComplaintLodged") == 2


def test_an_answer_needs_words_and_an_open_complaint(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    intake.complain(dossier_id, "delay", "Chờ lâu", by=an_applicant())
    complaint_id = last(intake, dossier_id).complaint_id

    with pytest.raises(ComplaintNotFoundError):
        intake.answer_complaint(dossier_id, uuid4(), "upheld", "x", by=MANAGER)
    with pytest.raises(ReasonMissingError):
        intake.answer_complaint(dossier_id, complaint_id, "upheld", " ", by=MANAGER)
    intake.answer_complaint(dossier_id, complaint_id, "upheld", "x", by=MANAGER)
    with pytest.raises(ComplaintAnsweredError):
        intake.answer_complaint(dossier_id, complaint_id, "rejected", "y", by=MANAGER)


def test_about_a_draft_nobody_could_answer(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)

    with pytest.raises(DossierNotSentError):
        intake.complain(dossier_id, "delay", "Chờ lâu", by=an_applicant())

    assert happened(intake, dossier_id) == ["Opened"]
