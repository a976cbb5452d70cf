from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from services.intake.domain import Edition
from services.intake.domain.catalogue import check, check_lists
from services.intake.domain.catalogue.conditions import expressions
from shared.directory import CATALOGUE, read
from shared.expressions import evaluate
from tests.builders.intake import (
    DIRECTORY,
    NOW,
    SLUGS,
    a_definition,
    an_answer,
    rules,
)
from tests.unit.intake.test_forms import ON_A_FRIDAY

Definition = dict[str, Any]
Change = Callable[[Definition], object]

LABEL = {"vi": "a", "en": "a", "fr": "a"}


def faults(definition: Definition) -> list[tuple[str, str]]:
    file = f"{definition.get('slug')}.json"
    return [(each.path, each.code) for each in check([(file, definition)], DIRECTORY)]


def changed(slug: str, change: Change) -> Definition:
    definition = a_definition(slug)
    change(definition)
    return definition


def test_the_shipped_catalogue_is_in_order() -> None:
    files = [(f"{slug}.json", a_definition(slug)) for slug in SLUGS]

    assert check(files, DIRECTORY) == []


def put(path: str, value: Any) -> Change:
    """Sets what a dotted path names: `steps.0.agency`."""
    *parents, last = (int(p) if p.isdigit() else p for p in path.split("."))

    def change(definition: Any) -> None:
        for each in parents:
            definition = definition[each]
        definition[last] = value

    return change


def drop(path: str) -> Change:
    *parents, last = (int(p) if p.isdigit() else p for p in path.split("."))

    def change(definition: Any) -> None:
        for each in parents:
            definition = definition[each]
        del definition[last]

    return change


def rule(source: str) -> Change:
    return put("checks.0.rule", source)


