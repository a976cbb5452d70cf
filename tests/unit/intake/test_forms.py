from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.intake.domain.form import Filled, Form
from shared.expressions import Circumstances
from tests.builders.intake import (
    DIRECTORY,
    FILE,
    NOW,
    SLUGS,
    a_definition,
    answers_for,
    as_json,
    rules,
)

ASKED = frozenset({"applicant"})
ON_A_FRIDAY: Circumstances = {
    "channel": "online",
    "submitted_on": "2026-11-20",
    "received_on": None,
    "today": "2026-11-20",
    "exemption_groups": [],
    "outcomes": {},
    "facts": {},
}
LABEL = {"vi": "Ô", "en": "Field", "fr": "Champ"}


def a_form(*fields: dict[str, Any]) -> Form:
    """A form of just these fields."""
    named = [{"label": LABEL, "required": False, **each} for each in fields]
    definition = a_definition() | {"field_groups": [], "fields": named}
    return Form(definition, DIRECTORY.common)


def fill(form: Form, **given: Any) -> Filled:
    return form.fill(given, now=NOW, asked=ASKED, **ON_A_FRIDAY)


def codes(filled: Filled) -> list[tuple[str, str]]:
    return [(each["field"], each["code"]) for each in filled.problems]


def answer(field: dict[str, Any], value: Any) -> tuple[Any, str | None]:
    """What becomes of one answer: its value, or the code of what is wrong."""
    filled = fill(a_form({"name": "it", **field}), it=value)
    [code] = [each["code"] for each in filled.problems] or [None]
    return filled.values.get("it"), code


A_SELECT = {"type": "select", "options": [{"value": "a", "label": LABEL}]}
A_MULTISELECT = {**A_SELECT, "type": "multiselect"}
AN_ADDRESS = {"province_code": "66", "commune_code": "24496"}


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        ({"type": "text"}, "  Ea \n Kly ", "Ea Kly"),
        ({"type": "text"}, "e\u0302", "ê"),
        ({"type": "text"}, "   ", None),
        ({"type": "text", "transform": "uppercase"}, "đắk lắk", "ĐẮK LẮK"),
        ({"type": "textarea"}, " một \r\n\r\n hai  ba ", "một\n\nhai ba"),
        ({"type": "person_name"}, "Nguyễn  Văn An", "Nguyễn Văn An"),
        ({"type": "person_name", "transform": "uppercase"}, "An Na", "AN NA"),
        ({"type": "person_name"}, " ", None),
        ({"type": "integer"}, "12", 12),
        ({"type": "integer"}, 3.0, 3),
        ({"type": "integer"}, " ", None),
        ({"type": "money"}, 0, 0),
        ({"type": "decimal"}, "12.50", 12.5),
        ({"type": "decimal"}, 7, 7.0),
        ({"type": "decimal"}, 0.1, 0.1),
        ({"type": "decimal"}, " ", None),
        ({"type": "date"}, "2024-02-29", "2024-02-29"),
        ({"type": "date"}, " ", None),
        ({"type": "datetime"}, "2026-11-20T08:00+07:00", "2026-11-20T08:00+07:00"),
        ({"type": "partial_date"}, "1990", "1990"),
        ({"type": "year_month"}, "1990-12", "1990-12"),
        ({"type": "boolean"}, True, True),
        (A_SELECT, "a", "a"),
        (A_MULTISELECT, ["a"], ["a"]),
        ({"type": "catalogue", "catalogue": "provinces"}, "66", "66"),
        ({"type": "catalogue", "catalogue": "provinces"}, " ", None),
        ({"type": "catalogue", "catalogue": "vsic"}, "4711", "4711"),
        ({"type": "citizen_id"}, " 066090123456 ", "066090123456"),
        ({"type": "citizen_id"}, " ", None),
        ({"type": "tax_code"}, "0100109106", "0100109106"),
        ({"type": "tax_code"}, "0100109106-001", "0100109106-001"),
        ({"type": "tax_code"}, "066090123456", "066090123456"),
        ({"type": "tax_code"}, " ", None),
        ({"type": "phone"}, "0912 345-678", "+84912345678"),
        ({"type": "phone"}, "+84912345678", "+84912345678"),
        ({"type": "phone"}, " ", None),
        ({"type": "email"}, "an@example.org", "an@example.org"),
        (
            {"type": "address"},
            {**AN_ADDRESS, "street": " 1  Lê Lợi "},
            {**AN_ADDRESS, "street": "1 Lê Lợi", "address_text_old": None},
        ),
        ({"type": "address"}, {"street": ""}, None),
        ({"type": "file", "accept": ["image/jpeg"]}, FILE, FILE),
    ],
)
def test_an_answer_is_kept_in_its_one_form(
    field: dict[str, Any], given: Any, kept: Any
) -> None:
    assert answer(field, given) == (kept, None)
    assert answer(field, kept) == (kept, None)  # it is read again each time


