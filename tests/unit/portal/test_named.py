"""Names typed instead of codes: understood, offered to choose, or not found."""

from __future__ import annotations

from typing import Any

import pytest

from services.portal.forms_schema import Circumstances, inputs, with_codes
from services.portal.forms_schema.named import (
    bare,
    explained,
    is_certain,
    items,
    meant,
)
from tests.builders.filing_pages import HERE, a_filing, form_of, wrong
from tests.builders.portal import a_portal, the_directory

COMMON = the_directory().common
TEXT = {"vi": "Câu hỏi", "en": "Question", "fr": "Question"}
HOME = {"name": "home", "type": "address", "label": TEXT, "required": True}
COUNTRY = {
    "name": "country",
    "type": "catalogue",
    "catalogue": "nationalities",
    "label": TEXT,
    "required": True,
}
ROWS = {"name": "rows", "type": "table", "label": TEXT, "columns": [HOME, COUNTRY]}


def an_address(commune: str, province: str = "66") -> dict[str, str]:
    return {"f-home-commune_code": commune, "f-home-province_code": province}


def in_form(entered: dict[str, str], language: str = "vi") -> Any:
    fields = [HOME] if "f-home-commune_code" in entered else [COUNTRY]
    return inputs(fields, entered, Circumstances(language, COMMON))[0].named


@pytest.mark.parametrize(
    "typed",
    ["Xã Ea Kly", "ea kly", "EA KLY", "xa Ea Kly", "x. ea kly", "24496", "Ea  Kly"],
)
def test_a_commune_is_understood_by_name_with_or_without_marks(typed: str) -> None:
    assert with_codes([HOME], an_address(typed), COMMON) == an_address("24496")


def test_a_name_with_an_apostrophe_is_typed_without_it() -> None:
    found = with_codes([HOME], an_address("mdrak"), COMMON)

    assert found["f-home-commune_code"] == "24412"


def test_a_name_that_only_one_commune_has_tells_its_province_too() -> None:
    found = with_codes([HOME], an_address("Ea Kly", ""), COMMON)

    assert found == an_address("24496")


def test_several_communes_of_a_name_are_offered_to_choose_from() -> None:
    known = items("communes", COMMON, within="80")
    found = meant("tan thanh", known)
    offered = in_form(an_address("tan thanh", "80"))

    assert len(found) == 2
    assert not is_certain("tan thanh", found)
    assert with_codes([HOME], an_address("tan thanh", "80"), COMMON) == an_address(
        "tan thanh", "80"
    )
    assert [code for code, _ in offered.choices] == [each["code"] for each in found]


def test_a_kind_and_a_name_decide_between_two_of_the_same_name() -> None:
    known = items("communes", COMMON, within="80")
    both = meant("tân thành", known)

    assert [meant(each["label"]["vi"], known) for each in both] == [[x] for x in both]


def test_without_a_province_each_choice_says_where_it_lies() -> None:
    [first, *_] = in_form(an_address("ba dinh", "")).choices

    assert first == ("00004", "Phường Ba Đình, Hà Nội")


def test_a_part_of_a_name_is_asked_back() -> None:
    offered = in_form(an_address("kly"))

    assert offered.choices == [("24496", "Xã Ea Kly")]
    assert with_codes([HOME], an_address("kly"), COMMON) == an_address("kly")


@pytest.mark.parametrize(
    ("typed", "province", "begins"),
    [
        ("Atlantis", "66", "“Atlantis” was"),
        ("Tân", "", "Too"),
        ("kly", "66", "“kly”: c"),
    ],
)
def test_it_is_said_why_a_name_was_not_understood(
    typed: str, province: str, begins: str
) -> None:
    problem = {"field": "home.commune_code", "code": "address-commune", "message": {}}

    [told] = explained([problem], [HOME], an_address(typed, province), COMMON)

    assert told["message"]["en"].startswith(begins)
    assert told["code"] == "address-commune"


