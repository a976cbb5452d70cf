"""What officers write about what they ask for: sealed for whom it is about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from shared.personal import Erased, Personal

FREE = ("reason", "note")

Item = Mapping[str, Any]


def parted(items: Iterable[Item], subject: str) -> dict[str, Any]:
    """The items without their words, and the words as one value of their person."""
    listed = list(items)
    words = [{name: each.get(name) for name in FREE} for each in listed]
    plain = [{k: v for k, v in each.items() if k not in FREE} for each in listed]
    sealed = Personal(subject, json.dumps(words, ensure_ascii=False))
    return {"items": plain, "words": sealed}


def whole(
    items: Iterable[Item], words: Personal | Erased | None
) -> list[dict[str, Any]]:
    """The items as they were written; without words once their person is forgotten."""
    nothing: dict[str, Any] = {"reason": {}, "note": ""}
    if not isinstance(words, Personal):
        return [nothing | dict(each) for each in items]
    pairs = zip(items, json.loads(words.value), strict=True)
    return [{**item, **said} for item, said in pairs]


def opened(text: Personal | Erased | str | None) -> str:
    """What was written; nothing when nothing was, or it was forgotten."""
    if isinstance(text, Personal):
        return text.value
    return text if isinstance(text, str) else ""
