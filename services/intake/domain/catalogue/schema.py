"""What the JSON Schema refuses, in words that say what would be right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import jsonschema_rs

from services.intake.domain.catalogue.fault import Fault

LIMITS = ("minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum")

SAYS = {  # in words of our own; whatever else there is, keys do not go together
    "required": "schema.required",
    "enum": "schema.enum",
    "type": "schema.type",
    "pattern": "schema.pattern",
    "const": "schema.constant",
    "uniqueItems": "schema.unique",
    **dict.fromkeys(LIMITS, "schema.limit"),
}

Found = tuple[str, dict[str, Any], tuple[str, ...] | None]  # sentence, values, choices


def against_schema(schema: dict[str, Any], content: Any, kind: str) -> Iterator[Fault]:
    if not isinstance(content, dict) or content.get("kind") != kind:
        yield Fault("$.kind", "schema", "kind", {"kind": kind})
        return
    keys = tuple(sorted(set(named(schema))))
    for error in jsonschema_rs.validator_for(schema).iter_errors(content):
        path = json_path(error.instance_path)
        for says, values, choices in said(error, keys):
            yield Fault(path, "schema", says, values, choices)


def said(error: Any, keys: tuple[str, ...]) -> Iterator[Found]:
    """One error of the library; unknown keys each for themselves."""
    known = error.kind.as_dict()
    if "unexpected" in known:
        for name in known["unexpected"]:
            yield "schema.unexpected", {"name": name}, keys
        return
    value, options = short(error.instance), known.get("options")
    values = {
        "name": known.get("property") or value,
        "value": value,
        "types": ", ".join(known.get("types", ())),
        "pattern": known.get("pattern"),
        "expected": json.dumps(known.get("expected_value"), ensure_ascii=False),
        "limit": known.get("limit"),
        "message": error.message[:300],
    }
    choices = tuple(map(str, options)) if options else None
    yield SAYS.get(error.kind.name, "schema.together"), values, choices


def short(value: Any) -> str:
    words = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return words if len(words) <= 60 else f"{words[:59]}…"


def json_path(parts: Iterable[str | int]) -> str:
    steps = (f"[{each}]" if isinstance(each, int) else f".{each}" for each in parts)
    return "$" + "".join(steps)


def named(schema: Any) -> Iterator[str]:
    """Every key that a file of the catalogue can have somewhere."""
    if isinstance(schema, dict):
        properties = schema.get("properties")
        yield from properties if isinstance(properties, dict) else ()
        schema = list(schema.values())
    for each in schema if isinstance(schema, list) else ():
        yield from named(each)
