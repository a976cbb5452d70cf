"""What may enter from outside: values that every part can store, sort and show."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from itertools import chain
from typing import Any

DEEPEST = 40  # lists and objects within each other
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def is_plain(value: Any, depth: int = DEEPEST) -> bool:
    """No characters that nothing can store, no numbers that are none, no abyss."""
    within: Iterable[Any]
    match value:
        case str():
            return UNFIT.search(value) is None
        case float():
            return math.isfinite(value)
        case dict():
            within = chain.from_iterable(value.items())
        case list() | tuple():
            within = value
        case _:
            return True
    return depth > 0 and all(is_plain(each, depth - 1) for each in within)
