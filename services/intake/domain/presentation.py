"""The filled form as people read it, for receipts, decisions and officers' screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from services.intake.domain.answers import Field
from services.intake.domain.form import Form

Values = Mapping[str, Any]
Labels = Mapping[str, Mapping[str, str]]  # code list, code, words

HIDDEN = "••••"
NUMBERS = ("citizen_id", "tax_code", "phone", "integer", "money", "decimal")
KEPT = {"keep_last_3": 3, "keep_last_4": 4, "hide": 0}


def presentation(form: Form, values: Values, visible: set[str]) -> dict[str, Any]:
    """Who applies, in full; and every answer in its words, sensitive ones masked."""
    labels = lists(form.common)
    return {
        "applicant": applicant(values, labels),
        "rows": list(rows(form, values, visible, labels)),
    }


def rows(
    form: Form, values: Values, visible: set[str], labels: Labels
) -> Iterator[dict[str, Any]]:
    for group in form.groups:
        for field in group.fields:
            if field["name"] in visible:
                for text in texts(field, values.get(field["name"]), labels):
                    yield {
                        "group": group.label,
                        "label": field["label"],
                        "value": text,
                    }


def texts(field: Field, value: Any, labels: Labels) -> Iterator[str]:
    """One line; a table has one for each row."""
    if field["type"] == "table":
        for row in value or []:
            yield "; ".join(cells(field, row, labels))
    elif value not in (None, "", []):
        yield words(field, value, labels)


def cells(table: Field, row: Values, labels: Labels) -> Iterator[str]:
    for column in table["columns"]:
        if row.get(column["name"]) not in (None, ""):
            text = words(column, row[column["name"]], labels)
            yield f"{column['label']['vi']}: {text}"


def words(field: Field, value: Any, labels: Labels) -> str:
    """A value in words; sensitive ones show no more than their mask allows."""
    text = WRITERS.get(field["type"], plainly)(field, value, labels)
    return masked(field, text) if field.get("sensitive") else text


def plainly(field: Field, value: Any, labels: Labels) -> str:
    return str(value)


def masked(field: Field, text: str) -> str:
    usual = "keep_last_3" if field["type"] in NUMBERS else "hide"
    kept = KEPT[field.get("mask", usual)]
    if not kept:
        return HIDDEN
    return "•" * (len(text) - kept) + text[-kept:] if len(text) > kept else HIDDEN


def lists(common: Mapping[str, Any]) -> Labels:
    return {
        each["id"]: {item["code"]: item["label"]["vi"] for item in each["items"] or []}
        for each in common["catalogues"]
    }


def applicant(values: Values, labels: Labels) -> dict[str, Any]:
    """The shared applicant group, unmasked: papers must name the person."""
    residence, born = values.get("residence"), values.get("birth_date")
    return {
        "name": values.get("full_name"),
        "phone": values.get("phone"),
        "email": values.get("email"),
        "personal_id": values.get("personal_id"),
        "address": address({}, residence, labels) if residence else None,
        "birth_date": date({}, born, labels) if born else None,
    }


def contact(values: Values) -> dict[str, Any]:
    """Where notices go, and by which of the ways the applicant wants."""
    return {
        "name": values.get("full_name"),
        "phone": values.get("phone"),
        "email": values.get("email"),
        "sms": values.get("notify_sms", True) is True,
        "mail": values.get("notify_email", True) is True,
    }


def address(field: Field, value: Values, labels: Labels) -> str:
    province = labels["provinces"].get(value["province_code"], value["province_code"])
    commune = labels["communes"].get(value["commune_code"], value["commune_code"])
    parts = [value.get("street"), commune, province]
    text = ", ".join(part for part in parts if part)
    old = value.get("address_text_old")
    return f"{text} ({old})" if old else text


def date(field: Field, value: str, labels: Labels) -> str:
    """dd/mm/yyyy, or what is known of it."""
    day, separator, hour = value.partition("T")
    text = "/".join(reversed(day.split("-")))
    return f"{text} {hour[:5]}" if separator else text


def option(field: Field, value: str, labels: Labels) -> str:
    known = {each["value"]: each["label"]["vi"] for each in field["options"]}
    return str(known.get(value, value))


def options(field: Field, value: list[str], labels: Labels) -> str:
    return "; ".join(option(field, each, labels) for each in value)


def code(field: Field, value: str, labels: Labels) -> str:
    return labels[field["catalogue"]].get(value, value)


def number(field: Field, value: float, labels: Labels) -> str:
    """1.234,5 as it is written in Vietnam."""
    return f"{value:,}".translate({ord(","): ".", ord("."): ","})


WRITERS: dict[str, Callable[[Field, Any, Labels], str]] = {
    "boolean": lambda field, value, labels: "Có" if value else "Không",
    "select": option,
    "multiselect": options,
    "catalogue": code,
    "date": date,
    "datetime": date,
    "partial_date": date,
    "year_month": date,
    "decimal": number,
    "money": lambda field, value, labels: f"{number(field, value, labels)} đồng",
    "address": address,
    "file": lambda field, value, labels: str(value["name"]),
}