RULE = "$.checks[0].rule"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (put("kind", "poem"), ("$.kind", "schema")),
        (put("surprise", 1), ("$", "schema")),
        (put("steps.0.role", "king"), ("$.steps[0].role", "schema")),
        # rule 2
        (put("steps.2.id", "draft"), ("$.steps[5].id", "repeated")),
        (put("documents.1.code", "XD01"), ("$.documents[1].code", "repeated")),
        (put("fields.1.name", "channel"), ("$.fields[1].name", "repeated")),
        (put("fields.1.name", "full_name"), ("$.fields[1].name", "repeated")),
        # rule 3
        (put("steps.1.depends_on", ["sign"]), ("$.steps[1].depends_on[0]", "order")),
        (put("steps.5.depends_on", []), ("$.steps[5].depends_on", "first-step")),
        (put("steps.6.depends_on", ["receive"]), ("$.steps[5]", "last-step")),
        (put("steps.8.role", "clerk"), ("$.steps[8].role", "last-step")),
        (
            put("steps.8.requires", ["fees_settled"]),
            ("$.steps[8].requires", "last-step"),
        ),
        # rule 4
        (put("steps.0.agency", "moon"), ("$.steps[0].agency", "unknown")),
        (put("fees.0.collector", "moon"), ("$.fees[0].collector", "unknown")),
        (
            put("documents.0.databases", ["x"]),
            ("$.documents[0].databases[0]", "unknown"),
        ),
        (put("steps.0.data_calls", ["x"]), ("$.steps[0].data_calls[0]", "unknown")),
        (put("field_groups.1", "nobody"), ("$.field_groups[1]", "unknown")),
        (put("external_status_set", "nothing"), ("$.external_status_set", "unknown")),
        (put("fields.1.prefill", "moon.phase"), ("$.fields[1].prefill", "unknown")),
        # rule 5
        (put("joins.0.group", "Z"), ("$.joins[0].group", "group")),
        (drop("steps.2.when"), ("$.steps[2]", "group")),
        (put("steps.0.parallel_group", "B"), ("$.steps[0].parallel_group", "group")),
        # rule 6
        (put("steps.1.duration_minutes", 1801), ("$.steps", "time")),
        (
            put("legal_time.variants.0.value", 7),
            ("$.legal_time.variants[0].value", "time"),
        ),
        (
            put("legal_time.parts", [{"agency": "ubnd_xa", "value": 1}]),
            ("$.legal_time.parts", "time"),
        ),
        # rule 7 and section 4
        (rule("nobody == 1"), (RULE, "undeclared")),
        (rule("matches(plot_no, 'x')"), (RULE, "undeclared")),
        (rule("plot_no =="), (RULE, "expression")),
        (rule("floors < 7"), (RULE, "expression")),
        (rule("1 + 1"), (RULE, "expression")),
        (rule("facts.moon == 1"), (RULE, "unknown")),
        (rule("facts['moon'] == 1"), (RULE, "unknown")),
        (rule("outcomes.moon == null"), (RULE, "unknown")),
        (rule("outcomes.review_site == 'match'"), (RULE, "unknown")),
        (rule("building_kind == 'castle'"), (RULE, "unknown")),
        (rule("'castle' != building_kind"), (RULE, "unknown")),
        (rule("building_kind in ['house', 'castle']"), (RULE, "unknown")),
        (rule("!('moon' in consultations)"), (RULE, "unknown")),
        (rule("consultations.all(c, c == 'moon')"), (RULE, "unknown")),
        (
            put("fees.0.rates.0.formula", "{'castle': 1}[building_kind]"),
            ("$.fees[0].rates[0].formula", "unknown"),
        ),
        (
            put("fees.0.rates.0.formula", "-1"),
            ("$.fees[0].rates[0].formula", "expression"),
        ),
        (put("fields.1.computed", "7"), ("$.fields[1].computed", "expression")),
        (put("fields.1.visible_if", "'x'"), ("$.fields[1].visible_if", "expression")),
        # rule 8
        (put("fields.0.default", "castle"), ("$.fields[0].default", "unfit-default")),
        (put("fields.3.default", "x"), ("$.fields[3].default", "unfit-default")),
        (
            put("fields.0.options.1.value", "house"),
            ("$.fields[0].options[1].value", "repeated"),
        ),
        # rules 9, 10, 12
        (
            put("supplement.max_requests_per_stage", 0),
            ("$.steps[1].outcomes", "supplement"),
        ),
        (
            put("field_groups", ["applicant_person", "declaration"]),
            ("$.result_channels", "group-missing"),
        ),
        (
            put("supplement.on_expiry", "void_dossier"),
            ("$.supplement.on_expiry", "outcome-missing"),
        ),
        # what else cannot be
        (
            put("version.valid_from", "2026-02-30"),
            ("$.version.valid_from", "not-a-date"),
        ),
        (put("version.valid_to", "2020-01-01"), ("$.version.valid_to", "period")),
        (put("fields.1.pattern", "("), ("$.fields[1].pattern", "pattern")),
    ],
)
def test_a_fault_is_found_with_its_place(
    change: Change, fault: tuple[str, str]
) -> None:
    found = faults(changed("house-building-permit", change))

    assert fault in found


@pytest.mark.parametrize(
    ("slug", "change", "fault"),
    [
        (
            "criminal-record",
            put("field_groups", ["applicant_person", "delivery", "declaration"]),
            ("$.documents[2].required_if", "group-missing"),
        ),
        (
            "criminal-record",
            rule("residence_history.all(r, r.moon == null)"),
            (RULE, "unknown"),
        ),
        (
            "criminal-record",
            put("steps.2.fan_out.keys", "1"),
            ("$.steps[2].fan_out.keys", "expression"),
        ),
        (
            "driving-licence-exchange",
            put("facts.0.database", "moon"),
            ("$.facts[0].database", "unknown"),
        ),
        (
            "driving-licence-exchange",
            put("fees.0.rates.0.valid_to", "2026-01-01"),
            ("$.fees[0].rates[1]", "overlap"),
        ),
        (
            "interlinked-birth",
            put("fields.5.catalogue", "moons"),
            ("$.fields[5].catalogue", "unknown"),
        ),
        (
            "certified-copy",
            put("steps.1.duration_minutes", 500),
            ("$.steps", "time"),
        ),
    ],
)
def test_a_fault_is_found_in_any_procedure(
    slug: str, change: Change, fault: tuple[str, str]
) -> None:
    assert fault in faults(changed(slug, change))


def test_a_fact_names_a_step_that_exists() -> None:
    fact = {
        "name": "moon",
        "label": LABEL,
        "type": "boolean",
        "database": None,
        "set_by_step": "nowhere",
    }

    found = faults(changed("certified-copy", put("facts", [fact])))

    assert found == [("$.facts[0].set_by_step", "unknown")]


