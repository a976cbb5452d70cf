"""Fees that depend on what the agencies find out: known once it is found out."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.errors import FeeNotKnownError
from shared.contracts.workflow import StepFinished
from shared.personal import Personal
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    DIRECTORY,
    a_definition,
    a_result_released,
    an_accepted_dossier,
    front_desk,
    happened,
    heard,
)
from tests.fakes import MEMORY, MemoryKeys

BY_AREA = "facts.area == null ? null : 1000 * facts.area"


def an_intake(formula: str) -> IntakeApplication:
    """With a permit whose fee follows this formula."""
    definition = a_definition()
    fact = {"name": "area", "type": "integer", "database": None}
    label = {"vi": "Diện tích", "en": "Area", "fr": "Surface"}
    definition["facts"] = [{**fact, "label": label, "set_by_step": "review_site"}]
    rate = {"valid_from": None, "valid_to": None, "formula": formula}
    definition["fees"] = [{**definition["fees"][0], "rates": [rate]}]
    intake = IntakeApplication(MEMORY, keys=MemoryKeys(), directory=DIRECTORY)
    intake.publish_procedures([definition], by=an_officer("administrator"))
    return intake


def a_step_finished(
    dossier_id: UUID,
    facts: dict[str, Any] | None = None,
    step: str = "review_site",
    outcome: str | None = "ok",
) -> StepFinished:
    return StepFinished(
        **heard(dossier_id, "workflow"),
        case_id=uuid4(),
        step=step,
        unit="phong_kt_xa",
        outcome=outcome,
        finished_by="officer-8",
        facts=Personal("citizen-1", json.dumps(facts)) if facts else None,
    )


def balance(intake: IntakeApplication, dossier_id: UUID) -> int | None:
    found: int | None = intake.dossier(dossier_id, by=front_desk())["balance"]
    return found


def test_an_amount_becomes_known_with_what_it_depends_on() -> None:
    intake = an_intake(BY_AREA)
    dossier_id = an_accepted_dossier(intake)
    assert balance(intake, dossier_id) is None
    with pytest.raises(FeeNotKnownError):
        intake.ways_to_pay(dossier_id, by=an_applicant())

    intake.handle(a_step_finished(dossier_id, {"area": 80}))

    assert balance(intake, dossier_id) == 80_000
    assert happened(intake, dossier_id)[-2:] == ["StepLearned", "FeesAssessed"]


def test_what_turns_out_to_be_free_is_settled() -> None:
    intake = an_intake(BY_AREA)
    dossier_id = an_accepted_dossier(intake)

    intake.handle(a_step_finished(dossier_id, {"area": 0}))

    assert happened(intake, dossier_id)[-1] == "FeesSettled"


@pytest.mark.parametrize(
    ("formula", "amount"),
    [
        ("outcomes.review_site == 'consult' ? 70000 : 0", 70_000),
        ("size(consultations) * 5000", 10_000),
    ],
)
def test_outcomes_and_the_fields_of_reviewers_count_as_well(
    formula: str, amount: int
) -> None:
    intake = an_intake(formula)
    dossier_id = an_accepted_dossier(intake)

    found = {"consultations": ["planning", "fire"]}
    intake.handle(a_step_finished(dossier_id, found, outcome="consult"))

    assert balance(intake, dossier_id) == amount


def test_of_steps_on_which_no_fee_depends_nothing_is_kept() -> None:
    intake = an_intake("75000")
    dossier_id = an_accepted_dossier(intake)
    before = happened(intake, dossier_id)

    intake.handle(a_step_finished(dossier_id, {"area": 80}))

    assert happened(intake, dossier_id) == before


def test_what_nobody_found_out_before_the_result_is_not_charged() -> None:
    intake = an_intake(BY_AREA)
    dossier_id = an_accepted_dossier(intake, result_channel="online")

    intake.handle(a_result_released(dossier_id))

    assert balance(intake, dossier_id) == 0
    assert happened(intake, dossier_id)[-4:] == [
        *("ResultReady", "FeesAssessed", "FeesSettled", "ResultReturned"),
    ]
