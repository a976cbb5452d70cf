"""Which type of the catalogue is asked by which kind of input, and with which help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.portal import languages
from services.portal.forms_schema.named import is_typed, items

Field = Mapping[str, Any]

KINDS = {
    "text": "text",
    "textarea": "textarea",
    "person_name": "text",
    "integer": "text",
    "decimal": "text",
    "money": "text",
    "date": "date",
    "datetime": "datetime",
    "partial_date": "date",
    "year_month": "year_month",
    "boolean": "choice",
    "select": "choice",
    "multiselect": "checkboxes",
    "catalogue": "choice",
    "citizen_id": "text",
    "tax_code": "text",
    "phone": "text",
    "email": "text",
    "address": "address",
    "table": "table",
    "file": "file",
}
WIDTHS = {
    "integer": "5",
    "decimal": "10",
    "money": "10",
    "citizen_id": "20",
    "tax_code": "20",
    "phone": "20",
}
INPUT_MODES = {
    "integer": "numeric",
    "decimal": "decimal",
    "money": "numeric",
    "citizen_id": "numeric",
    "tax_code": "numeric",
    "phone": "tel",
    "email": "email",
}
AUTOCOMPLETE = {
    "identity.full_name": "name",
    "identity.birth_date": "bday",
    "profile.phone": "tel",
    "profile.email": "email",
}
HINTED = (
    "citizen_id",
    "tax_code",
    "date",
    "datetime",
    "partial_date",
    "year_month",
    "phone",
    "multiselect",
)
MONEY = "money"


def hint(field: Field, kind: str, language: str) -> str:
    """The field's own help, then how its type is written."""
    said = [languages.said(field["help"], language)] if field.get("help") else []
    if kind == "named":
        said.append(languages.word("hint_named", language))
    elif field["type"] == "catalogue" and kind == "text":
        known = f"hint_list_{field['catalogue']}"
        is_known = known in languages.texts("words")
        said.append(languages.word(known if is_known else "hint_list", language))
    elif field["type"] in HINTED:
        said.append(languages.word(f"hint_{field['type']}", language))
    elif field["type"] == "file":
        said.append(languages.word("hint_file", language, mb=field.get("max_mb", 10)))
    return " ".join(said)


def options(
    field: Field, common: Mapping[str, Any], language: str
) -> Sequence[tuple[str, str]]:
    """Every choice, as value and words; none of a list in which one types names."""
    match field["type"]:
        case "boolean":
            return [
                ("true", languages.word("yes", language)),
                ("false", languages.word("no", language)),
            ]
        case "select" | "multiselect":
            return [
                (each["value"], languages.said(each["label"], language))
                for each in field["options"]
            ]
        case "catalogue":
            return listed_in(field["catalogue"], common, language)
    return ()


def listed_in(
    name: str, common: Mapping[str, Any], language: str
) -> Sequence[tuple[str, str]]:
    if is_typed(name, common):
        return ()
    return [
        (each["code"], languages.said(each["label"], language))
        for each in items(name, common)
    ]
