"""Finds a dossier's code in the text of a transfer, however banks have changed it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

CODE = re.compile(r"(?=([GH][0-9]{12,23}))")  # a unit, a day and a number, squeezed
SHORTEST = 13
TRACKING_CODE = re.compile(r"(?=([0-9A-HJKMNP-TV-Z]{12}))")  # has no I, L, O, U


def squeezed(text: str) -> str:
    """Letters without marks and digits, nothing between them."""
    decomposed = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(each for each in decomposed if each.isascii() and each.isalnum())


def candidates(*texts: str) -> set[str]:
    """Whatever in these texts may be a code: where it ends, other digits may follow."""
    return {each for text in texts for each in within(squeezed(text))}


def within(text: str) -> Iterator[str]:
    for found in CODE.finditer(text):
        yield from (found[1][:end] for end in range(SHORTEST, len(found[1]) + 1))
    for found in TRACKING_CODE.finditer(text):
        yield found[1]
