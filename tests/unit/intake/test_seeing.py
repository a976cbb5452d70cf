"""Who sees what of a dossier, and what is left when its applicant is forgotten."""

from __future__ import annotations

from uuid import uuid4

import pytest

from services.intake.application import IntakeApplication
from shared.contracts.workflow import StepOpened
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    a_definition,
    a_submitted_dossier,
    an_accepted_dossier,
    an_intake,
    an_open_dossier,
    as_json,
    front_desk,
    heard,
    the_dossier,
)

PERMIT = "house-building-permit"


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT)


def test_a_draft_is_its_applicants_alone(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)

    for by in (
        front_desk(),
        an_officer("auditor"),
        an_applicant("citizen-2"),
    ):
        with pytest.raises(NotAllowedError):
            intake.dossier(dossier_id, by=by)

    assert (
        intake.dossier(dossier_id, by=an_applicant())["status_label"]["en"] == "Draft"
    )


def test_what_was_handed_in_is_seen_by_who_receives_it_and_auditors(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    for by in (front_desk(), front_desk("ttpvhcc_tinh"), an_officer("auditor")):
        assert intake.dossier(dossier_id, by=by)["status"] == 1
    for by in (front_desk("ca_xa"), an_applicant("citizen-2")):
        with pytest.raises(NotAllowedError):
            intake.problems(dossier_id, by=by)


@pytest.mark.parametrize("role", ["administrator", "manager", "inspector", "clerk"])
def test_at_another_reception_only_the_desks_see_it(
    role: str, intake: IntakeApplication
) -> None:
    dossier_id = a_submitted_dossier(intake)

    with pytest.raises(NotAllowedError):
        intake.dossier(dossier_id, by=an_officer(role, agency="ttpvhcc_tinh"))


def test_nobody_takes_money_for_a_draft_that_is_private(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_open_dossier(intake)
    payment = {"amount": 1, "method": "cash", "reference": ""}

    with pytest.raises(NotAllowedError):
        intake.record_payment(dossier_id, payment, by=front_desk())


def test_a_unit_that_got_a_step_may_read_the_dossier(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)
    by = an_officer("reviewer", agency="phong_kt_xa")
    with pytest.raises(NotAllowedError):
        intake.dossier(dossier_id, by=by)

    step = StepOpened(
        **heard(dossier_id, "workflow"),
        case_id=uuid4(),
        step="review_site",
        name={},
        unit="phong_kt_xa",
        role="reviewer",
        status=4,
    )
    intake.handle(step)

    assert intake.dossier(dossier_id, by=by)["status"] == 2


def test_all_that_is_known_crosses_the_bus(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)

    seen = intake.dossier(dossier_id, by=an_applicant())

    assert as_json(seen) == seen
    assert seen["names"] == a_definition(PERMIT)["names"]
    assert [each["state"] for each in seen["documents"]] == ["clean"] * 5
    assert seen["fees"][0]["amount"] == seen["balance"] == 37500
    assert seen["supplement"] is None


def test_a_supplement_is_shown_with_its_deadline(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    items = [{"kind": "document", "key": "XD01"}]
    intake.request_supplement(dossier_id, items, note="", by=front_desk())

    seen = intake.dossier(dossier_id, by=an_applicant())

    assert (seen["status"], seen["supplement"]["stage"]) == (5, "intake")
    assert seen["supplement"]["answer_by"].startswith("2027-01-19")
    assert seen["supplement"]["brought"] == []


def test_problems_are_all_that_stands_in_the_way(intake: IntakeApplication) -> None:
    online = an_open_dossier(intake)
    counter = an_open_dossier(intake, PERMIT, "counter")

    for dossier_id, by in [(online, an_applicant()), (counter, front_desk())]:
        found = intake.problems(dossier_id, by=by)
        kinds = {key for each in found for key in ("field", "document") if key in each}
        assert kinds == {"field", "document"}
        assert all(each["severity"] for each in found)


def test_a_forgotten_applicant_is_nobody(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)

    intake.forget("citizen-1", by=an_officer("data_protection"))

    seen = intake.dossier(dossier_id, by=front_desk())
    assert seen["is_erased"]
    assert "full_name" not in seen["answers"]
    assert seen["code"] == the_dossier(intake, dossier_id).code


def test_what_officers_wrote_of_a_forgotten_applicant_is_gone(
    intake: IntakeApplication,
) -> None:
    """Asked in words, judged in words, refused in words: all of it was about them."""
    asked, refused = a_submitted_dossier(intake), a_submitted_dossier(intake)
    item: dict[str, str] = {
        "kind": "document",
        "key": "XD01",
        "reason": "mờ",
        "note": "Canary-7",
    }
    intake.assess_document(refused, "XD01", "wrong", reason="Canary-7", by=front_desk())
    intake.request_supplement(asked, [item], note="", by=front_desk())
    intake.refuse_dossier(refused, [], note="Canary-7", by=front_desk())
    stored = intake.recorder.select_notifications(1, 1000)
    assert not any(b"Canary-7" in each.state for each in stored)

    intake.forget("citizen-1", by=an_officer("data_protection"))

    [wanted] = intake.dossier(asked, by=front_desk())["supplement"]["items"]
    assert (wanted["key"], wanted["note"]) == ("XD01", "")
    assert intake.dossier(refused, by=front_desk())["refusal"]["note"] == ""


def test_forgetting_is_not_for_everybody(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)

    with pytest.raises(NotAllowedError):
        intake.forget("citizen-1", by=front_desk())

    assert not intake.dossier(dossier_id, by=an_applicant())["is_erased"]


def test_a_message_heard_twice_is_done_once(intake: IntakeApplication) -> None:
    dossier_id = an_accepted_dossier(intake)
    message = StepOpened(
        **heard(dossier_id, "workflow"),
        case_id=uuid4(),
        step="review_site",
        name={},
        unit="phong_kt_xa",
        role="reviewer",
        status=4,
    )

    intake.handle(message)
    intake.handle(message)

    assert intake.has_handled(message)
