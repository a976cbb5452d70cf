"""Adding a row to a table, and taking one away, without any script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.portal.forms_schema.entered import Flat, renumbered
from services.portal.forms_schema.places import PREFIX

MOST = 200


def row_count(field: Mapping[str, Any], entered: Mapping[str, Any]) -> int:
    """How many rows are shown: those that were, or as many as there must be."""
    shown = str(entered.get(f"{PREFIX}{field['name']}-rows", ""))
    least = max(1, int(field.get("min_rows", 0)))
    return min(max(int(shown) if shown.isdecimal() else 0, least), MOST)


def changed_rows(
    fields: Iterable[Mapping[str, Any]], entered: Mapping[str, Any], go: str
) -> tuple[Flat, str] | None:
    """The form after `add:<table>` or `remove:<table>:<row>`, and where to look."""
    act, _, rest = go.partition(":")
    name, _, number = rest.partition(":")
    tables = {each["name"]: each for each in fields if each["type"] == "table"}
    if act not in ("add", "remove") or name not in tables:
        return None
    count = row_count(tables[name], entered)
    if act == "add":
        most = min(tables[name].get("max_rows", MOST), MOST)
        total = min(count + 1, most)
        more = {**entered, f"{PREFIX}{name}-rows": str(total)}
        return more, row(name, total - 1)
    kept = [each for each in range(count) if str(each) != number]
    return renumbered(tables[name], entered, kept), f"{PREFIX}{name}"


def row(name: str, number: int) -> str:
    return f"{PREFIX}{name}-{number}"
