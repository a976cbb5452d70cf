"""The answers of a form as people read them: labels and values, not names and codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.portal import languages

FACT = "fact."
LISTS = {"province_code": "provinces", "commune_code": "communes"}
WHOLE = re.compile(r"-?[0-9]{1,18}")
HIDDEN = "••••"
NUMBERS = ("citizen_id", "tax_code", "phone", "integer", "money", "decimal")
KEPT = {"keep_last_3": 3, "keep_last_4": 4, "hide": 0}
TRUTH = {"true": True, "false": False}


@dataclass(frozen=True)
class Form:
    """The fields of a procedure, those of its shared groups included."""

    definition: dict[str, Any]
    common: dict[str, Any]

    def fields(self) -> Iterator[dict[str, Any]]:
        groups = self.common["field_groups"]
        for group in self.definition.get("field_groups", []):
            yield from groups[group]["fields"]
        yield from self.definition.get("fields", [])

    def rows(self, answers: dict[str, Any], language: str) -> list[dict[str, str]]:
        """Every answer that was given, in the order of the form."""
        known = {each["name"]: each for each in self.fields()}
        named = [known.get(name, {"name": name, "label": name}) for name in answers]
        order = list(known)
        named.sort(key=lambda each: position(order, each["name"]))
        return [
            {
                "label": languages.said(each["label"], language),
                "value": self.value(each, answers[each["name"]], language),
            }
            for each in named
        ]

    def value(self, field: dict[str, Any], value: Any, language: str) -> str:
        """One answer in words."""
        match value:
            case None | "" | []:
                return ""
            case bool():
                return languages.word("yes" if value else "no", language)
            case list():
                return "; ".join(self.value(field, each, language) for each in value)
            case dict() if "columns" in field:
                return self.line(field["columns"], value, language)
            case dict() if field.get("type") == "file":
                return str(value.get("name", ""))
            case dict():
                return self.place(value, language)
        return self.plain(field, str(value), language)

    def plain(self, field: dict[str, Any], value: str, language: str) -> str:
        match field.get("type"):
            case "date":
                return languages.shown_date(value)
            case "datetime":
                return languages.shown_time(value)
            case "partial_date" | "year_month":
                return "/".join(reversed(value.split("-")))
            case "decimal":
                return value if language == "en" else value.replace(".", ",")
            case "phone" if value.startswith("+84"):
                return f"0{value[3:]}"
            case "money":
                return languages.shown_money(int(value), language)
            case "catalogue":
                return self.listed(field.get("catalogue", ""), value, language)
        return self.option(field, value, language)

    def line(
        self, columns: list[dict[str, Any]], row: dict[str, Any], language: str
    ) -> str:
        """A row of a table."""
        cells = (self.value(each, row.get(each["name"]), language) for each in columns)
        return ", ".join(filter(None, cells))

    def place(self, address: dict[str, Any], language: str) -> str:
        """An address from the house to the province; other objects as they are."""
        named = [
            self.listed(LISTS[name], str(each), language) if name in LISTS else each
            for name, each in address.items()
            if each
        ]
        return ", ".join(map(str, reversed(named)))

    def listed(self, name: str, code: str, language: str) -> str:
        """What one of the code lists calls a code."""
        for each in self.common["catalogues"]:
            if each["id"] == name:
                known = (x["label"] for x in each["items"] or [] if x["code"] == code)
                return languages.said(next(known, code), language)
        return code

    def option(self, field: dict[str, Any], value: str, language: str) -> str:
        for each in field.get("options", []):
            if each["value"] == value:
                return languages.said(each["label"], language)
        return value

    def document_names(self) -> dict[str, dict[str, str]]:
        return {
            each["code"]: each["name"] for each in self.definition.get("documents", [])
        }


def masked(field: Mapping[str, Any], words: str) -> str:
    """Of something sensitive no more than its mask allows; all of the rest."""
    if not field.get("sensitive") or not words:
        return words
    usual = "keep_last_3" if field["type"] in NUMBERS else "hide"
    kept = KEPT[field.get("mask", usual)]
    if not kept:
        return HIDDEN
    return "•" * (len(words) - kept) + words[-kept:] if len(words) > kept else HIDDEN


def position(order: list[str], name: str) -> int:
    return order.index(name) if name in order else len(order)


def facts(entered: Mapping[str, Any], expected: list[dict[str, Any]]) -> dict[str, Any]:
    """What an officer entered for the rules, each value of its kind."""
    given = {
        each["name"]: (each["type"], str(entered.get(FACT + each["name"], "")).strip())
        for each in expected
    }
    return {name: read(*value) for name, value in given.items() if value[1]}


def read(kind: str, value: str) -> Any:
    """What does not read as its kind goes on as it is: its service says why not."""
    match kind:
        case "boolean":
            return TRUTH.get(value, value)
        case "integer" | "money":
            digits = "".join(each for each in value if each not in ". ,\u202f\u00a0")
            return int(digits) if WHOLE.fullmatch(digits) else value
        case "decimal":
            return number(value.replace(",", "."))
    return value


def number(value: str) -> Any:
    try:
        return float(value)
    except ValueError:
        return value