@pytest.mark.parametrize(
    ("field", "given", "code"),
    [
        ({"type": "text"}, 7, "wrong-kind"),
        ({"type": "text"}, "a\x00b", "characters"),
        ({"type": "text"}, "\ud800", "characters"),
        ({"type": "text", "max_length": 3}, "bốn chữ", "too-long"),
        ({"type": "text", "pattern": "^[A-Z]+$"}, "abc", "pattern"),
        ({"type": "person_name"}, "R2D2", "person-name"),
        ({"type": "integer"}, "mười", "not-a-number"),
        ({"type": "integer"}, 1.5, "not-a-number"),
        ({"type": "integer"}, True, "not-a-number"),
        ({"type": "integer"}, "9" * 30, "not-a-number"),
        ({"type": "integer"}, 10**30, "too-large"),
        ({"type": "integer", "min": 1}, 0, "too-small"),
        ({"type": "money", "max": 5}, 6, "too-large"),
        ({"type": "decimal", "scale": 2}, "1.234", "too-precise"),
        ({"type": "decimal"}, "1,5", "not-a-number"),
        ({"type": "decimal"}, float("nan"), "not-a-number"),
        ({"type": "decimal"}, [1], "wrong-kind"),
        ({"type": "decimal"}, True, "wrong-kind"),
        ({"type": "date"}, "2026-02-30", "not-a-date"),
        ({"type": "date"}, "20/11/2026", "not-a-date"),
        ({"type": "datetime"}, "2026-11-20T25:00+07:00", "not-a-date"),
        ({"type": "year_month"}, "2026-13", "not-a-date"),
        ({"type": "boolean"}, "yes", "wrong-kind"),
        (A_SELECT, "b", "not-an-option"),
        (A_MULTISELECT, "a", "wrong-kind"),
        (A_MULTISELECT, ["a", "a"], "repeated"),
        ({"type": "catalogue", "catalogue": "provinces"}, "99", "not-an-option"),
        ({"type": "catalogue", "catalogue": "vsic"}, "x", "pattern"),
        ({"type": "citizen_id"}, "123", "citizen-id"),
        ({"type": "citizen_id"}, "\u066066090123456"[:12], "citizen-id"),
        ({"type": "citizen_id"}, "003090123456", "citizen-id-province"),
        ({"type": "tax_code"}, "0100109107", "tax-code"),
        ({"type": "tax_code"}, "0100109106-000", "tax-code"),
        ({"type": "tax_code"}, "0100000000", "tax-code"),
        ({"type": "tax_code"}, "999999999999", "citizen-id"),
        ({"type": "phone"}, "0212345678", "phone"),
        ({"type": "email"}, "an at example", "email"),
        ({"type": "email"}, f"an@{'x' * 250}.org", "too-long"),
        ({"type": "address"}, "12 Lê Lợi", "wrong-kind"),
        ({"type": "address"}, {**AN_ADDRESS, "district": "x"}, "wrong-kind"),
        ({"type": "address"}, {"province_code": "99"}, "address-province"),
        ({"type": "address"}, {"province_code": "66"}, "address-commune"),
        ({"type": "address"}, {**AN_ADDRESS, "street": "x" * 201}, "too-long"),
        ({"type": "file"}, {**FILE, "sha256": "x"}, "wrong-kind"),
        ({"type": "file"}, {**FILE, "media_type": "text/html"}, "file-kind"),
        ({"type": "file", "max_mb": 1}, {**FILE, "size": 2**21}, "file-too-large"),
        ({"type": "table", "columns": []}, "x", "wrong-kind"),
        ({"type": "table", "columns": [], "max_rows": 1}, [{}, {}], "too-many-rows"),
        ({"type": "table", "columns": [], "min_rows": 2}, [{}], "too-few-rows"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused(
    field: dict[str, Any], given: Any, code: str
) -> None:
    assert answer(field, given)[1] == code


@pytest.mark.parametrize(
    ("field", "given", "code"),
    [
        ({"latest": {"anchor": "today"}}, "2026-11-20", None),
        ({"latest": {"anchor": "today"}}, "2026-11-21", "too-late"),
        ({"earliest": {"anchor": "today", "years": -6}}, "2020-11-20", None),
        ({"earliest": {"anchor": "today", "years": -6}}, "2020-11-19", "too-early"),
        ({"earliest": {"anchor": "today", "months": 3}}, "2027-02-20", None),
        ({"latest": {"anchor": "now", "days": 1}}, "2026-11-22", "too-late"),
    ],
)
def test_a_date_is_as_near_to_today_as_its_field_says(
    field: dict[str, Any], given: str, code: str | None
) -> None:
    assert answer({"type": "date", **field}, given)[1] == code


@pytest.mark.parametrize(
    ("field", "given", "code"),
    [
        ({"latest": {"anchor": "now"}}, "2026-11-20T10:00+07:00", None),
        ({"latest": {"anchor": "now"}}, "2026-11-20T10:01+07:00", "too-late"),
        ({"latest": {"anchor": "today"}}, "2026-11-20T23:59+07:00", None),
        ({"earliest": {"anchor": "today"}}, "2026-11-20T00:00+07:00", None),
        ({"earliest": {"anchor": "today"}}, "2026-11-19T23:59+07:00", "too-early"),
    ],
)
def test_a_moment_is_measured_exactly_or_by_the_day(
    field: dict[str, Any], given: str, code: str | None
) -> None:
    assert answer({"type": "datetime", **field}, given)[1] == code


def test_a_day_that_a_month_does_not_have_becomes_its_last() -> None:
    form = a_form(
        {"name": "it", "type": "date", "latest": {"anchor": "today", "months": 3}}
    )
    filled = form.fill(
        {"it": "2027-03-01"},
        now=NOW.replace(day=30),
        **(ON_A_FRIDAY | {"today": "2026-11-30"}),
    )

    assert filled.problems[0]["message"]["en"].endswith("after 28/02/2027.")


def test_everything_wrong_is_said_at_once_in_three_languages() -> None:
    form = a_form(
        {"name": "a", "type": "integer"},
        {"name": "b", "type": "text", "required": True},
    )

    filled = fill(form, a="x", c=1)

    assert codes(filled) == [
        ("c", "unknown-field"),
        ("a", "not-a-number"),
        ("b", "required"),
    ]
    assert all(set(each["message"]) == {"vi", "en", "fr"} for each in filled.problems)


def test_rows_of_a_table_are_read_cell_by_cell() -> None:
    columns = [
        {"name": "id", "label": LABEL, "type": "citizen_id", "required": True},
        {"name": "share", "label": LABEL, "type": "money", "required": False},
        {"name": "birth_date", "label": LABEL, "type": "date", "required": False},
    ]
    form = a_form({"name": "them", "type": "table", "columns": columns})

    filled = fill(
        form,
        them=[
            {"id": "066090123456", "birth_date": "1990-01-01"},
            {"id": "066090123456", "birth_date": "1991-01-01", "nope": 1},
            {"share": "x"},
        ],
    )

    assert codes(filled) == [
        ("them[1].nope", "unknown-field"),
        ("them[2].id", "required"),
        ("them[2].share", "not-a-number"),
        ("them[1].id", "citizen-id-birth"),
    ]
    assert filled.values["them"][0]["share"] is None


def test_a_hidden_field_has_no_value_and_no_fault() -> None:
    form = a_form(
        {"name": "shown", "type": "boolean"},
        {"name": "more", "type": "integer", "required": True, "visible_if": "shown"},
        {"name": "most", "type": "text", "visible_if": "more != null"},
    )

    hidden = fill(form, more="x", most="y")
    visible = fill(form, shown=True, more=1, most="y")

    assert (hidden.problems, "more" in hidden.values) == ([], False)
    assert "most" not in hidden.values
    assert visible.values["most"] == "y"


def test_the_system_computes_and_whoever_answers_is_not_heard() -> None:
    form = a_form(
        {"name": "a", "type": "integer", "default": 2},
        {"name": "twice", "type": "integer", "required": True, "computed": "a * 2"},
    )

    assert fill(form, twice=7).values == {"a": 2, "twice": 4}


def test_a_condition_makes_a_field_required() -> None:
    form = a_form(
        {"name": "a", "type": "boolean", "required": True},
        {"name": "b", "type": "text", "required_if": "a"},
    )

    assert codes(fill(form)) == []
    assert codes(fill(form, a=True)) == [("b", "required")]


def test_a_declaration_must_be_made() -> None:
    form = a_form({"name": "it", "type": "boolean", "required": True, "must_be": True})

    assert codes(fill(form, it=False)) == [("it", "must-be")]
    assert codes(fill(form, it=True)) == []


def test_nobody_is_asked_for_what_officers_fill_in() -> None:
    form = a_form(
        {"name": "it", "type": "text", "required": True, "set_by": "reviewer"}
    )

    assert codes(fill(form)) == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"mother_birth_date": "1990"}, []),
        ({"mother_birth_date": "1991-01-01"}, [("mother_id", "citizen-id-birth")]),
        ({"mother_gender": "female"}, []),
        ({"mother_gender": "male"}, [("mother_id", "citizen-id-sex")]),
    ],
)
def test_a_personal_number_fits_the_person(
    given: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    form = a_form(
        {"name": "mother_id", "type": "citizen_id"},
        {"name": "mother_birth_date", "type": "partial_date"},
        {"name": "mother_gender", "type": "text"},
    )

    assert codes(fill(form, mother_id="066190123456", **given)) == found


def test_only_ways_of_return_that_the_procedure_has_are_offered() -> None:
    form = rules("driving-licence-exchange").form

    offered = form.fields["result_channel"]["options"]
    filled = fill(form)

    assert [each["value"] for each in offered] == ["counter", "post"]
    assert ("result_channel", "required") in codes(filled)


def test_the_declaration_stands_last() -> None:
    for slug in SLUGS:
        assert rules(slug).form.groups[-1].fields[0]["name"] == "declared_true"


@pytest.mark.parametrize("slug", SLUGS)
def test_a_complete_form_of_every_procedure_is_in_order(slug: str) -> None:
    some = rules(slug)

    filled = fill(some.form, **answers_for(some))

    checks = some.form.checks(filled.names, "submission")
    assert filled.problems == []
    assert [each for each in checks if each["severity"] == "error"] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_what_was_understood_is_understood_again(slug: str) -> None:
    some = rules(slug)
    once = fill(some.form, **answers_for(some)).values

    again = fill(some.form, **as_json(once))

    assert (again.values, again.problems) == (once, [])


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("slug", SLUGS)
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_no_answers_whatsoever_break_a_form(slug: str, data: st.DataObject) -> None:
    form = rules(slug).form
    names = st.sampled_from(sorted(form.fields)) | st.text(max_size=12)

    given = data.draw(st.dictionaries(names, ANYTHING, max_size=12))
    filled = form.fill(given, now=NOW, asked=ASKED, **ON_A_FRIDAY)

    assert all(each["message"]["fr"] for each in filled.problems)
