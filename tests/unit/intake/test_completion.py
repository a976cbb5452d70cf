from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.domain import Dossier
from services.intake.errors import (
    DocumentNotAskedError,
    DossierNotReceivableError,
    FormInvalidError,
    ItemUnknownError,
    LegalBasisMissingError,
    ReasonUnknownError,
    SupplementIncompleteError,
    SupplementLimitError,
    SupplementNotAskedError,
    SupplementNotOfferedError,
)
from shared.contracts.words import whole
from shared.errors import NotAllowedError
from shared.personal import Personal
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    NOW,
    a_complete_dossier,
    a_file_checked,
    a_submitted_dossier,
    a_supplement_asked,
    an_accepted_dossier,
    an_intake,
    bring_a_file,
    front_desk,
    happened,
    the_dossier,
)

PERMIT, COPY, BIRTH = "house-building-permit", "certified-copy", "interlinked-birth"

PLANS = {"kind": "document", "key": "XD03", "reason": "mờ", "note": "trang 2"}
FLOORS = {"kind": "field", "key": "floors"}


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT, COPY, BIRTH)


def an_asked_dossier(intake: IntakeApplication, *items: dict[str, Any]) -> UUID:
    dossier_id = a_submitted_dossier(intake)
    wanted = items or (PLANS, FLOORS)
    intake.request_supplement(dossier_id, wanted, note="sớm", by=front_desk())
    return dossier_id


def test_all_that_is_missing_is_asked_for_by_name(intake: IntakeApplication) -> None:
    dossier_id = an_asked_dossier(intake)

    event: Any = list(intake.events.get(dossier_id))[-1]
    assert isinstance(event, Dossier.SupplementRequested)
    assert the_dossier(intake, dossier_id).status == 5
    assert [each["key"] for each in event.items] == ["XD03", "floors"]
    items = whole(event.items, event.words)
    assert items[0]["reason"] == {"vi": "mờ", "en": "mờ", "fr": "mờ"}
    assert [each["note"] for each in items] == ["trang 2", "sớm"]
    assert all(set(each["name"]) == {"vi", "en", "fr"} for each in event.items)
    assert event.answer_by is not None
    assert event.answer_by.isoformat() == "2027-01-19T17:00:00+07:00"


