"""Words as people search them: without marks, without case."""

from __future__ import annotations

import re
import unicodedata

LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"})
WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """The same words without diacritics: `Giấy phép` becomes `giay phep`."""
    decomposed = unicodedata.normalize("NFD", text.translate(LETTERS))
    letters = (each for each in decomposed if not unicodedata.combining(each))
    return " ".join("".join(letters).casefold().split())


def search_words(text: str) -> list[str]:
    """Each word once, in its order; marks between words, as in codes, part them."""
    return list(dict.fromkeys(WORD.findall(folded(text))))
