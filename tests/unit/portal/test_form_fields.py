"""Every field type of the catalogue: shown, typed, understood."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import Environment

from services.portal import languages
from services.portal.forms_schema import (
    Circumstances,
    answers_to_entered,
    changed_rows,
    compacted,
    entered_to_answers,
    inputs,
    links,
    page_of,
    sections,
)
from services.portal.pages.rendering import environment, said_in
from tests.builders.intake import a_definition
from tests.builders.portal import the_directory

TEXT = {"vi": "Câu hỏi", "en": "Question", "fr": "Question"}
OPTIONS = [
    {"value": value, "label": {"vi": value, "en": value, "fr": value}}
    for value in ("a", "b", "c")
]
COLUMNS = [
    {"name": "who", "type": "person_name", "label": TEXT, "required": True},
    {"name": "born", "type": "date", "label": TEXT, "required": False},
    {"name": "main", "type": "boolean", "label": TEXT, "required": False},
]
MORE: dict[str, dict[str, Any]] = {
    "select": {"options": OPTIONS},
    "multiselect": {"options": OPTIONS},
    "catalogue": {"catalogue": "provinces"},
    "table": {"columns": COLUMNS, "min_rows": 1, "max_rows": 3},
}
TYPED: list[tuple[str, dict[str, Any], Any]] = [
    ("text", {"": " hai  ba "}, "hai  ba"),
    ("textarea", {"": "một\r\nhai"}, "một\r\nhai"),
    ("person_name", {"": "Nguyễn Thị Mai"}, "Nguyễn Thị Mai"),
    ("integer", {"": "1 200"}, "1200"),
    ("integer", {"": "3.5"}, "3.5"),
    ("integer", {"": "hai"}, "hai"),
    ("money", {"": "1.500.000 đồng"}, "1500000"),
    ("money", {"": "1,500,000 VND"}, "1500000"),
    ("decimal", {"": "1.234,50"}, "1234.50"),
    ("decimal", {"": "85,25"}, "85.25"),
    ("decimal", {"": "85.25"}, "85.25"),
    ("date", {"-day": "7", "-month": "3", "-year": "2026"}, "2026-03-07"),
    ("date", {"-day": "7/3/2026", "-month": "", "-year": ""}, "2026-03-07"),
    ("date", {"-day": "7", "-month": "", "-year": "2026"}, "2026--07"),
    ("date", {"-day": "", "-month": "", "-year": ""}, None),
    (
        "datetime",
        {"-day": "7", "-month": "3", "-year": "2026", "-time": "14h30"},
        "2026-03-07T14:30+07:00",
    ),
    ("partial_date", {"-day": "", "-month": "", "-year": "1960"}, "1960"),
    ("partial_date", {"-day": "", "-month": "5", "-year": "1960"}, "1960-05"),
    ("year_month", {"-month": "9", "-year": "2019"}, "2019-09"),
    ("boolean", {"": "true"}, True),
    ("boolean", {"": ""}, None),
    ("select", {"": "b"}, "b"),
    ("multiselect", {"": ["a", "c"]}, ["a", "c"]),
    ("multiselect", {"": ""}, []),
    ("catalogue", {"": "01"}, "01"),
    ("citizen_id", {"": "001 190-012.345"}, "001190012345"),
    ("tax_code", {"": "0100109106 001"}, "0100109106-001"),
    ("phone", {"": "0912 345.678"}, "0912345678"),
    ("phone", {"": "84 912 345 678"}, "+84912345678"),
    ("email", {"": " mai@example.org "}, "mai@example.org"),
    (
        "address",
        {
            "-street": "12 Hàng Bài",
            "-commune_code": "99999",
            "-province_code": "01",
            "-address_text_old": "",
        },
        {
            "street": "12 Hàng Bài",
            "commune_code": "99999",
            "province_code": "01",
            "address_text_old": None,
        },
    ),
]
TYPES = [each["type"] for each in the_directory().common["field_types"]]
VI = Circumstances("vi", the_directory().common)


def a_field(type: str, **more: Any) -> dict[str, Any]:
    label = {"name": "q", "type": type, "label": TEXT, "required": True}
    return {**label, **MORE.get(type, {}), **more}


def html(fields: list[dict[str, Any]], entered: Any, where: Circumstances = VI) -> str:
    words: dict[str, Any] = {"word": lambda key, **v: said_in("vi", key, **v)}
    words["colon"] = ":"
    env: Environment = environment
    template = env.from_string(
        '{% from "fields.html" import schema_fields with context %}'
        "{{ schema_fields(inputs) }}"
    )
    return template.render(inputs=inputs(fields, entered, where), **words)


@pytest.mark.parametrize("type", TYPES)
def test_every_type_of_the_catalogue_is_shown_with_its_label(type: str) -> None:
    shown = html([a_field(type)], {})

    assert "Câu hỏi" in shown
    assert 'name="f-q' in shown
    assert ("(không bắt buộc)" in shown) is (type == "table")  # its columns are


@pytest.mark.parametrize(("type", "typed", "answer"), TYPED)
def test_what_is_typed_is_understood(
    type: str, typed: dict[str, Any], answer: Any
) -> None:
    entered = {f"f-q{part}": value for part, value in typed.items()}

    assert entered_to_answers([a_field(type)], entered) == {"q": answer}


@pytest.mark.parametrize(("type", "typed", "answer"), TYPED)
def test_what_is_typed_stands_there_again(
    type: str, typed: dict[str, Any], answer: Any
) -> None:
    entered = {f"f-q{part}": value for part, value in typed.items()}

    shown = html([a_field(type)], entered)

    for value in typed.values():
        for each in value if isinstance(value, list) else [value.strip()]:
            assert each.replace("\r\n", "\n") in shown.replace("\r\n", "\n")


def test_english_readers_group_digits_by_commas() -> None:
    field = [a_field("decimal")]

    assert entered_to_answers(field, {"f-q": "1,234"}, "en") == {"q": "1234"}
    assert entered_to_answers(field, {"f-q": "1,234"}, "fr") == {"q": "1.234"}


def test_a_field_that_was_not_in_the_form_is_not_answered() -> None:
    fields = [a_field("text"), a_field("text", name="other")]

    assert entered_to_answers(fields, {"f-q": "x", "key": "other"}) == {"q": "x"}


def test_an_answer_stands_in_its_inputs_as_people_write_it() -> None:
    answers: dict[str, Any] = {
        "date": "2026-03-07",
        "phone": "+84912345678",
        "money": 1500000,
        "boolean": True,
    }
    for type, answer in answers.items():
        field = [a_field(type)]
        entered = answers_to_entered(field, {"q": answer})

        assert answer in (
            entered_to_answers(field, entered)["q"],
            *({1500000} if type == "money" and entered["f-q"] == "1.500.000" else ()),
            *({"+84912345678"} if entered.get("f-q") == "0912345678" else ()),
        )


def test_rows_are_added_and_taken_away_without_a_script() -> None:
    fields = [a_field("table")]
    entered = {
        "f-q-rows": "2",
        "f-q-0-who": "Mai",
        "f-q-0-born-day": "1",
        "f-q-1-who": "Hùng",
    }

    more = changed_rows(fields, entered, "add:q")
    less = changed_rows(fields, entered, "remove:q:0")

    assert more
    assert more[0]["f-q-rows"] == "3"
    assert more[1] == "f-q-2"
    assert less
    assert less[0] == {"f-q-rows": "1", "f-q-0-who": "Hùng"}


def test_a_table_grows_no_further_than_it_may() -> None:
    assert "add:q" not in html([a_field("table")], {"f-q-rows": "3"})


def test_rows_left_empty_are_no_answers_and_the_others_keep_their_numbers() -> None:
    fields = [a_field("table")]
    entered = {
        "f-q-rows": "3",
        "f-q-0-who": "",
        "f-q-0-main": "false",
        "f-q-2-who": "Mai",
        "f-q-2-main": "true",
    }

    kept = compacted(fields, entered)

    assert kept == {"f-q-rows": "1", "f-q-0-who": "Mai", "f-q-0-main": "true"}
    assert entered_to_answers(fields, kept) == {
        "q": [{"who": "Mai", "born": None, "main": True}]
    }


def test_a_problem_stands_at_its_input_and_in_the_summary() -> None:
    fields = [a_field("table"), a_field("date", name="day")]
    problems = [
        {"field": "q[1].born", "message": TEXT},
        {"field": "day", "message": {"vi": "Sai <ngày>"}},
    ]
    where = Circumstances("vi", the_directory().common, problems)

    shown = html(fields, {"f-q-rows": "2"}, where)
    told = links(problems, fields, "vi")

    assert [each["href"] for each in told] == ["#f-q-1-born-day", "#f-day-day"]
    assert all(f'id="{each["href"][1:]}"' in shown for each in told)
    assert 'id="f-day-error"' in shown
    assert 'aria-describedby="f-day-hint f-day-error"' in shown
    assert "Sai &lt;ngày&gt;" in shown


def test_what_is_computed_or_known_for_sure_is_shown_and_not_asked() -> None:
    fields = [
        a_field("citizen_id", sensitive=True),
        a_field("text", name="words", computed="null"),
    ]
    where = Circumstances(
        "vi",
        the_directory().common,
        values={"q": "001190012345", "words": "mồng bảy"},
        locked={"q"},
        sources={"q": "identity"},
    )

    shown = html(fields, {}, where)

    assert "<input" not in shown
    assert "•••••••••345" in shown
    assert languages.word("source_identity", "vi") in shown
    assert "mồng bảy" in shown


def test_only_what_is_optional_is_marked() -> None:
    fields = [
        a_field("select", name="way"),
        a_field("text", required=False, required_if="way == 'a'"),
        a_field("text", name="free", required=False),
    ]

    beside = inputs(fields, {}, VI)
    apart = inputs(fields[1:2], {}, VI)

    assert [each.is_optional for each in beside] == [False, False, True]
    assert [each.is_optional for each in apart] == [True]


def test_hidden_questions_are_not_shown() -> None:
    where = Circumstances("vi", the_directory().common, visible={"b"})

    shown = inputs([a_field("text", name="a"), a_field("text", name="b")], {}, where)

    assert [each.field["name"] for each in shown] == ["b"]


def test_long_forms_are_asked_page_by_page_and_nothing_is_lost() -> None:
    common = the_directory().common
    form = sections(a_definition("house-building-permit"), common)
    pages = [page for section in form for page in section.pages]
    names = [each["name"] for page in pages for each in page.fields]

    assert len(names) == len(set(names))
    assert "consultations" not in names
    assert max(len(page.fields) for page in pages) <= 6
    assert (form[0].id, form[-1].id) == ("applicant_person", "declaration")
    assert page_of(form, "gender") is pages[0]


def test_a_question_that_depends_on_another_comes_on_a_later_page() -> None:
    fields = [
        a_field("boolean", name="has"),
        a_field("text", name="which", visible_if="has"),
    ]
    made = {"field_groups": [], "fields": fields, "names": TEXT, "result_channels": []}

    (section,) = sections(made, {"field_groups": {}})

    assert [page.id for page in section.pages] == ["has", "which"]
