"""Messages between the applicant and the offices that have the dossier."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.contact_errors import (
    DossierNotSentError,
    MessageEmptyError,
    TooManyMessagesError,
)
from services.intake.domain.correspondence import MOST_UNANSWERED
from services.intake.errors import (
    TooManyFilesError,
)
from shared.contracts.workflow import StepOpened
from shared.errors import NotAllowedError
from shared.personal import Personal
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    a_submitted_dossier,
    an_intake,
    an_open_dossier,
    front_desk,
    happened,
    heard,
    the_dossier,
)

PERMIT = "house-building-permit"
ELSEWHERE = an_officer("reviewer", agency="ca_xa", subject="officer-9")


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT)


def test_an_officer_reads_what_the_applicant_wrote_and_answers(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    intake.write_message(dossier_id, " Bao giờ xong? ", [], by=an_applicant())
    intake.write_message(dossier_id, "Thứ Hai", [], by=front_desk())

    found = intake.conversation(dossier_id, by=an_applicant())
    assert [each["text"] for each in found["messages"]] == ["Bao giờ xong?", "Thứ Hai"]
    assert [each["is_own"] for each in found["messages"]] == [True, False]
    assert found["messages"][0]["is_read"]
    assert found["unread"] == 1


def test_what_is_written_is_sealed_for_its_applicant(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)

    intake.write_message(dossier_id, "Thứ Hai", [], by=front_desk())

    event: Any = list(intake.events.get(dossier_id))[-1]
    assert event.text == Personal("citizen-1", "Thứ Hai")
    assert event.officer.subject == "officer-7"


def test_the_applicant_is_not_told_which_officer_wrote(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    intake.write_message(dossier_id, "Thứ Hai", [], by=front_desk())

    for_applicant = intake.conversation(dossier_id, by=an_applicant())
    for_officer = intake.conversation(dossier_id, by=front_desk())

    assert for_applicant["messages"][0]["name"] == ""
    assert for_applicant["messages"][0]["unit"] == "ttpvhcc_xa"
    assert for_officer["messages"][0]["name"] == "Trần Văn officer-7"


def test_who_was_told_of_one_unread_message_is_not_told_of_the_next(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    intake.write_message(dossier_id, "một", [], by=front_desk())
    intake.write_message(dossier_id, "hai", [], by=front_desk())
    intake.read_messages(dossier_id, by=an_applicant())
    intake.write_message(dossier_id, "ba", [], by=front_desk())

    written = [e for e in intake.events.get(dossier_id) if hasattr(e, "is_first")]
    assert [each.is_first for each in written] == [True, False, True]


def test_reading_again_is_no_news(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    intake.write_message(dossier_id, "một", [], by=front_desk())

    intake.read_messages(dossier_id, by=an_applicant())
    intake.read_messages(dossier_id, by=an_applicant())

    assert happened(intake, dossier_id).count("MessagesRead") == 1


def test_a_draft_has_nobody_who_could_answer(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)

    with pytest.raises(DossierNotSentError):
        intake.write_message(dossier_id, "?", [], by=an_applicant())

    assert happened(intake, dossier_id) == ["Opened"]


def test_nothing_is_no_message(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    files = [uuid4() for _ in range(6)]

    with pytest.raises(MessageEmptyError):
        intake.write_message(dossier_id, " \n ", [], by=an_applicant())
    with pytest.raises(TooManyFilesError):
        intake.write_message(dossier_id, "xem", files, by=an_applicant())

    assert "MessageWritten" not in happened(intake, dossier_id)


def test_who_floods_waits_for_an_answer(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    for number in range(MOST_UNANSWERED):
        intake.write_message(dossier_id, str(number), [], by=an_applicant())

    with pytest.raises(TooManyMessagesError):
        intake.write_message(dossier_id, "!", [], by=an_applicant())
    intake.read_messages(dossier_id, by=front_desk())
    intake.write_message(dossier_id, "!", [], by=an_applicant())

    assert len(the_dossier(intake, dossier_id).messages) == MOST_UNANSWERED + 1


def test_a_unit_writes_once_the_dossier_went_through_it(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    with pytest.raises(NotAllowedError):
        intake.write_message(dossier_id, "?", [], by=ELSEWHERE)
    intake.handle(a_step_opened(dossier_id, "ca_xa"))
    intake.write_message(dossier_id, "?", [], by=ELSEWHERE)

    assert happened(intake, dossier_id)[-1] == "MessageWritten"


def a_step_opened(dossier_id: object, unit: str) -> StepOpened:
    return StepOpened.model_validate(
        {
            **heard(dossier_id, "workflow"),  # type: ignore[arg-type]
            "case_id": uuid4(),
            "step": "opinion",
            "name": {"vi": "a", "en": "a", "fr": "a"},
            "unit": unit,
            "role": "reviewer",
            "status": 4,
            "deadline_at": None,
            "due_at": None,
        }
    )
