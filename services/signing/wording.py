"""How papers say validities and laws, in each of their languages."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from services.signing.texts import PHRASES, TEXTS
from shared.contracts.base import Text3
from shared.directory import Unit
from shared.printing.phrases import LANGUAGES
from shared.printing.wording import amount, day, local

CITATION = re.compile(r"(?P<kind>[A-Z][a-z]+) (?P<number>\d\S*/[A-Z0-9-]+)")
LAW = re.compile(r"Law on (?P<name>.+?)(?: (?P<number>\d\S*/QH\d+))?(?=,|$)")
NUMBER = re.compile(r"(?<!\S)\d\S*/[A-Z][A-Z0-9-]+")

OFFICIAL = {"ND-": "NĐ-", "QD-": "QĐ-"}  # as the laws themselves write it

say = PHRASES.say


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


def given_back(documents: list[dict[str, Any]], unit: Unit) -> Text3:
    """The papers in our hands: they go back to whoever handed them in."""
    listed = [
        say("stop.paper", name=each["name"], count=f"{count:02}")
        for each in documents
        if (count := each["originals"] + each["certified"] + each["copies"])
    ]
    if not listed:
        return say("stop.papers.none")
    papers = {each: "; ".join(one[each] for one in listed) for each in LANGUAGES}
    return say("stop.papers.some", unit=unit.name, papers=papers)


def fees_left(fees: list[dict[str, Any]], paid: int) -> Text3:
    """Whether what was paid is kept or paid back, as far as the procedure says it."""
    if not paid:
        return say("stop.fees.none")
    refundable = [each.get("refundable") for each in fees]
    ending = "open"
    if refundable and None not in refundable:
        ending = "back" if any(refundable) else "kept"
    return say(f"stop.fees.{ending}", amount=amount(paid))


def columns(lines: list[dict[str, Any]]) -> list[str]:
    """Fees and charges stand apart; taxes only where some were paid."""
    has_tax = any(each["kind"] == "tax" for each in lines)
    return ["phi", "le_phi", *(["tax"] if has_tax else [])]


def figures(value: int) -> str:
    return amount(value)["vi"].removesuffix(" đồng") if value else "-"


def symbol(dated: datetime) -> str:
    """The series of receipts of a year; E: it was made electronically."""
    return f"BL-{local(dated):%y}E"


def method(code: str) -> Text3:
    return say(f"method.{code}") if f"method.{code}" in TEXTS else {"vi": code}
