from __future__ import annotations

from typing import Any

import pytest

from services.intake.domain.presentation import (
    contact,
    lists,
    masked,
    presentation,
    words,
)
from tests.builders.intake import ADDRESS, DIRECTORY, FILE, NOW, answers_for, rules
from tests.unit.intake.test_forms import LABEL, ON_A_FRIDAY

LISTS = lists(DIRECTORY.common)
OPTIONS = [
    {"value": "a", "label": {**LABEL, "vi": "Một"}},
    {"value": "b", "label": {**LABEL, "vi": "Hai"}},
]


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ({"type": "text"}, "Ea Kly", "Ea Kly"),
        ({"type": "boolean"}, True, "Có"),
        ({"type": "boolean"}, False, "Không"),
        ({"type": "select", "options": OPTIONS}, "a", "Một"),
        ({"type": "select", "options": OPTIONS}, "z", "z"),
        ({"type": "multiselect", "options": OPTIONS}, ["a", "b"], "Một; Hai"),
        ({"type": "catalogue", "catalogue": "provinces"}, "66", "Đắk Lắk"),
        ({"type": "catalogue", "catalogue": "vsic"}, "4711", "4711"),
        ({"type": "date"}, "2026-11-21", "21/11/2026"),
        ({"type": "partial_date"}, "1990-05", "05/1990"),
        ({"type": "datetime"}, "2026-11-21T08:30:00+07:00", "21/11/2026 08:30"),
        ({"type": "decimal"}, 1234.5, "1.234,5"),
        ({"type": "money"}, 150_000, "150.000 đồng"),
        ({"type": "integer"}, 3, "3"),
        ({"type": "address"}, ADDRESS, "12 Lê Lợi, Xã Ea Kly, Đắk Lắk"),
        (
            {"type": "address"},
            ADDRESS | {"address_text_old": "huyện Krông Pắc"},
            "12 Lê Lợi, Xã Ea Kly, Đắk Lắk (huyện Krông Pắc)",
        ),
        ({"type": "file"}, FILE, "a.jpg"),
    ],
)
def test_a_value_is_written_as_people_read_it(
    field: dict[str, Any], value: Any, text: str
) -> None:
    assert words(field, value, LISTS) == text


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ({"type": "citizen_id"}, "066090123456", "•••••••••456"),
        ({"type": "phone", "mask": "keep_last_4"}, "+84912345678", "••••••••5678"),
        ({"type": "text"}, "secret", "••••"),
        ({"type": "citizen_id", "mask": "hide"}, "066090123456", "••••"),
        ({"type": "integer"}, "12", "••••"),
    ],
)
def test_what_is_sensitive_shows_no_more_than_its_mask(
    field: dict[str, Any], text: str, shown: str
) -> None:
    assert masked(field, text) == shown


def test_the_form_is_told_in_words_and_its_applicant_in_full() -> None:
    some = rules("llc-establishment")
    filled = some.form.fill(answers_for(some), now=NOW, **ON_A_FRIDAY)

    told = presentation(some.form, filled.values, filled.visible)

    rows = {each["label"]["en"]: each["value"] for each in told["rows"]}
    assert told["applicant"] == {
        "name": "Nguyễn Văn An",
        "phone": "+84912345678",
        "email": "an@example.org",
        "personal_id": "066090123456",
        "address": "12 Lê Lợi, Xã Ea Kly, Đắk Lắk",
        "birth_date": "01/05/1990",
    }
    assert rows["Personal identification number"] == "•••••••••456"
    assert len([each for each in told["rows"] if each["label"]["vi"]]) > 20
    assert all(isinstance(each["value"], str) for each in told["rows"])


def test_a_table_has_a_line_for_each_row() -> None:
    some = rules("llc-establishment")
    filled = some.form.fill(answers_for(some), now=NOW, **ON_A_FRIDAY)

    told = presentation(some.form, filled.values, filled.visible)

    label = some.form.fields["members"]["label"]
    lines = [each["value"] for each in told["rows"] if each["label"] == label]
    assert len(lines) == 2
    assert "500.000 đồng" in lines[0]


def test_an_empty_form_tells_nothing_of_its_applicant() -> None:
    some = rules("certified-copy")
    filled = some.form.fill({}, now=NOW, **ON_A_FRIDAY)

    told = presentation(some.form, filled.values, filled.visible)

    assert set(told["applicant"].values()) == {None}


def test_notices_go_the_ways_the_applicant_wants() -> None:
    assert contact({"notify_sms": False, "notify_email": True})["sms"] is False
    assert contact({"phone": "+84912345678"})["sms"] is True
