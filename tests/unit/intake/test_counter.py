"""What is asked at the counter alone: how a filing would stand; what was not there."""

from __future__ import annotations

from typing import Any

import pytest

from services.intake.application import IntakeApplication
from services.intake.counter import Rehearsal
from services.intake.domain.ending import Receipt
from services.intake.errors import ChannelNotOfferedError, UnitUnknownError
from shared.errors import NotAllowedError
from shared.personal import Personal
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    a_complete_dossier,
    a_result_released,
    an_accepted_dossier,
    an_intake,
    an_open_dossier,
    answers_for,
    front_desk,
    happened,
    rules,
    the_dossier,
)

COPY, PERMIT = "certified-copy", "house-building-permit"


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(COPY, PERMIT)


def rehearsed(intake: IntakeApplication, **more: Any) -> dict[str, Any]:
    answers = answers_for(rules(COPY), pages=3, copies=2)
    wish = Rehearsal(COPY, "counter", {**answers, **more}, ["TP01"])
    return intake.rehearse(wish, by=front_desk())


def test_a_filing_is_tried_before_anything_is_kept(intake: IntakeApplication) -> None:
    before = intake.recorder.max_notification_id()

    found = rehearsed(intake)

    assert found["balance"] == 10_000
    assert found["problems"] == []
    assert found["documents"][0]["state"] == "recorded"
    assert intake.recorder.max_notification_id() == before


def test_it_says_what_is_wrong_field_by_field_and_what_can_be_seen(
    intake: IntakeApplication,
) -> None:
    found = rehearsed(intake, personal_id="123", foreign_document=True)

    assert "personal_id" in {each.get("field") for each in found["problems"]}
    assert "legalised" in found["visible"]


def test_papers_that_do_not_lie_there_are_wanting(intake: IntakeApplication) -> None:
    wish = Rehearsal(COPY, "counter", answers_for(rules(COPY)))

    found = intake.rehearse(wish, by=front_desk())

    assert [each["document"] for each in found["problems"]] == ["TP01"]


def test_only_a_desk_tries_a_filing_and_only_as_it_is_offered(
    intake: IntakeApplication,
) -> None:
    for by in (an_applicant(), an_officer("reviewer", agency="ttpvhcc_xa")):
        with pytest.raises(NotAllowedError):
            intake.rehearse(Rehearsal(COPY, "counter", {}), by=by)
    with pytest.raises(ChannelNotOfferedError):
        intake.rehearse(Rehearsal(COPY, "post", {}), by=front_desk())
    with pytest.raises(NotAllowedError):
        intake.rehearse(Rehearsal(COPY, "online", {}), by=front_desk())
    with pytest.raises(UnitUnknownError):
        intake.rehearse(Rehearsal(COPY, "counter", {}, unit="moon"), by=front_desk())


def test_a_paper_recorded_by_mistake_is_struck_off(intake: IntakeApplication) -> None:
    dossier_id = a_complete_dossier(intake, COPY, "counter")

    intake.strike_paper(dossier_id, "TP01", by=front_desk())
    intake.strike_paper(dossier_id, "TP01", by=front_desk())

    assert the_dossier(intake, dossier_id).papers["TP01"]["record"] is None
    assert happened(intake, dossier_id).count("PaperStruck") == 1


def test_an_applicant_strikes_no_paper_off(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake, PERMIT)

    with pytest.raises(NotAllowedError):
        intake.strike_paper(dossier_id, "XD01", by=an_applicant())


def test_the_desk_that_took_it_in_is_known_beside_the_unit_that_answers_for_it(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_complete_dossier(intake, COPY, "counter")

    intake.accept_dossier(dossier_id, by=front_desk("ttpvhcc_tinh"))

    dossier = the_dossier(intake, dossier_id)
    assert (dossier.unit, dossier.receiving_point) == ("ubnd_xa", "ttpvhcc_tinh")


@pytest.mark.parametrize(
    ("receipt", "manner"),
    [
        (Receipt("M1 2L3 4"), "screen"),
        (Receipt(is_on_paper=True), "paper"),
        (Receipt(), ""),
    ],
)
def test_who_takes_the_result_signs_for_it(
    intake: IntakeApplication, receipt: Receipt, manner: str
) -> None:
    dossier_id = an_accepted_dossier(intake, PERMIT, result_channel="counter")
    intake.record_payment(
        dossier_id,
        {"amount": 37_500, "method": "cash", "reference": ""},
        by=front_desk(),
    )
    intake.handle(a_result_released(dossier_id))
    by = an_officer("return_officer", agency="ttpvhcc_xa")

    intake.hand_over_result(dossier_id, "Nguyễn Văn An", receipt=receipt, by=by)

    told = intake.dossier(dossier_id, by=by)["handed_over"]
    event = list(intake.events.get(dossier_id))[-1]
    sealed = Personal("citizen-1", "M1 2L3 4") if manner == "screen" else None
    assert (told["receiver"], told["signed_on"]) == ("Nguyễn Văn An", manner)
    assert told["signature"] == receipt.signature
    assert event.signature == sealed  # type: ignore[attr-defined]