def test_it_is_asked_once_and_again_only_by_the_leaders_leave(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_asked_dossier(intake)
    bring_a_file(intake, dossier_id, "XD03", by=an_applicant())
    intake.answer_supplement(dossier_id, by=an_applicant())
    leader = an_officer("agency_leader", agency="ttpvhcc_xa")

    for by in (front_desk(), leader):
        with pytest.raises(SupplementLimitError):
            intake.request_supplement(dossier_id, [PLANS], note="", by=by)
    intake.allow_supplement(dossier_id, " Điều 5 ", by=leader)
    allowed: Any = list(intake.events.get(dossier_id))[-1]
    intake.request_supplement(dossier_id, [PLANS], note="", by=front_desk())

    assert (allowed.legal_basis, allowed.allowed_by) == ("Điều 5", "officer-7")
    assert the_dossier(intake, dossier_id).requests["intake"] == 2


def test_a_leave_has_a_legal_basis_and_comes_from_the_leader(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    leader = an_officer("agency_leader", agency="ttpvhcc_xa")

    with pytest.raises(LegalBasisMissingError):
        intake.allow_supplement(dossier_id, " ", by=leader)
    with pytest.raises(NotAllowedError):
        intake.allow_supplement(dossier_id, "Điều 5", by=front_desk())
    with pytest.raises(DossierNotReceivableError):
        intake.allow_supplement(an_accepted_dossier(intake), "Điều 5", by=leader)

    assert the_dossier(intake, dossier_id).leaves == 0


def test_reasons_come_by_their_code_in_three_languages(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)
    items = [PLANS | {"reason_code": "unreadable"}]

    intake.request_supplement(dossier_id, items, note="", by=front_desk())

    event: Any = list(intake.events.get(dossier_id))[-1]
    [item] = whole(event.items, event.words)
    assert item["reason"]["fr"] == "Illisible"


def test_a_reason_nobody_knows_is_refused(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake)
    items = [PLANS | {"reason_code": "mood"}]

    with pytest.raises(ReasonUnknownError):
        intake.request_supplement(dossier_id, items, note="", by=front_desk())


def test_the_form_names_who_asks_when_and_about_whom(
    intake: IntakeApplication,
) -> None:
    event: Any = list(intake.events.get(an_asked_dossier(intake)))[-1]

    assert event.officer == Personal("officer-7", "Trần Văn officer-7")
    assert json.loads(event.presentation.value)["rows"]
    assert (event.requested_at, event.code) == (NOW, None)


def test_the_desk_sees_how_long_it_may_guide_and_then_refuse(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_asked_dossier(intake)

    seen = intake.dossier(dossier_id, by=front_desk())

    assert seen["supplement"]["guidance_limit"] == {"value": 5, "unit": "working_day"}
    assert seen["supplement"]["refusal_limit"] == {"value": 3, "unit": "working_day"}
    assert {"missing", "unreadable"} < {x["code"] for x in seen["supplement_reasons"]}


def test_a_procedure_may_settle_it_at_the_desk(intake: IntakeApplication) -> None:
    dossier_id = a_complete_dossier(intake, COPY, "counter")
    items = [{"kind": "document", "key": "TP01"}]

    with pytest.raises(SupplementNotOfferedError):
        intake.request_supplement(dossier_id, items, note="", by=front_desk("ubnd_xa"))


@pytest.mark.parametrize(
    "items",
    [
        [],
        [{"kind": "document", "key": "ZZ99"}],
        [{"kind": "field", "key": "moon"}],
        [{"kind": "moon", "key": "floors"}],
    ],
)
def test_only_what_the_procedure_knows_can_be_asked_for(
    items: list[dict[str, Any]], intake: IntakeApplication
) -> None:
    dossier_id = a_submitted_dossier(intake)

    with pytest.raises(ItemUnknownError):
        intake.request_supplement(dossier_id, items, note="", by=front_desk())

    assert the_dossier(intake, dossier_id).status == 1


def test_only_the_front_desk_asks_and_only_what_lies_before_it(
    intake: IntakeApplication,
) -> None:
    submitted, accepted = a_submitted_dossier(intake), an_accepted_dossier(intake)

    for by in (an_applicant(), front_desk("ca_xa")):
        with pytest.raises(NotAllowedError):
            intake.request_supplement(submitted, [PLANS], note="", by=by)
    with pytest.raises(DossierNotReceivableError):
        intake.request_supplement(accepted, [PLANS], note="", by=front_desk())


def test_what_came_by_post_waits_at_the_desk_after_the_answer(
    intake: IntakeApplication,
) -> None:
    dossier_id, desk = a_complete_dossier(intake, PERMIT, "post"), front_desk()

    intake.request_supplement(dossier_id, [FLOORS], note="", by=desk)
    intake.answer_supplement(dossier_id, by=desk)

    assert the_dossier(intake, dossier_id).status == 1
    assert intake.accept_dossier(dossier_id, by=desk)


def test_only_what_was_asked_may_be_changed(intake: IntakeApplication) -> None:
    dossier_id, by = an_asked_dossier(intake), an_applicant()

    intake.give_answers(dossier_id, {"floors": 4}, by=by)
    with pytest.raises(FormInvalidError) as refusal:
        intake.give_answers(dossier_id, {"designer": "Ai"}, by=by)
    with pytest.raises(DocumentNotAskedError):
        intake.attach_document(dossier_id, "XD01", uuid4(), by=by)

    assert refusal.value.details[0]["code"] == "not-asked"
    assert the_dossier(intake, dossier_id).given["floors"] == 4


def test_a_complete_answer_goes_back_to_who_asked(intake: IntakeApplication) -> None:
    dossier_id, by = an_asked_dossier(intake), an_applicant()
    intake.give_answers(dossier_id, {"floors": 4}, by=by)
    bring_a_file(intake, dossier_id, "XD03", by=by)

    intake.answer_supplement(dossier_id, by=by)

    event: Any = list(intake.events.get(dossier_id))[-1]
    assert (the_dossier(intake, dossier_id).status, event.stage) == (1, "intake")
    assert json.loads(event.answers.value)["floors"] == 4
    assert len(event.documents[2]["files"]) == 2


def test_an_incomplete_answer_says_what_is_still_missing(
    intake: IntakeApplication,
) -> None:
    dossier_id, by = an_asked_dossier(intake), an_applicant()
    intake.give_answers(dossier_id, {"floors": None}, by=by)

    with pytest.raises(SupplementIncompleteError) as refusal:
        intake.answer_supplement(dossier_id, by=by)

    found = [
        (each.get("field") or each.get("document"), each["code"])
        for each in refusal.value.details
    ]
    assert found == [("floors", "required"), ("XD03", "missing")]


@pytest.mark.parametrize("verdict", ["", "quarantined"])
def test_a_new_file_must_be_checked_and_usable(
    verdict: str, intake: IntakeApplication
) -> None:
    dossier_id, by, file_id = an_asked_dossier(intake, PLANS), an_applicant(), uuid4()
    for file in list(the_dossier(intake, dossier_id).papers["XD03"]["files"]):
        intake.detach_document(dossier_id, "XD03", UUID(file), by=by)
    intake.attach_document(dossier_id, "XD03", file_id, by=by)
    if verdict:
        intake.handle(
            a_file_checked(dossier_id, file_id, document="XD03", verdict=verdict)
        )

    with pytest.raises(SupplementIncompleteError) as refusal:
        intake.answer_supplement(dossier_id, by=by)

    [problem] = refusal.value.details
    assert problem["code"] == ("rejected" if verdict else "being-checked")


def test_nothing_is_answered_that_was_not_asked(intake: IntakeApplication) -> None:
    dossier_id = a_complete_dossier(intake)

    with pytest.raises(SupplementNotAskedError):
        intake.answer_supplement(dossier_id, by=an_applicant())


def test_a_reviewer_asks_through_intake_and_the_dossier_stays_accepted(
    intake: IntakeApplication,
) -> None:
    dossier_id = an_accepted_dossier(intake)

    intake.handle(a_supplement_asked(dossier_id, "XD03"))
    asked = the_dossier(intake, dossier_id).status
    bring_a_file(intake, dossier_id, "XD03", by=an_applicant())
    intake.answer_supplement(dossier_id, by=an_applicant())

    event: Any = list(intake.events.get(dossier_id))[-1]
    assert (asked, the_dossier(intake, dossier_id).status) == (5, 2)
    assert event.stage == "review"


def test_asking_twice_or_too_late_changes_nothing(intake: IntakeApplication) -> None:
    dossier_id, draft = an_accepted_dossier(intake), a_complete_dossier(intake)
    intake.handle(a_supplement_asked(dossier_id, "XD03"))
    before = happened(intake, dossier_id)

    intake.handle(a_supplement_asked(dossier_id, "XD01"))
    intake.handle(a_supplement_asked(draft, "XD01"))

    assert happened(intake, dossier_id) == before
    assert the_dossier(intake, draft).status is None


def test_a_changed_answer_may_change_the_fee(intake: IntakeApplication) -> None:
    dossier_id = a_submitted_dossier(intake, BIRTH, extra_copies=0)
    items = [{"kind": "field", "key": "extra_copies"}]
    intake.request_supplement(dossier_id, items, note="", by=front_desk())
    intake.give_answers(dossier_id, {"extra_copies": 2}, by=an_applicant())

    intake.answer_supplement(dossier_id, by=an_applicant())

    assert the_dossier(intake, dossier_id).balance == 16000
