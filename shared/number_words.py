"""Numbers, amounts and dates written out, as on receipts and papers."""

from __future__ import annotations

from collections.abc import Callable

from shared.foreign_words import english, french, french_dongs

DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
SCALES = ("", "nghìn", "triệu")
BILLION = 10**9
ZERO_TENS = "linh"  # "lẻ" in the south


def number_words(number: int, *, zero_tens: str = ZERO_TENS) -> str:
    """2026 is "hai nghìn không trăm hai mươi sáu"."""
    if number < 0:
        return f"âm {number_words(-number, zero_tens=zero_tens)}"
    return _counted(number, zero_tens, full=False) or DIGITS[0]


def amount_words(amount: int, language: str = "vi") -> str:
    """150000 is "Một trăm năm mươi nghìn đồng"."""
    words = AMOUNTS[language](amount)
    return words[0].upper() + words[1:]


def date_words(date: str) -> str:
    """The date written out, as on civil-status papers; a year or a month if partial."""
    year, *rest = map(int, date[:10].split("-"))
    parts = [f"năm {number_words(year)}"]
    if rest:
        parts.append(f"tháng {month_words(rest[0])}")
    if rest[1:]:
        parts.append(f"ngày {number_words(rest[1])}")
    words = " ".join(reversed(parts))
    return words[0].upper() + words[1:]


def month_words(month: int) -> str:
    """April has a name of its own."""
    return "tư" if month == 4 else number_words(month)


def _counted(number: int, zero_tens: str, *, full: bool) -> str:
    """`full` numbers stand behind others: their empty hundreds are read, too."""
    above, rest = divmod(number, BILLION)
    words = []
    if above:
        words += [_counted(above, zero_tens, full=full), "tỷ"]
        full = True
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            words += [_group(group, zero_tens, full=full), SCALES[power]]
            full = True
    return " ".join(filter(None, words))


def _group(group: int, zero_tens: str, *, full: bool) -> str:
    """Up to three digits; "không trăm" where something stands before them."""
    hundreds, rest = divmod(group, 100)
    if not hundreds and not full:
        return _below_hundred(rest)
    words = [f"{DIGITS[hundreds]} trăm"]
    if rest:
        words.append(
            f"{zero_tens} {DIGITS[rest]}" if rest < 10 else _below_hundred(rest)
        )
    return " ".join(words)


def _below_hundred(number: int) -> str:
    tens, units = divmod(number, 10)
    if not tens:
        return DIGITS[units]
    if tens == 1:
        ending = "" if not units else " lăm" if units == 5 else f" {DIGITS[units]}"
        return f"mười{ending}"
    words = f"{DIGITS[tens]} mươi"
    return f"{words} {AFTER_TENS.get(units, DIGITS[units])}" if units else words


AMOUNTS: dict[str, Callable[[int], str]] = {
    "vi": lambda amount: f"{number_words(amount)} đồng",
    "en": lambda amount: f"{english(amount)} Vietnamese dong",
    "fr": lambda amount: f"{french(amount)} {french_dongs(amount)}",
}
