"""Where on the page an answer stands that something is wrong with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

PREFIX = "f-"
ROW = re.compile(r"\[([0-9]+)\]\.?")

FIRST_PART = {
    "date": "-day",
    "partial_date": "-day",
    "datetime": "-day",
    "year_month": "-month",
    "address": "-province_code",
}


def input_name(place: str) -> str:
    """`members[0].name` of an answer is `f-members-0-name` on the page."""
    return PREFIX + ROW.sub(r"-\1-", place).replace(".", "-").rstrip("-")


def root(place: str) -> str:
    """The field that a place in an answer belongs to."""
    return place.partition("[")[0].partition(".")[0]


def anchor(place: str, fields: Iterable[Mapping[str, Any]]) -> str:
    """The first input of the answer at this place, so that a link can go there."""
    known = {each["name"]: each for each in fields}
    field = known.get(root(place))
    name = input_name(place)
    if field is not None and field["type"] == "table" and "." in place:
        columns = {each["name"]: each for each in field["columns"]}
        field = columns.get(place.partition(".")[2])
    elif "." in place:
        return name
    return name + FIRST_PART.get(field["type"] if field else "", "")


def linked(
    problems: Iterable[Mapping[str, Any]], fields: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The same problems, each with the place on this page where it is mended."""
    known = list(fields)
    return [
        {**each, "href": f"#{anchor(each['field'], known)}"}
        for each in problems
        if each.get("field")
    ]
