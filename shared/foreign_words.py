"""Numbers written out in English and in French, beneath the Vietnamese words."""

from __future__ import annotations

ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
ENGLISH_TENS = [
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]
FRENCH = [
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
FRENCH_TENS = [
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "soixante",
    "quatre-vingt",
    "quatre-vingt",
]

SCALES = ((10**9, "billion", "milliard"), (10**6, "million", "million"))


def english(number: int) -> str:
    """150000 is "one hundred and fifty thousand"."""
    if number < 0:
        return f"minus {english(-number)}"
    for scale, name, _ in SCALES:
        if number >= scale:
            return _english(number, scale, name)
    if number >= 1000:
        return _english(number, 1000, "thousand")
    if number >= 100:
        rest = f" and {english(number % 100)}" if number % 100 else ""
        return f"{ENGLISH[number // 100]} hundred{rest}"
    if number < 20:
        return ENGLISH[number]
    tens, units = divmod(number, 10)
    return ENGLISH_TENS[tens - 2] + (f"-{ENGLISH[units]}" if units else "")


def _english(number: int, scale: int, name: str) -> str:
    above, rest = divmod(number, scale)
    words = f"{english(above)} {name}"
    if not rest:
        return words
    return f"{words} {'and ' if rest < 100 else ''}{english(rest)}"


def french(number: int) -> str:
    """150000 is "cent cinquante mille"; 80 and 200 end in an s."""
    if number < 0:
        return f"moins {french(-number)}"
    for scale, _, name in SCALES:
        if number >= scale:
            above, rest = divmod(number, scale)
            words = f"{french(above)} {name}{'s' if above > 1 else ''}"
            return f"{words} {french(rest)}" if rest else words
    if number >= 1000:
        above, rest = divmod(number, 1000)
        words = "mille" if above == 1 else f"{_before_mille(above)} mille"
        return f"{words} {french(rest)}" if rest else words
    return _hundreds(number)


def _before_mille(number: int) -> str:
    """Mille is a numeral: neither vingt nor cent takes its s before it."""
    words = french(number)
    return words[:-1] if words.endswith(("vingts", "cents")) else words


def _hundreds(number: int) -> str:
    if number < 100:
        return _tens(number)
    above, rest = divmod(number, 100)
    words = "cent" if above == 1 else f"{FRENCH[above]} cent"
    if rest:
        return f"{words} {_tens(rest)}"
    return f"{words}s" if above > 1 else words


def _tens(number: int) -> str:
    if number < 20:
        return FRENCH[number]
    tens, units = divmod(number, 10)
    ten = FRENCH_TENS[tens - 2]
    if tens in (7, 9):
        units += 10
    if not units:
        return f"{ten}s" if tens == 8 else ten
    joined = " et " if units in (1, 11) and tens < 8 else "-"
    return f"{ten}{joined}{FRENCH[units]}"


def french_dongs(amount: int) -> str:
    """Million and milliard are nouns: un million de dongs."""
    if amount and amount % 10**6 == 0:
        return "de dongs"
    return "dongs" if amount > 1 else "dong"
