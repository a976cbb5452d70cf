from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from services.intake.domain.form import Form as IntakeForm
from shared.clock import LOCAL
from shared.directory import CATALOGUE
from shared.expressions import Circumstances
from tools.demo.forms import Form, UnfillableError
from tools.demo.people import a_person
from tools.demo.world import hand_picked, procedures_in

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=LOCAL)
COMMON: dict[str, Any] = json.loads((CATALOGUE / "common.json").read_text())
UNSEEN = Path(__file__).parents[2] / "acceptance/catalogues"
FOLDERS = (CATALOGUE, UNSEEN / "unseen", UNSEEN / "nasty")
DEFINITIONS = {
    each["slug"]: each for folder in FOLDERS for each in procedures_in(folder)
}
SEEDS = range(50)

HIDDEN_UNLESS_MARRIED: dict[str, Any] = {
    "slug": "two-fields",
    "field_groups": [],
    "facts": [],
    "steps": [],
    "checks": [],
    "fields": [
        {"name": "married", "type": "boolean", "required": True},
        {
            "name": "spouse_name",
            "type": "person_name",
            "required": True,
            "visible_if": "married",
        },
    ],
}


def a_form(definition: dict[str, Any], seed: str, **more: Any) -> Form:
    channels = definition.get("channels", ["online"])
    channel = channels[len(seed) % len(channels)]
    return Form(definition, COMMON, a_person(seed), channel, TODAY, seed, **more)


def with_check(rule: str) -> dict[str, Any]:
    check = {"id": "c", "stage": "submission", "severity": "error", "rule": rule}
    return {**HIDDEN_UNLESS_MARRIED, "checks": [check]}


@pytest.mark.parametrize("slug", DEFINITIONS)
def test_the_front_desk_finds_nothing_wrong_with_any_form(slug: str) -> None:
    definition = DEFINITIONS[slug]

    for seed in SEEDS:
        channel = definition["channels"][seed % len(definition["channels"])]
        person = a_person(str(seed))
        form = Form(definition, COMMON, person, channel, TODAY, str(seed))

        assert errors(definition, form.filled(), channel) == []


def errors(
    definition: dict[str, Any], answers: dict[str, Any], channel: str
) -> list[dict[str, Any]]:
    """As intake judges a form that is handed in."""
    read = IntakeForm(definition, COMMON)
    circumstances = Circumstances(
        channel=channel,
        submitted_on=TODAY.isoformat(),
        received_on=None,
        today=TODAY.isoformat(),
        exemption_groups=[],
        outcomes={},
        facts={},
    )
    filled = read.fill(
        answers, now=NOON, asked=frozenset({"applicant"}), **circumstances
    )
    found = [*filled.problems, *read.checks(filled.names, "submission")]
    return [each for each in found if each["severity"] == "error"]


@pytest.mark.parametrize("slug", DEFINITIONS)
def test_the_answers_chosen_by_hand_fit_their_procedure(slug: str) -> None:
    definition, given = DEFINITIONS[slug], hand_picked(slug)

    answers = a_form(definition, "by-hand", given=given).filled()

    assert errors(definition, answers, definition["channels"][0]) == []
    assert {name: answers.get(name) for name in given} == given


@pytest.mark.parametrize("slug", DEFINITIONS)
def test_the_same_seed_gives_the_same_form(slug: str) -> None:
    first, second = (a_form(DEFINITIONS[slug], "again").filled() for _ in range(2))

    assert first == second


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hidden_field_has_no_answer(seed: int) -> None:
    answers = a_form(HIDDEN_UNLESS_MARRIED, str(seed)).filled()

    assert ("spouse_name" in answers) == answers["married"]


def test_a_rule_is_met_by_trying_other_answers() -> None:
    for seed in SEEDS:
        answers = a_form(with_check("married"), str(seed)).filled()

        assert answers["married"]


def test_a_form_that_nobody_can_fill_in_says_which_rule() -> None:
    with pytest.raises(UnfillableError, match="married && !married"):
        a_form(with_check("married && !married"), "x").filled()


def test_a_rule_about_a_birth_date_finds_somebody_of_that_age() -> None:
    about_a_child = [
        {"name": "child_birth_date", "type": "date", "required": True},
        {"name": "child_id", "type": "citizen_id", "required": True},
    ]
    rule = "days_between(child_birth_date, submitted_on) <= 90"
    definition = {**with_check(rule), "fields": about_a_child}

    answers = a_form(definition, "child").filled()

    born = date.fromisoformat(answers["child_birth_date"])
    assert answers["child_id"][4:6] == f"{born:%y}"
