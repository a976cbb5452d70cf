"""Finds a dossier's code in the text of a transfer, however banks have changed it."""

from __future__ import annotations

import unicodedata

SHORTEST, LONGEST = 12, 24  # a tracking code; a code of a unit with a long number


def squeezed(text: str) -> str:
    """Letters without marks and digits, nothing between them."""
    decomposed = unicodedata.normalize("NFD", text.upper().replace("Đ", "D"))
    return "".join(each for each in decomposed if each.isascii() and each.isalnum())


def candidates(*texts: str) -> set[str]:
    """Whatever in these texts is as long as a code: one knows it when one sees it."""
    return {
        text[start : start + length]
        for text in map(squeezed, texts)
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(text) - length + 1)
    }
