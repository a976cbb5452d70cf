from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.intake.application import IntakeApplication
from services.intake.errors import (
    CatalogueInvalidError,
    ProcedureNotInForceError,
    ProcedureUnknownError,
    ProcedureVersionTakenError,
)
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    NOW,
    SLUGS,
    a_complete_dossier,
    a_definition,
    a_submitted_dossier,
    an_accepted_dossier,
    an_intake,
    an_open_dossier,
    front_desk,
    the_dossier,
)

COPY, PERMIT = "certified-copy", "house-building-permit"

ADMINISTRATOR = an_officer("administrator")


def a_version(number: int, valid_from: str, slug: str = COPY) -> dict[str, Any]:
    version = {"number": number, "valid_from": valid_from, "valid_to": None}
    return a_definition(slug) | {"version": version}


def on(intake: IntakeApplication, moment: datetime) -> None:
    intake.clock = lambda: moment


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(COPY)


def test_published_procedures_are_in_force_and_listed(
    intake: IntakeApplication,
) -> None:
    intake.publish_procedures([a_definition(slug) for slug in SLUGS], by=ADMINISTRATOR)

    assert [each["slug"] for each in intake.procedures()] == SLUGS
    assert intake.procedure(COPY) == a_definition(COPY)


def test_publishing_the_same_again_is_no_event(intake: IntakeApplication) -> None:
    before = intake.recorder.max_notification_id()

    position = intake.publish_procedures([a_definition(COPY)], by=ADMINISTRATOR)

    assert position == before == intake.recorder.max_notification_id()


def test_a_published_version_never_changes(intake: IntakeApplication) -> None:
    other = a_definition(COPY) | {"legal_basis": ["Decree 1/2027"]}

    with pytest.raises(ProcedureVersionTakenError):
        intake.publish_procedures([other], by=ADMINISTRATOR)
    with pytest.raises(ProcedureVersionTakenError):
        intake.publish_procedures(
            [a_version(2, "2027-01-01"), a_version(2, "2027-02-01")], by=ADMINISTRATOR
        )

    assert intake.procedure(COPY) == a_definition(COPY)


def test_a_new_version_follows_those_that_are_there(
    intake: IntakeApplication,
) -> None:
    intake.publish_procedures([a_version(3, "2027-01-01")], by=ADMINISTRATOR)

    with pytest.raises(CatalogueInvalidError) as refusal:
        intake.publish_procedures([a_version(2, "2026-12-01")], by=ADMINISTRATOR)

    found = [(each["path"], each["code"]) for each in refusal.value.details]
    assert found == [
        ("$.version.number", "version"),
        ("$.version.valid_from", "version"),
    ]


def test_an_emergency_procedure_marks_every_dossier_it_accepts(
    intake: IntakeApplication,
) -> None:
    permit = a_definition(PERMIT)
    intake.publish_procedures([permit], by=ADMINISTRATOR, is_emergency=True)
    intake.publish_procedures([permit], by=ADMINISTRATOR)

    dossier_id = an_accepted_dossier(intake)

    accepted: Any = list(intake.events.get(dossier_id))[-1]
    assert accepted.is_emergency


def test_what_is_published_becomes_no_emergency_without_a_new_version(
    intake: IntakeApplication,
) -> None:
    with pytest.raises(ProcedureVersionTakenError):
        intake.publish_procedures(
            [a_definition(COPY)], by=ADMINISTRATOR, is_emergency=True
        )


def test_one_fault_anywhere_and_nothing_is_published(
    intake: IntakeApplication,
) -> None:
    broken = a_definition(PERMIT) | {"external_status_set": "moon"}

    with pytest.raises(CatalogueInvalidError) as refusal:
        intake.publish_procedures(
            [a_version(2, "2026-08-01"), broken, {"kind": "poem"}, 7], by=ADMINISTRATOR
        )

    found = [(each["file"], each["path"]) for each in refusal.value.details]
    assert found == [
        ("house-building-permit.json", "$.external_status_set"),
        ("definitions[2]", "$.kind"),
        ("definitions[3]", "$.kind"),
    ]
    assert all(
        each["reason"] and each["message"]["vi"] for each in refusal.value.details
    )
    assert [each["slug"] for each in intake.procedures()] == [COPY]
    assert intake.procedure(COPY)["version"]["number"] == 1


def test_only_administrators_publish(intake: IntakeApplication) -> None:
    for by in (an_applicant(), an_officer("manager")):
        with pytest.raises(NotAllowedError):
            intake.publish_procedures([a_definition(PERMIT)], by=by)


def test_the_version_of_the_day_is_in_force(intake: IntakeApplication) -> None:
    intake.publish_procedures([a_version(2, "2027-01-01")], by=ADMINISTRATOR)

    today = intake.procedure(COPY)["version"]["number"]
    on(intake, NOW + timedelta(days=60))

    assert (today, intake.procedure(COPY)["version"]["number"]) == (1, 2)
    assert intake.procedure(COPY, 1)["version"]["number"] == 1


def test_what_nobody_published_is_unknown(intake: IntakeApplication) -> None:
    with pytest.raises(ProcedureUnknownError):
        intake.procedure("moon-landing")
    with pytest.raises(ProcedureUnknownError):
        intake.procedure(COPY, 7)


def test_before_it_is_valid_a_procedure_is_not_in_force(
    intake: IntakeApplication,
) -> None:
    on(intake, NOW - timedelta(days=400))

    with pytest.raises(ProcedureNotInForceError):
        intake.procedure(COPY)
    assert intake.procedures() == []


def test_a_dossier_is_accepted_under_the_version_of_that_day() -> None:
    intake = an_intake(PERMIT)
    dossier_id = a_submitted_dossier(intake)
    changed = a_version(2, "2026-11-21", PERMIT)
    changed["legal_time"]["value"] = 8
    intake.publish_procedures([changed], by=ADMINISTRATOR)
    on(intake, NOW + timedelta(days=3))

    intake.accept_dossier(dossier_id, by=front_desk())

    assert the_dossier(intake, dossier_id).procedure_version == 2


def test_an_accepted_dossier_keeps_its_version() -> None:
    intake = an_intake(PERMIT)
    dossier_id = an_accepted_dossier(intake)
    intake.publish_procedures([a_version(2, "2026-11-21", PERMIT)], by=ADMINISTRATOR)
    on(intake, NOW + timedelta(days=30))

    seen = intake.dossier(dossier_id, by=an_applicant())

    assert (seen["version"], seen["procedure_version"]) == (
        the_dossier(intake, dossier_id).version,
        1,
    )


def test_a_draft_of_a_procedure_that_ended_can_be_read_but_not_handed_in() -> None:
    intake = an_intake(PERMIT)
    dossier_id = a_complete_dossier(intake)
    counter = an_open_dossier(intake, PERMIT, "counter")
    on(intake, NOW - timedelta(days=400))

    assert intake.dossier(dossier_id, by=an_applicant())["status"] == 0
    with pytest.raises(ProcedureNotInForceError):
        intake.submit_dossier(dossier_id, by=an_applicant())
    with pytest.raises(ProcedureNotInForceError):
        intake.accept_dossier(counter, by=front_desk())
