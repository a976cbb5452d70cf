"""Facts, steps, columns and option values that an expression mentions must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from shared.expressions import fields_of

NAME = r"[A-Za-z_]\w*"
PATH = rf"{NAME}(?:\.{NAME})*"
TEXT = r"'[^']*'|\"[^\"]*\""
MEMBER = re.compile(rf"\b(facts|outcomes)\s*(?:\.\s*({NAME})|\[\s*({TEXT})\s*\])")
COMPARED = re.compile(rf"({PATH})\s*[=!]=\s*({TEXT})|({TEXT})\s*[=!]=\s*({PATH})")
INSIDE = re.compile(rf"({TEXT})\s+in\s+({PATH})|({PATH})\s+in\s+\[([^\]]*)\]")
LOOKED_UP = re.compile(rf"\{{([^{{}}]*)\}}\s*\[\s*({PATH})\s*\]")
KEY = re.compile(rf"({TEXT})\s*:")
MACRO = re.compile(
    rf"\b({NAME})\s*\.\s*(?:exists|exists_one|all|filter|map)\s*\(\s*({NAME})\s*,"
)
COLUMN = re.compile(rf"\b({NAME})\s*\.\s*({NAME})\b(?!\s*\()")


Unknown = tuple[str, dict[str, str], tuple[str, ...]]  # as a fault says it


def unknown_values(
    source: str, definition: Mapping[str, Any], common: Mapping[str, Any]
) -> Iterator[Unknown]:
    """What is wrong with the words of an expression, beyond its names."""
    fields = {each["name"]: each for each in fields_of(definition, common)}
    rows = row_names(source, fields)
    yield from unknown_members(source, definition)
    yield from unknown_columns(source, rows)
    choices = options(fields, rows, definition, common)
    for path, value in mentions(source):
        known = choices.get(path)
        if known is not None and value not in known:
            yield "no-value", {"what": path, "name": value}, tuple(known)


def unknown_members(source: str, definition: Mapping[str, Any]) -> Iterator[Unknown]:
    known = {
        "facts": {each["name"] for each in definition["facts"]},
        "outcomes": {each["id"] for each in definition["steps"]},
    }
    for what, name, quoted in MEMBER.findall(source):
        member = name or quoted[1:-1]
        if member not in known[what]:
            yield "no-member", {"what": what, "name": member}, tuple(known[what])


def row_names(
    source: str, fields: Mapping[str, Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    """What a macro calls the rows of a table, or the choices of a list."""
    return {
        name: fields[field] for field, name in MACRO.findall(source) if field in fields
    }


def unknown_columns(
    source: str, rows: Mapping[str, Mapping[str, Any]]
) -> Iterator[Unknown]:
    for name, column in COLUMN.findall(source):
        table = rows.get(name, {"type": ""})
        columns = {each["name"] for each in table.get("columns", ())}
        if table["type"] == "table" and column not in columns:
            told = {"what": str(table["name"]), "name": column}
            yield "no-column", told, tuple(columns)


def options(
    fields: Mapping[str, Mapping[str, Any]],
    rows: Mapping[str, Mapping[str, Any]],
    definition: Mapping[str, Any],
    common: Mapping[str, Any],
) -> dict[str, set[str]]:
    """The values that a name, a step or a column can have, where they are listed."""
    found = {
        "channel": {each["code"] for each in common["enums"]["channel"]},
        "exemption_groups": {
            each["code"] for each in common["enums"]["exemption_group"]
        },
    }
    for step in definition["steps"]:
        found[f"outcomes.{step['id']}"] = set(step.get("outcomes", ["ok"]))
    for name, field in {**fields, **rows}.items():
        if "options" in field:
            found[name] = values(field)
        for column in field.get("columns", ()):
            if "options" in column:
                found[f"{name}.{column['name']}"] = values(column)
    return found


def values(field: Mapping[str, Any]) -> set[str]:
    return {option["value"] for option in field["options"]}


def mentions(source: str) -> Iterator[tuple[str, str]]:
    """A path, and a value it is held against."""
    for left, right, text, path in COMPARED.findall(source):
        yield left or path, (right or text)[1:-1]
    for text, path, name, listed in INSIDE.findall(source):
        if path:
            yield path, text[1:-1]
        for each in re.findall(TEXT, listed):
            yield name, each[1:-1]
    for keys, path in LOOKED_UP.findall(source):
        for each in KEY.findall(keys):
            yield path, each[1:-1]