def test_other_problems_are_told_as_they_are() -> None:
    problem = {"document": "AA01", "message": TEXT}

    assert explained([problem], [HOME], an_address("kly"), COMMON) == [problem]


def test_a_code_that_no_list_names_stays_as_it_is() -> None:
    assert with_codes([HOME], an_address("00001"), COMMON) == an_address("00001")
    assert in_form(an_address("00001")).value == "00001"


def test_a_code_is_shown_by_its_name() -> None:
    assert in_form(an_address("24496")).value == "Xã Ea Kly"
    assert in_form({"f-country": "FR"}, "vi").value == "Pháp"
    assert in_form({"f-country": "FR"}, "en").value == "France"


@pytest.mark.parametrize("typed", ["phap", "Pháp", "FRANCE", "fr"])
def test_a_country_is_understood_in_every_language(typed: str) -> None:
    assert with_codes([COUNTRY], {"f-country": typed}, COMMON) == {"f-country": "FR"}


def test_names_in_the_rows_of_a_table_are_understood() -> None:
    row = {"f-rows-0-home-commune_code": "ea kly", "f-rows-0-home-province_code": "66"}

    found = with_codes([ROWS], {**row, "f-rows-0-country": "viet nam"}, COMMON)

    assert found["f-rows-0-home-commune_code"] == "24496"
    assert found["f-rows-0-country"] == "VN"


def test_a_name_of_its_own_is_not_taken_for_a_kind_of_place() -> None:
    assert bare("Xã Xa Dung") == "xa dung"
    assert bare("Xanh") == "xanh"


def test_the_browser_suggests_the_communes_of_one_province_only() -> None:
    browser = a_portal().browser()

    answer = browser.get("/vi/names/communes?within=66")

    assert "Xã Ea Kly" in answer.json()
    assert len(answer.json()) < 200
    assert answer.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in answer.headers
    assert browser.get("/vi/names/communes").status_code == 404
    assert browser.get("/vi/names/nothing").status_code == 404
    assert "Pháp" in browser.get("/vi/names/nationalities").json()


def test_a_page_takes_a_name_and_keeps_its_code() -> None:
    portal, browser = a_filing()
    html = browser.get(f"{HERE}/form/residence").text

    browser.post(f"{HERE}/form/residence", data=form_of(html) | lives("ea kly"))

    (order,) = portal.bus.orders
    assert order.arguments["answers"]["residence"] == {
        "street": "12 Lê Lợi",
        "commune_code": "24496",
        "province_code": "66",
        "address_text_old": None,
    }


def test_a_page_comes_back_with_the_names_to_choose_from() -> None:
    portal, browser = a_filing(wrong("residence.commune_code", "address-commune"))
    html = browser.get(f"{HERE}/form/residence").text

    answer = browser.post(
        f"{HERE}/form/residence", data=form_of(html) | lives("tan thanh", "80")
    )

    assert answer.status_code == 422
    assert answer.text.count('type="radio" value="2') == 2
    assert 'value="tan thanh"' in answer.text
    assert "choose the right name" in answer.text
    assert portal.bus.orders == []


def test_what_was_chosen_counts_before_what_was_typed() -> None:
    portal, browser = a_filing()
    form = form_of(browser.get(f"{HERE}/form/residence").text)
    known = [each["code"] for each in items("communes", COMMON, within="80")]
    chosen = {**lives("tan thanh", "80"), COMMUNE: ["tan thanh", known[0]]}

    browser.post(f"{HERE}/form/residence", data=form | chosen)

    (order,) = portal.bus.orders
    assert order.arguments["answers"]["residence"]["commune_code"] == known[0]


COMMUNE = "f-residence-commune_code"


def lives(commune: str, province: str = "66") -> dict[str, Any]:
    return {
        COMMUNE: commune,
        "f-residence-province_code": province,
        "f-residence-street": "12 Lê Lợi",
    }