def test_a_join_is_named_once_and_joins_something() -> None:
    join = a_definition()["joins"][0]

    found = faults(changed("house-building-permit", put("joins", [join, join])))

    assert found == [("$.joins[0].group", "group"), ("$.joins[1].group", "group")]


def test_a_table_may_have_a_default_of_its_own() -> None:
    column = {"name": "a", "label": LABEL, "type": "integer", "required": True}
    table = {
        "name": "them",
        "label": LABEL,
        "type": "table",
        "required": False,
        "columns": [column],
    }
    good = changed("certified-copy", put("fields.0", {**table, "default": [{"a": 1}]}))
    bad = changed("certified-copy", put("fields.0", {**table, "default": [{"a": "x"}]}))

    assert faults(good) == []
    assert faults(bad) == [("$.fields[0].default", "unfit-default")]


def test_all_faults_of_all_files_are_found_at_once() -> None:
    first = changed("certified-copy", put("steps.0.agency", "moon"))
    second = changed("criminal-record", put("steps.0.agency", "moon"))

    found = check([("certified-copy.json", first), ("x.json", second)], DIRECTORY)

    assert [(each.file, each.code) for each in found] == [
        ("certified-copy.json", "unknown"),
        ("x.json", "slug"),
        ("x.json", "unknown"),
    ]
    assert "$.steps[0].agency" in found[0].detail()["message"]["fr"]


def test_a_code_means_one_procedure_at_any_time() -> None:
    other = changed(
        "certified-copy", put("code", a_definition("criminal-record")["code"])
    )
    files = [
        ("criminal-record.json", a_definition("criminal-record")),
        ("certified-copy.json", other),
    ]

    [fault] = check(files, DIRECTORY)

    assert (fault.file, fault.path) == ("certified-copy.json", "$.code")


def test_a_code_that_is_published_for_another_is_taken_but_later_it_is_free() -> None:
    code = a_definition("certified-copy")["code"]
    taken = Edition("old-name", code, 1, "2020-01-01", None)
    ended = Edition("old-name", code, 1, "2020-01-01", "2020-12-31")
    files = [("certified-copy.json", a_definition("certified-copy"))]

    assert [each.code for each in check(files, DIRECTORY, [taken])] == ["repeated"]
    assert check(files, DIRECTORY, [ended]) == []


def test_the_lists_have_the_codes_of_the_schema() -> None:
    agencies = read(CATALOGUE / "agencies.json")
    common = deepcopy(DIRECTORY.common)

    assert check_lists(common, agencies, DIRECTORY.schema) == []

    del common["enums"]["role"][0]
    [fault] = check_lists(common, agencies, DIRECTORY.schema)
    assert (fault.file, fault.path) == ("common.json", "$.enums.role")


def test_lists_of_another_kind_are_no_lists() -> None:
    found = check_lists([], {"kind": "agencies"}, DIRECTORY.schema)

    assert {each.file for each in found} == {"common.json", "agencies.json"}


@pytest.mark.parametrize("slug", SLUGS)
def test_no_expression_fails_on_any_form(slug: str) -> None:
    """Fifty forms of each procedure, from empty to complete."""
    some, chance = rules(slug), random.Random(slug)

    for number in range(50):
        given = {
            name: an_answer(each)
            for name, each in some.form.fields.items()
            if chance.random() * 50 < number
        }
        names = some.form.fill(given, now=NOW, **ON_A_FRIDAY).names
        for path, source, expected in expressions(some.definition, DIRECTORY.common):
            assert expected(evaluate(source, names)), path


@pytest.mark.parametrize(
    "path",
    [
        "legal_time.value",
        "extension.notify_before_due_working_days",
        "extension.max_length.value",
        "supplement.answer_limit.value",
        "steps.2.timeout.value",
    ],
)
def test_a_time_that_nobody_can_count_was_mistyped(path: str) -> None:
    mistyped = changed("house-building-permit", put(path, 10**9))

    place = "$." + path.replace(".2.", "[2].")
    assert (place, "schema") in faults(mistyped)


def test_an_expression_that_nobody_would_wait_for_is_refused() -> None:
    endless = "[1,2,3,4,5,6,7,8,9].map(a, " * 9 + "1" + ")" * 9 + " == []"
    evil = changed("house-building-permit", put("checks.0.rule", endless))

    assert ("$.checks[0].rule", "expression") in faults(evil)
