from __future__ import annotations

from uuid import uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.counter import Opening
from services.intake.domain import CodeCounter, Procedure
from services.intake.errors import (
    ChannelNotOfferedError,
    DocumentsMissingError,
    DossierNotEditableError,
    DossierNotFoundError,
    FormInvalidError,
    ProcedureUnknownError,
    SignInTooWeakError,
    UnitUnknownError,
)
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.personal import Personal
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    a_complete_dossier,
    a_submitted_dossier,
    an_intake,
    an_open_dossier,
    an_opening,
    front_desk,
    happened,
    the_dossier,
)

PERMIT = "house-building-permit"


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT, "certified-copy", "interlinked-birth")


def test_an_applicant_opens_a_dossier_online(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)

    dossier = the_dossier(intake, dossier_id)
    assert dossier.dossier_id == dossier_id
    assert (dossier.status, dossier.unit) == (None, "ttpvhcc_xa")
    assert happened(intake, dossier_id) == ["Opened"]


@pytest.mark.parametrize(
    ("channel", "by"),
    [
        ("online", an_applicant("citizen-2")),
        ("online", front_desk()),
        ("counter", an_applicant()),
        ("counter", front_desk("ca_xa")),
        ("counter", an_officer("reviewer", agency="ttpvhcc_xa")),
    ],
)
def test_nobody_opens_a_dossier_for_others_but_the_front_desk(
    channel: str, by: Actor, intake: IntakeApplication
) -> None:
    with pytest.raises(NotAllowedError):
        intake.open_dossier(uuid4(), an_opening(channel=channel), by=by)


def test_nobody_takes_the_id_of_a_counter_or_a_procedure(
    intake: IntakeApplication,
) -> None:
    """Or nobody in that unit could receive a dossier on that day."""
    taken = CodeCounter.create_id(unit_code="H15.217.01", day="2026-11-20")

    with pytest.raises(NotAllowedError):
        intake.open_dossier(taken, an_opening(), by=an_applicant())


def test_an_id_of_something_else_is_of_no_dossier(intake: IntakeApplication) -> None:
    procedure = Procedure.create_id(PERMIT, 1)

    with pytest.raises(DossierNotFoundError):
        intake.dossier(procedure, by=an_officer("auditor"))


def test_another_reception_point_may_open_it(intake: IntakeApplication) -> None:
    by = front_desk("ttpvhcc_tinh")

    assert intake.open_dossier(uuid4(), an_opening(channel="counter"), by=by)


def test_a_procedure_is_asked_for_only_in_its_own_ways(
    intake: IntakeApplication,
) -> None:
    with pytest.raises(ChannelNotOfferedError):
        intake.open_dossier(uuid4(), an_opening("certified-copy"), by=an_applicant())


def test_what_nobody_knows_cannot_be_asked_for(intake: IntakeApplication) -> None:
    with pytest.raises(ProcedureUnknownError):
        intake.open_dossier(uuid4(), an_opening("moon-landing"), by=an_applicant())
    moon = Opening(PERMIT, "online", "citizen-1", "7F3K9Q", "vi", unit="moon")
    with pytest.raises(UnitUnknownError):
        intake.open_dossier(uuid4(), moon, by=an_applicant())
    with pytest.raises(DossierNotFoundError):
        intake.submit_dossier(uuid4(), by=an_applicant())


def test_answers_are_kept_in_one_form_and_one_by_one(
    intake: IntakeApplication,
) -> None:
    dossier_id, by = an_open_dossier(intake), an_applicant()

    intake.give_answers(dossier_id, {"full_name": " Nguyễn  An ", "floors": "3"}, by=by)
    intake.give_answers(dossier_id, {"floors": None}, by=by)

    dossier = the_dossier(intake, dossier_id)
    assert isinstance(dossier.answers, Personal)
    assert dossier.given == {"full_name": "Nguyễn An", "floors": None}


def test_wrong_answers_are_refused_all_at_once(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)
    answers = {"floors": "many", "moon": 1, "consultations": ["fire"]}

    with pytest.raises(FormInvalidError) as refusal:
        intake.give_answers(dossier_id, answers, by=an_applicant())

    found = {(each["field"], each["code"]) for each in refusal.value.details}
    assert found == {
        ("floors", "not-a-number"),
        ("moon", "unknown-field"),
        ("consultations", "not-yours"),
    }
    assert happened(intake, dossier_id) == ["Opened"]


