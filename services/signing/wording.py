"""How papers say dates, amounts, times and laws, in each of their languages."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from services.signing.texts import TEXTS
from shared.clock import LOCAL
from shared.contracts.base import Text3
from shared.directory import Unit

LANGUAGES = ("vi", "en", "fr")

CITATION = re.compile(r"(?P<kind>[A-Z][a-z]+) (?P<number>\d\S*/[A-Z0-9-]+)")
LAW = re.compile(r"Law on (?P<name>.+?)(?: (?P<number>\d\S*/QH\d+))?(?=,|$)")
NUMBER = re.compile(r"(?<!\S)\d\S*/[A-Z][A-Z0-9-]+")

OFFICIAL = {"ND-": "NĐ-", "QD-": "QĐ-"}  # as the laws themselves write it

KINDS_OF_PLACE = re.compile(r"^(xã|phường|tỉnh|thành phố|đặc khu) ")


def pick(text: Text3, language: str) -> str:
    return text.get(language) or text["vi"]


def say(key: str, **values: Any) -> Text3:
    """A fixed sentence in all languages; values may differ between them."""

    def fill(language: str) -> str:
        own = {
            name: pick(value, language) if isinstance(value, dict) else value
            for name, value in values.items()
        }
        return TEXTS[key][language].format(**own)

    return {language: fill(language) for language in LANGUAGES}


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def local(value: datetime | str) -> datetime:
    """The time on the clock of the office."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.astimezone(LOCAL)


def moment(value: datetime | str) -> Text3:
    at = local(value)
    return say("moment", hour=f"{at:%H}", minute=f"{at:%M}", date=day(at))


def second(value: datetime) -> str:
    """To the second, with the zone, as a signature shows it."""
    return f"{local(value):%d/%m/%Y %H:%M:%S} +07:00"


def place_and_date(unit: Unit, value: datetime) -> Text3:
    """The line in italics; days and January, February with two digits (NĐ 30/2020)."""
    on = local(value)
    month = f"{on.month:02}" if on.month <= 2 else str(on.month)
    place, long = locality(unit), {"vi": day(on)}
    long |= {each: format_date(on, "d MMMM y", each) for each in ("en", "fr")}
    return say(
        "place-and-date",
        place=place,
        day=f"{on:%d}",
        month=month,
        year=on.year,
        date=long,
    )


def locality(unit: Unit) -> str:
    """Where papers of this unit are dated: its commune, else its province."""
    parts = unit.address.split(", ")
    known = parts[-2] if unit.commune and len(parts) > 1 else parts[-1]
    return KINDS_OF_PLACE.sub("", known)


def amount(value: int) -> Text3:
    digits = f"{value:,}"
    return {
        "vi": digits.replace(",", ".") + " đồng",
        "en": digits + " VND",
        "fr": digits.replace(",", "\N{NARROW NO-BREAK SPACE}") + " VND",
    }


def legal_time(limit: dict[str, Any]) -> Text3:
    return say(f"legal-time.{limit['unit']}", value=f"{int(limit['value']):02}")


def months_after(value: datetime, months: int) -> date:
    """The last day of a validity that begins today and is counted in months."""
    start = local(value)
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def validity(months: int | None, since: datetime) -> Text3:
    if not months:
        return say("validity.open")
    until = day(months_after(since, months))
    return say("validity.months", months=months, until=until)


def law(citation: str) -> Text3:
    """A legal basis of the catalogue in the words of each language."""
    numbers = NUMBER.findall(citation.replace(",", " "))
    if found := LAW.match(citation):
        named = _law(found["name"], found["number"])
        return _with("law.amended", named, numbers[1:])
    if (found := CITATION.match(citation)) and f"law.{found['kind']}" in TEXTS:
        first = say(f"law.{found['kind']}", number=official(numbers[0]))
        return _with("law.also", first, numbers[1:])
    return dict.fromkeys(LANGUAGES, citation)


def official(number: str) -> Text3:
    vietnamese = number
    for plain, written in OFFICIAL.items():
        vietnamese = vietnamese.replace(plain, written)
    return {"vi": vietnamese, "en": number, "fr": number}


def _law(name: str, number: str | None) -> Text3:
    named = TEXTS.get(f"law.of.{name}", dict.fromkeys(LANGUAGES, name))
    if number is None:
        return say("law.law-unnumbered", name=named)
    return say("law.law", name=named, number=number)


def _with(key: str, law: Text3, numbers: Sequence[str]) -> Text3:
    for number in numbers:
        law = say(key, law=law, number=official(number))
    return law
