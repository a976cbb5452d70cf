"""A body for every order of the API: the least that its description allows."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

Schema = dict[str, Any]

SIMPLE: dict[str, Any] = {"integer": 1, "number": 1, "boolean": True, "null": None}
FORMATS = {"date": "2026-11-20", "date-time": "2026-11-20T08:00:00+07:00"}


class Bodies:
    def __init__(self, description: Schema) -> None:
        self._description = description

    def of(self, method: str, path: str) -> Any:
        """Nothing where the order has no body of JSON."""
        order = self._description["paths"][path][method.lower()]
        content = order.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        return self.least(schema) if schema else None

    def query(self, method: str, path: str) -> dict[str, Any]:
        """What the address demands behind its question mark."""
        order = self._description["paths"][path][method.lower()]
        return {
            each["name"]: self.least(each["schema"])
            for each in order.get("parameters", ())
            if each["in"] == "query" and each.get("required")
        }

    def least(self, schema: Schema) -> Any:
        if "$ref" in schema:
            return self.least(self._found(schema["$ref"]))
        for name in ("anyOf", "oneOf", "allOf"):
            if name in schema:
                return self.least(schema[name][0])
        if "enum" in schema or "const" in schema:
            return schema.get("const", (schema.get("enum") or [None])[0])
        match schema.get("type"):
            case "object":
                return self._object(schema)
            case "array":
                count = int(schema.get("minItems", 0))
                return [self.least(schema.get("items", {})) for _ in range(count)]
            case "string":
                return text(schema)
            case other:
                return SIMPLE.get(str(other), {})

    def _object(self, schema: Schema) -> dict[str, Any]:
        known = schema.get("properties", {})
        return {name: self.least(known[name]) for name in schema.get("required", ())}

    def _found(self, reference: str) -> Schema:
        found: Schema = self._description
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        return found


def text(schema: Schema) -> str:
    if schema.get("format") == "uuid":
        return str(uuid4())
    known = FORMATS.get(str(schema.get("format")))
    return known or "x" * max(1, int(schema.get("minLength", 1)))