def test_what_officers_fill_in_may_be_sent_back_as_it_was(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_open_dossier(intake)

    intake.give_answers(
        dossier_id, {"consultations": [], "floors": 2}, by=an_applicant()
    )

    assert the_dossier(intake, dossier_id).given == {"floors": 2}


def test_an_answer_that_time_made_wrong_is_kept_until_it_is_changed() -> None:
    birth = {"child_birth_date": "2020-12-01"}
    today = an_intake("interlinked-birth")
    dossier_id = an_open_dossier(today, "interlinked-birth")
    today.give_answers(dossier_id, birth, by=an_applicant())
    year = today.clock().replace(year=2027)
    today.clock = lambda: year

    today.give_answers(dossier_id, {"extra_copies": 1}, by=an_applicant())
    later = today.problems(dossier_id, by=an_applicant())

    assert the_dossier(today, dossier_id).given == {**birth, "extra_copies": 1}
    assert ("child_birth_date", "too-early") in {
        (each.get("field"), each["code"]) for each in later
    }


def test_a_stranger_does_not_fill_in_the_form(intake: IntakeApplication) -> None:
    online, counter = (
        an_open_dossier(intake),
        an_open_dossier(intake, PERMIT, "counter"),
    )
    reviewer = an_officer("reviewer", agency="ttpvhcc_xa")

    for dossier_id, by in [
        (online, an_applicant("citizen-2")),
        (online, front_desk()),
        (counter, reviewer),
        (counter, front_desk("ca_xa")),
    ]:
        with pytest.raises(NotAllowedError):
            intake.give_answers(dossier_id, {"floors": 3}, by=by)


def test_a_complete_dossier_is_handed_in(intake: IntakeApplication) -> None:
    dossier_id = a_complete_dossier(intake)

    intake.submit_dossier(dossier_id, by=an_applicant())

    dossier = the_dossier(intake, dossier_id)
    assert dossier.status == 1
    assert happened(intake, dossier_id)[-2:] == ["FeesAssessed", "Submitted"]
    assert dossier.acknowledge_by is not None
    assert dossier.acknowledge_by.isoformat() == "2026-11-23T10:00:00+07:00"


def test_warnings_are_kept_but_do_not_block() -> None:
    intake = an_intake("interlinked-birth")

    dossier_id = a_submitted_dossier(
        intake, "interlinked-birth", child_birth_date="2026-01-05"
    )

    assert the_dossier(intake, dossier_id).warnings == ["registered_in_time"]


def test_an_incomplete_form_says_all_that_is_missing(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_complete_dossier(intake, footprint_m2=5000, declared_true=False)
    intake.give_answers(dossier_id, {"full_name": None}, by=an_applicant())

    with pytest.raises(FormInvalidError) as refusal:
        intake.submit_dossier(dossier_id, by=an_applicant())

    found = [
        (each.get("field") or each.get("check"), each["code"])
        for each in refusal.value.details
    ]
    assert ("full_name", "required") in found
    assert ("declared_true", "must-be") in found
    assert ("footprint_fits_plot", "check-failed") in found
    assert "Submitted" not in happened(intake, dossier_id)


def test_papers_that_are_asked_for_must_have_come(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)
    complete = the_dossier(intake, a_complete_dossier(intake)).given
    intake.give_answers(dossier_id, complete, by=an_applicant())

    with pytest.raises(DocumentsMissingError) as refusal:
        intake.submit_dossier(dossier_id, by=an_applicant())

    missing = {each["document"] for each in refusal.value.details}
    assert missing == {"XD01", "XD02", "XD03"}


def test_only_its_applicant_hands_it_in_and_only_online(
    intake: IntakeApplication,
) -> None:
    online = a_complete_dossier(intake)
    counter = a_complete_dossier(intake, PERMIT, "counter")

    for dossier_id, by in [(online, front_desk()), (counter, an_applicant())]:
        with pytest.raises(NotAllowedError):
            intake.submit_dossier(dossier_id, by=by)


def test_filing_needs_a_sign_in_with_a_verified_identity(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_complete_dossier(intake)

    with pytest.raises(SignInTooWeakError):
        intake.submit_dossier(dossier_id, by=Actor("citizen-1", level=0))


def test_what_was_handed_in_can_be_edited_no_more(intake: IntakeApplication) -> None:
    dossier_id, by = a_submitted_dossier(intake), an_applicant()

    with pytest.raises(DossierNotEditableError):
        intake.give_answers(dossier_id, {"floors": 3}, by=by)
    with pytest.raises(DossierNotEditableError):
        intake.submit_dossier(dossier_id, by=by)


def test_the_desk_does_not_change_what_the_applicant_said(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    with pytest.raises(FormInvalidError) as refusal:
        intake.give_answers(dossier_id, {"floors": 9}, by=front_desk())

    assert refusal.value.details[0]["code"] == "not-yours"


def test_a_dossier_opened_in_another_language_stays_in_it(
    intake: IntakeApplication,
) -> None:
    opening = Opening(PERMIT, "online", "citizen-1", "7F3K9Q", "fr")
    dossier_id = uuid4()

    intake.open_dossier(dossier_id, opening, by=an_applicant())

    assert the_dossier(intake, dossier_id).language == "fr"
