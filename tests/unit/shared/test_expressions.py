from __future__ import annotations

from typing import Any

import pytest

from shared.directory import CATALOGUE, read
from shared.expressions import (
    ExpressionError,
    evaluate,
    names_for,
    undeclared,
)

COMMON = read(CATALOGUE / "common.json")


def bound(slug: str, **answers: Any) -> dict[str, Any]:
    return names_for(
        read(CATALOGUE / f"{slug}.json"),
        COMMON,
        answers=answers,
        channel="online",
        submitted_on="2026-11-20",
        received_on=None,
        today="2026-11-20",
        exemption_groups=["elderly"],
        outcomes={"check": "verify"},
        facts={"unpaid_violation": True},
    )


def test_every_name_is_bound_even_on_an_empty_form() -> None:
    names = bound("criminal-record")

    assert names["full_name"] is None
    assert names["include_ban"] is False
    assert names["residence_history"] == []
    assert set(names["outcomes"].values()) == {None}


def test_rows_and_addresses_have_every_key() -> None:
    names = bound("criminal-record", residence_history=[{"from": "2000-01"}])

    [row] = names["residence_history"]
    assert row["to"] is None
    assert row["address"] is None


def test_an_address_is_bound_with_every_key() -> None:
    names = bound("house-building-permit", site={"province_code": "66"})

    assert names["site"]["street"] is None


def test_empty_text_is_no_answer_and_decimals_are_doubles() -> None:
    names = bound("house-building-permit", plot_no="", plot_area_m2=100)

    assert names["plot_no"] is None
    assert isinstance(names["plot_area_m2"], float)


def test_outcomes_and_facts_of_the_procedure_are_bound_and_no_others() -> None:
    names = bound("driving-licence-exchange")

    assert names["outcomes"]["check"] == "verify"
    assert names["outcomes"]["approve"] is None
    assert names["facts"] == {"unpaid_violation": True}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("days_between('2026-11-20', '2026-11-24T08:00:00+07:00')", 4),
        ("days_between('2026-11-24', '2026-11-20')", -4),
        ("months_between('2025-12', '2026-02-01')", 2),
        ("years_between('2000-02-29', '2026-02-28')", 25),
        ("years_between('2000-02-29', '2026-03-01')", 26),
        ("least(2, 3) + greatest(2, 3)", 5),
        ("sum([1, null, 3])", 4),
        ("sum([])", 0),
        ("date_words('1990')", "Năm một nghìn chín trăm chín mươi"),
        ("7 / 2", 3),
        ("5 == null", False),
    ],
)
def test_a_function_means_what_the_catalogue_says(source: str, value: Any) -> None:
    assert evaluate(source, {}) == value


@pytest.mark.parametrize(
    "source", ["x <", "x < 3", "1 / 0", "days_between(x, x)", "[1][2]", "nobody"]
)
def test_what_fails_is_a_defect_that_names_its_source(source: str) -> None:
    with pytest.raises(ExpressionError) as defect:
        evaluate(source, {"x": None})

    assert defect.value.source == source


def test_a_chain_that_could_crash_the_parser_is_not_parsed() -> None:
    with pytest.raises(ExpressionError, match="500"):
        evaluate("!" * 100_000 + "true", {})


def test_names_and_functions_that_nobody_declares_are_found() -> None:
    source = "rows.exists(r, r.a == other) && matches(rows, 'x') && size(rows) > 1"

    assert undeclared(source, {"rows": []}) == ["matches", "other"]


NINE = "[1,2,3,4,5,6,7,8,9]"


@pytest.mark.parametrize(
    "source",
    [
        "true || " * 70 + "true",
        f"{NINE}.map(a, " * 9 + "1" + ")" * 9,
        "['aaaaaaaa']" + ".map(x, x + x)" * 30,
        "[1]" + ".map//\n(x, [x, x, x, x, x, x, x, x, x])" * 9,
        "['\\'']" + ".map(x, x + x)" * 30 + " == ['\\'']",
        "r'\\' == '(' ? [] : [1]" + ".map(x, [x, x, x, x])" * 9,
    ],
    ids=["long", "nested", "doubling", "hidden", "escaped", "raw"],
)
def test_what_nobody_would_wait_for_is_refused_before_it_begins(source: str) -> None:
    with pytest.raises(ExpressionError):
        evaluate(source, {})


def test_rules_over_the_rows_of_a_table_are_read_as_ever() -> None:
    known = read(CATALOGUE / "criminal-record.json")
    [rule] = [
        each["rule"] for each in known["checks"] if "residence_history" in each["rule"]
    ][:1]

    assert evaluate(rule, bound("criminal-record")) is not None
    assert evaluate(f"{NINE}.filter(x, x > 3).map(x, x * 2).exists(x, x == 8)", {})
