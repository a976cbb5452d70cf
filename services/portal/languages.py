"""In which of the three languages somebody is answered, and every word we say."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from shared.clock import LOCAL

LANGUAGES = ("vi", "en", "fr")
COLONS = {"fr": "\u00a0:"}
DEFAULT = "vi"
LOCALES = Path(__file__).parent / "locales"

Texts = dict[str, dict[str, str]]


def colon(language: str) -> str:
    """As it is set after a word: in French a space goes before it."""
    return COLONS.get(language, ":")


@cache
def texts(name: str) -> Texts:
    """Our words of one kind, each in the three languages: a file, or a folder."""
    files = sorted((LOCALES / name).glob("*.json")) or [LOCALES / f"{name}.json"]
    return {key: text for file in files for key, text in read(file).items()}


def read(file: Path) -> Texts:
    content: Texts = json.loads(file.read_text(encoding="utf-8"))
    return content


def preferred(accept_language: str | None) -> str:
    """The language a browser likes best among ours."""
    wishes: list[tuple[float, str]] = []
    for part in (accept_language or "").split(","):
        tag, _, quality = part.strip().partition(";q=")
        wishes.append((weight(quality), tag.strip().lower().partition("-")[0]))
    known = [(value, tag) for value, tag in wishes if tag in LANGUAGES and value > 0]
    return max(known, key=lambda wish: wish[0])[1] if known else DEFAULT


def weight(quality: str) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0


def said(text: Any, language: str) -> str:
    """A text3 in one language; what is not one as it stands."""
    if isinstance(text, dict):
        return str(
            text.get(language) or text.get(DEFAULT) or next(iter(text.values()), "")
        )
    return "" if text is None else str(text)


def word(key: str, language: str, **values: Any) -> str:
    """One of our own words or sentences."""
    sentence = texts("words")[key][language]
    return sentence.format(**values) if values else sentence


def refusal(code: str, language: str, otherwise: str = "") -> str:
    """Why something was refused, as its asker may read it."""
    known = texts("refusals").get(code)
    return (
        known[language]
        if known
        else otherwise or texts("refusals")["refused"][language]
    )


def invalidity(code: str, language: str, limits: dict[str, Any]) -> str:
    """What is wrong with one entry, as who sent it may read it."""
    known = texts("invalid")
    said = {key: str(limit).replace(" or ", ", ") for key, limit in limits.items()}
    return known.get(code, known["other"])[language].format(**said)


def local(moment: datetime | str | None) -> datetime | None:
    """The moment as clocks here show it."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment.astimezone(LOCAL) if moment else None


def shown_time(moment: datetime | str | None) -> str:
    at = local(moment)
    return at.strftime("%d/%m/%Y %H:%M") if at else ""


def shown_hour(moment: datetime | str | None) -> str:
    at = local(moment)
    return at.strftime("%H:%M") if at else ""


def shown_date(day: date | datetime | str | None) -> str:
    """A day as everybody here writes it."""
    if isinstance(day, str):
        day = datetime.fromisoformat(day)
    if isinstance(day, datetime):
        day = local(day)
    return day.strftime("%d/%m/%Y") if day else ""


def shown_money(amount: int | None, language: str) -> str:
    """150.000 đồng, 150,000 VND, 150 000 VND."""
    if amount is None:
        return ""
    digits = f"{amount:,}"
    match language:
        case "vi":
            return f"{digits.replace(',', '.')} đồng"
        case "fr":
            return f"{digits.replace(',', chr(0x202F))}\N{NO-BREAK SPACE}VND"
    return f"{digits} VND"


def shown_number(value: float | None, language: str) -> str:
    """1.5 in English, 1,5 in Vietnamese and French."""
    if value is None:
        return ""
    digits = f"{value:.1f}"
    return digits if language == "en" else digits.replace(".", ",")
