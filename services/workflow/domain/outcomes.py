"""How a procedure can end: with what it grants, or with a refusal in any case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

GRANTS = ("grant", "partial")
REFUSAL = "refuse"

PLAIN_REFUSAL: dict[str, Any] = {
    "code": "refused",
    "kind": REFUSAL,
    "title": {
        "vi": "Văn bản từ chối giải quyết hồ sơ",
        "en": "Letter of refusal",
        "fr": "Lettre de refus",
    },
    "signer": None,
    "form": None,
    "number_format": None,
    "validity_months": None,
}


def decisive(definition: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The outcomes that decide; a plain refusal among them where none is named."""
    named: list[dict[str, Any]] = list(definition["outcomes"])
    found = [each for each in named if each["kind"] in (*GRANTS, REFUSAL)]
    if REFUSAL in {each["kind"] for each in found}:
        return found
    code = str(PLAIN_REFUSAL["code"])
    while code in {each["code"] for each in named}:
        code += "_"
    return [*found, PLAIN_REFUSAL | {"code": code}]
