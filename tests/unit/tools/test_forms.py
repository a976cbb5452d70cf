from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from shared.directory import CATALOGUE
from shared.expressions import fields_of
from tools.demo.forms import Form, UnfillableError
from tools.demo.people import a_person
from tools.demo.rules import Rules
from tools.demo.world import hand_picked, procedures_in

TODAY = date(2026, 3, 2)
COMMON: dict[str, Any] = json.loads((CATALOGUE / "common.json").read_text())
DEFINITIONS = {each["slug"]: each for each in procedures_in(CATALOGUE)}
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
def test_every_procedure_of_the_catalogue_is_filled_in_within_its_rules(
    slug: str,
) -> None:
    definition = DEFINITIONS[slug]

    for seed in SEEDS:
        channel = definition["channels"][seed % len(definition["channels"])]
        person = a_person(str(seed))
        form = Form(definition, COMMON, person, channel, TODAY, str(seed))
        answers = form.filled()

        rules = Rules(definition, COMMON, channel, TODAY)
        assert [
            check["rule"]
            for check in definition["checks"]
            if check["stage"] == "submission"
            and not rules.holds(check["rule"], answers)
        ] == []
        assert missing(definition, rules, answers) == []


def missing(
    definition: dict[str, Any], rules: Rules, answers: dict[str, Any]
) -> list[str]:
    groups = {
        group: COMMON["field_groups"][group] for group in definition["field_groups"]
    }
    hidden = {
        field["name"]
        for group in groups.values()
        if "visible_if" in group and not rules.holds(group["visible_if"], answers)
        for field in group["fields"]
    }
    return [
        field["name"]
        for field in fields_of(definition, COMMON)
        if field["required"]
        and "computed" not in field
        and field["name"] not in hidden
        and field.get("set_by", "applicant") == "applicant"
        and ("visible_if" not in field or rules.holds(field["visible_if"], answers))
        and answers.get(field["name"]) is None
    ]


@pytest.mark.parametrize("slug", DEFINITIONS)
def test_the_answers_chosen_by_hand_fit_their_procedure(slug: str) -> None:
    definition, given = DEFINITIONS[slug], hand_picked(slug)

    answers = a_form(definition, "by-hand", given=given).filled()

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
