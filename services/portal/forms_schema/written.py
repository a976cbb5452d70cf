"""From an answer to what stands in its inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.portal import languages
from services.portal.forms_schema.entered import ADDRESS, Flat
from services.portal.forms_schema.places import PREFIX

Field = Mapping[str, Any]
GROUPS = {"vi": ".", "en": ",", "fr": "\u202f"}


def answers_to_entered(
    fields: Iterable[Field], answers: Mapping[str, Any], language: str = "vi"
) -> Flat:
    """What the person would have typed to give these answers."""
    found: Flat = {}
    for each in fields:
        value = answers.get(each["name"])
        if value is not None:
            found |= written(each, PREFIX + each["name"], value, language)
    return found


def written(field: Field, name: str, value: Any, language: str) -> Flat:
    match field["type"]:
        case "table":
            return table(field, name, value, language)
        case "address":
            return {f"{name}-{part}": str(value.get(part) or "") for part in ADDRESS}
        case "date" | "partial_date" | "year_month":
            return dated(name, str(value))
        case "datetime":
            day, _, time = (languages.local(value) or value).isoformat().partition("T")
            return dated(name, day) | {f"{name}-time": time[:5]}
        case "multiselect":
            return {name: list(map(str, value))}
        case "file":
            return {name: str(value["name"])}
    return {name: line(field, value, language)}


def line(field: Field, value: Any, language: str) -> str:
    match field["type"]:
        case "boolean":
            return "true" if value else "false"
        case "money" if isinstance(value, int):
            return f"{value:,}".replace(",", GROUPS[language])
        case "decimal" if isinstance(value, float | int):
            return f"{value:.20g}".replace(".", "." if language == "en" else ",")
        case "phone":
            return f"0{value[3:]}" if str(value).startswith("+84") else str(value)
    return str(value)


def dated(name: str, value: str) -> Flat:
    names = ("year", "month", "day")
    parts = value.split("-")
    return {f"{name}-{part}": each for part, each in zip(names, parts, strict=False)}


def table(field: Field, name: str, rows: list[Any], language: str) -> Flat:
    found: Flat = {f"{name}-rows": str(len(rows))}
    for number, row in enumerate(rows):
        for each in field["columns"]:
            value = row.get(each["name"])
            if value is not None:
                place = f"{name}-{number}-{each['name']}"
                found |= written(each, place, value, language)
    return found
