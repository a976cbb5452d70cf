"""What macros of forms need and templates cannot make: choices, dates in parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

PARTS = ("day", "month", "year")

Options = Mapping[str, Any] | Iterable[Any]


def choice_items(
    options: Options | None, conditionals: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """From {value: label}, pairs, or items as GOV.UK Frontend has them."""
    pairs = options.items() if isinstance(options, Mapping) else options or ()
    items = [as_item(each) for each in pairs]
    for each in items:
        if conditionals and each.get("value") in conditionals:
            each["conditional"] = {"html": conditionals[each["value"]]}
    return items


def as_item(each: Any) -> dict[str, Any]:
    if isinstance(each, Mapping):
        return dict(each)
    value, label = each
    return {"value": str(value), "text": str(label)}


def date_parts(
    value: Any, entered: Mapping[str, Any] | None = None, name: str = ""
) -> dict[str, str]:
    """What was typed, as it was typed; else the day that is known."""
    typed = {part: str((entered or {}).get(f"{name}-{part}") or "") for part in PARTS}
    if any(typed.values()):
        return typed
    if isinstance(value, Mapping):
        return {part: str(value.get(part) or "") for part in PARTS}
    day = value if isinstance(value, date) else known_day(value)
    numbers = (day.day, day.month, day.year) if day else ("", "", "")
    return dict(zip(PARTS, map(str, numbers), strict=True))


def known_day(value: Any) -> date | None:
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError:
        return None
