"""What changes from one version of a procedure to another, as people would say it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from services.portal import languages

LISTS = {
    "fields": "name",
    "documents": "code",
    "fees": "code",
    "steps": "id",
    "checks": "id",
    "outcomes": "code",
    "refusal_reasons": "code",
}
SINGLE = (
    "names",
    "legal_time",
    "channels",
    "result_channels",
    "applicant_types",
    "legal_basis",
    "field_groups",
    "supplement",
    "extension",
)
TITLES = ("name", "label", "title", "message")

Definition = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """Something added, removed or changed; of a change, which of its entries."""

    part: str
    kind: str
    name: Any
    entries: list[tuple[str, Any, Any]] = field(default_factory=list)


def differences(before: Definition, after: Definition) -> list[Change]:
    return [
        *(each for part in SINGLE for each in single(part, before, after)),
        *(each for part in LISTS for each in listed(part, before, after)),
    ]


def single(part: str, before: Definition, after: Definition) -> Iterator[Change]:
    old, new = before.get(part), after.get(part)
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and part != "names":
        yield Change(part, "changed", "", list(entries(old, new)))
    else:
        yield Change(part, "changed", "", [(part, old, new)])


def listed(part: str, before: Definition, after: Definition) -> Iterator[Change]:
    key = LISTS[part]
    old = {each[key]: each for each in before.get(part, [])}
    new = {each[key]: each for each in after.get(part, [])}
    for name, each in new.items():
        if name not in old:
            yield Change(part, "added", title(each, name))
        elif each != old[name]:
            changed = list(entries(old[name], each))
            yield Change(part, "changed", title(each, name), changed)
    for name, each in old.items():
        if name not in new:
            yield Change(part, "removed", title(each, name))


def entries(old: Definition, new: Definition) -> Iterator[tuple[str, Any, Any]]:
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield name, old.get(name), new.get(name)


def title(each: Definition, name: str) -> Any:
    return next((each[key] for key in TITLES if key in each), name)


def shown(value: Any, language: str) -> str:
    """A value of a definition; texts in the reader's language."""
    match value:
        case None | []:
            return languages.word("nothing_here", language)
        case bool():
            return languages.word("yes" if value else "no", language)
        case dict() if "vi" in value:
            return languages.said(value, language)
        case list():
            return ", ".join(shown(each, language) for each in value)
        case dict():
            return json.dumps(value, ensure_ascii=False)
    return str(value)
