from __future__ import annotations

from typing import Any

import pytest

from services.workflow.domain.kinds import is_of_kind
from services.workflow.errors import FactsInvalidError
from tests.builders.workflow import REVIEW, a_case, a_definition, a_step

OPTIONS = [{"value": "a"}, {"value": "b"}]


@pytest.mark.parametrize(
    ("type", "fits", "fails"),
    [
        ("boolean", False, "false"),
        ("integer", -1, True),
        ("integer", 7, 7.5),
        ("money", 0, -1),
        ("decimal", 7.5, "7.5"),
        ("date", "2026-11-24", "24/11/2026"),
        ("date", "2026-11-24", 20261124),
        ("date", "2026-02-28", "20260228"),
        ("text", "Đất ở", ""),
        ("integer", 9, 2**53),
        ("decimal", 7, float("inf")),
        ("datetime", "2026-11-24T08:00:00+07:00", "2026-11-24T08:00:00"),
        ("datetime", "2026-11-24T08:00+07:00", 8),
        ("partial_date", "2026", "26"),
        ("partial_date", "2026-11", "2026-13"),
        ("year_month", "2026-11", 202611),
        ("table", [], {}),
        ("address", {}, "Hà Nội"),
        ("address", {"street": "12 Lê Lợi"}, {"stret": "12 Lê Lợi"}),
    ],
)
def test_a_finding_is_of_its_type(type: str, fits: Any, fails: Any) -> None:
    assert is_of_kind({"type": type}, fits)
    assert not is_of_kind({"type": type}, fails)


@pytest.mark.parametrize(
    ("type", "fits", "fails"),
    [("select", "a", "c"), ("multiselect", ["a", "b"], ["a", "c"])],
)
def test_a_choice_is_among_its_options(type: str, fits: Any, fails: Any) -> None:
    assert is_of_kind({"type": type, "options": OPTIONS}, fits)
    assert not is_of_kind({"type": type, "options": OPTIONS}, fails)


@pytest.mark.parametrize("row", ["Đa", {"kind": "Đa"}, {"age": "250"}])
def test_a_row_has_the_columns_of_its_table(row: Any) -> None:
    table = {"type": "table", "columns": [{"name": "age", "type": "integer"}]}

    assert is_of_kind(table, [{"age": 250}, {"age": None}, {}])
    assert not is_of_kind(table, [row])


def test_what_one_reviewer_filled_in_the_next_need_not_fill_in_again() -> None:
    field = {"name": "needs_visit", "type": "boolean", "required": True}
    fields = [{**field, "set_by": "reviewer"}]
    again = a_step("again", "review", role="unit_leader")
    handling = a_case(a_definition(REVIEW, again, fields=fields))

    with pytest.raises(FactsInvalidError):
        handling.finish("review")
    handling.finish("review", facts={"needs_visit": True})
    handling.finish("again")

    assert handling.case.known_facts == {"needs_visit": True}
