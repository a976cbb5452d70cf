"""Whether a finding is a value of its type: expressions rely on it ever after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from shared.expressions import ADDRESS, FILE

Asked = Mapping[str, Any]  # a fact, a field, or a column of a table

LARGEST = 2**53 - 1  # whole numbers that JSON carries exactly


def is_of_kind(each: Asked, value: Any) -> bool:
    """A value of the type of this fact or field, and one of its options."""
    return KINDS.get(each["type"], is_words)(each, value)


def is_words(each: Asked, value: Any) -> bool:
    options = [option["value"] for option in each.get("options", [])]
    return isinstance(value, str) and value != "" and value in (options or [value])


def is_truth(each: Asked, value: Any) -> bool:
    return isinstance(value, bool)


def is_whole(each: Asked, value: Any) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and abs(value) <= LARGEST


def is_amount(each: Asked, value: Any) -> bool:
    return is_whole(each, value) and value >= 0


def is_number(each: Asked, value: Any) -> bool:
    is_fraction = isinstance(value, float) and abs(value) <= LARGEST
    return is_fraction or is_whole(each, value)


def is_date(each: Asked, value: Any) -> bool:
    """As dates are written everywhere here, and not in some other way one can read."""
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def is_moment(each: Asked, value: Any) -> bool:
    try:
        return datetime.fromisoformat(value).utcoffset() is not None
    except (TypeError, ValueError):
        return False


def is_part_of_a_date(each: Asked, value: Any) -> bool:
    """A year, a month or a day that there is."""
    if not isinstance(value, str):
        return False
    whole = value + "2000-01-01"[len(value) :]
    return len(value) in (4, 7, 10) and is_date(each, whole)


def is_choice(each: Asked, value: Any) -> bool:
    return isinstance(value, list) and all(is_words(each, one) for one in value)


def is_table(each: Asked, value: Any) -> bool:
    """Rows of the table's columns; a cell may be empty."""
    columns = {column["name"]: column for column in each.get("columns", [])}
    return isinstance(value, list) and all(is_row(columns, row) for row in value)


def is_row(columns: Mapping[str, Asked], row: Any) -> bool:
    return isinstance(row, dict) and all(
        name in columns and (cell is None or is_of_kind(columns[name], cell))
        for name, cell in row.items()
    )


def parts_of(*names: str) -> Callable[[Asked, Any], bool]:
    def is_made_of_them(each: Asked, value: Any) -> bool:
        return isinstance(value, dict) and value.keys() <= set(names)

    return is_made_of_them


KINDS: dict[str, Callable[[Asked, Any], bool]] = {
    "boolean": is_truth,
    "integer": is_whole,
    "money": is_amount,
    "decimal": is_number,
    "date": is_date,
    "datetime": is_moment,
    "partial_date": is_part_of_a_date,
    "year_month": is_part_of_a_date,
    "multiselect": is_choice,
    "table": is_table,
    "address": parts_of(*ADDRESS),
    "file": parts_of(*FILE),
}
