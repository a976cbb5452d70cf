"""How printed pages say dates, times and amounts, in each of their languages."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from babel.dates import format_date

from shared.clock import LOCAL
from shared.directory import Unit
from shared.number_words import amount_words
from shared.printing.phrases import LANGUAGES, Text3, say

KINDS_OF_PLACE = re.compile(r"^(xã|phường|tỉnh|thành phố|đặc khu) ")


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


def written(value: int) -> Text3:
    """The amount in words, as a receipt must have it."""
    return {language: amount_words(value, language) for language in LANGUAGES}


def legal_time(limit: dict[str, Any]) -> Text3:
    return say(f"legal-time.{limit['unit']}", value=f"{int(limit['value']):02}")
