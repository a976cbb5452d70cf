"""Fields as procedures may ask them that nobody has seen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.intake.test_forms import a_form, answer, codes, fill


@pytest.mark.parametrize("pattern", ["09[0-9]{8}", r"\+849[0-9]{8}"])
@pytest.mark.parametrize("given", ["0912 345 678", "+84912345678"])
def test_a_number_fits_a_pattern_with_or_without_the_country(
    pattern: str, given: str
) -> None:
    field = {"type": "phone", "pattern": pattern}

    assert answer(field, given) == ("+84912345678", None)
    assert answer(field, "0812345678") == (None, "phone")


def test_what_is_no_date_says_nothing_of_a_year_of_birth() -> None:
    own = {"name": "my_birth_date", "type": "text"}
    form = a_form({"name": "my_id", "type": "citizen_id"}, own)

    assert codes(fill(form, my_id="066190123456", my_birth_date="mùa mưa")) == []


@pytest.mark.parametrize("given", [{}, {"it": False}, {"it": None}])
def test_what_must_not_be_so_may_be_left_open(given: dict[str, Any]) -> None:
    field = {"name": "it", "type": "boolean", "required": False}
    form = a_form({**field, "must_be": False})

    assert codes(fill(form, **given)) == []
    assert codes(fill(form, it=True)) == [("it", "must-be")]
