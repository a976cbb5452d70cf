"""The alphabet of short messages: what it holds, and how other letters come into it."""

from __future__ import annotations

import unicodedata

SEGMENT = 160  # units in one message; a longer text is sent, and paid, in parts

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("^{}[]~\\|€\f")  # each takes two units

ODD = frozenset("§")  # in the alphabet, but centres do not agree where

INSTEAD = str.maketrans(
    {
        "đ": "d", "Đ": "D", "œ": "oe", "Œ": "OE", "€": "EUR", "§": "par.",
        "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"',  # noqa: RUF001 -- the table is about them
        "–": "-", "—": "-", "‑": "-", "−": "-", "~": "-", "…": "...",  # noqa: RUF001 -- as above
        "[": "(", "{": "(", "]": ")", "}": ")", "|": "/", "\\": "/", "^": "",
        "\f": " ", "\xa0": " ", "\u202f": " ",
    }
)  # fmt: skip


def units(text: str) -> int:
    """How much of a message a text takes; raises when it does not fit the alphabet."""
    if odd := set(text) - BASIC - EXTENSION:
        raise UnicodeError(f"not in the alphabet: {sorted(odd)}")
    return sum(2 if each in EXTENSION else 1 for each in text)


def folded(text: str, *, plain: bool = False) -> str:
    """The text in letters that take one unit; a plain one keeps no accent at all."""
    composed = unicodedata.normalize("NFC", text).translate(INSTEAD)
    return "".join(_letter(each, plain=plain) for each in composed)


def _letter(letter: str, *, plain: bool) -> str:
    if letter in BASIC - ODD and not (plain and letter.isalpha()):
        return letter
    base = unicodedata.normalize("NFKD", letter).translate(INSTEAD)
    kept = "".join(each for each in base if not unicodedata.combining(each))
    return "".join(each if each in BASIC - ODD else "?" for each in kept)


def shortened(text: str, room: int) -> str:
    """The text, cut where it does not fit, with two points to say so."""
    if len(text) <= room:
        return text
    return text[: room - 2].rstrip(" ,;:.(") + ".." if room > 2 else ""
