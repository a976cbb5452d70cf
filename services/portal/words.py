"""Words as people search them: without marks, without case."""

from __future__ import annotations

import unicodedata

LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"})


def folded(text: str) -> str:
    """The same words without diacritics: `Giấy phép` becomes `giay phep`."""
    decomposed = unicodedata.normalize("NFD", text.translate(LETTERS))
    letters = (each for each in decomposed if not unicodedata.combining(each))
    return " ".join("".join(letters).casefold().split())


def patterns(query: str) -> list[str]:
    """Each word of a search, as LIKE wants it; at most eight of them."""
    escaped = (
        word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        for word in folded(query).split()[:8]
    )
    return [f"%{word}%" for word in escaped]
