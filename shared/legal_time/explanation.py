"""Why this date: the lines of a counting as sentences people can check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from shared.legal_time.calendar import Day, Override
from shared.legal_time.vietnam import Text3, holiday_name

LANGUAGES = ("vi", "en", "fr")


@dataclass(frozen=True)
class Number:
    """So many of something that is counted."""

    value: int
    noun: str


@dataclass(frozen=True)
class Worked:
    """Working time, told in days, hours and minutes."""

    minutes: int
    day_minutes: int


@dataclass(frozen=True)
class Waiting:
    """What the clock waited for; nothing when nobody said."""

    reasons: tuple[str, ...]


Fact = str | date | datetime | Day | Number | Worked | Waiting


@dataclass(frozen=True)
class Line:
    """One reason of a date; `facts` are what its sentence mentions."""

    code: str
    at: datetime
    facts: Mapping[str, Fact]

    @property
    def text(self) -> Text3:
        return {language: self.sentence(language) for language in LANGUAGES}

    def sentence(self, language: str) -> str:
        words = {key: said(fact, language) for key, fact in self.facts.items()}
        return phrase("lines", self.code, language, **words)

    def plain(self) -> dict[str, Any]:
        """As it crosses the bus and the web."""
        return {"code": self.code, "text": self.text, "at": self.at.isoformat()}


def said(fact: Fact, language: str) -> str:
    match fact:
        case str():
            return fact
        case datetime():
            day = said(fact.date(), language)
            return phrase("forms", "moment", language, day=day, time=f"{fact:%H:%M}")
        case date():
            weekday = sentences()["weekdays"][language][fact.weekday()]
            written = f"{fact:%d/%m/%Y}"
            return phrase("forms", "day", language, weekday=weekday, date=written)
        case Day():
            return reason(fact, language)
        case Number(value, noun):
            return number(value, noun, language)
        case Worked():
            return working_time(fact, language)
        case Waiting(reasons):
            return waiting(reasons, language)


def reason(day: Day, language: str) -> str:
    """Why a day is worked or not."""
    if day.why == "holiday":
        return holiday_name(day.date)[language]
    if day.notice is None:
        return phrase("reasons", day.why, language)
    return phrase(
        "reasons",
        f"notice-{day.notice.kind}",
        language,
        notice=notice_name(day.notice, language),
    )


def notice_name(notice: Override, language: str) -> str:
    whose = phrase("reasons", notice.scope, language)
    return f"{whose} ({notice.legal_notice})" if notice.legal_notice else whose


def waiting(reasons: tuple[str, ...], language: str) -> str:
    if not reasons:
        return ""
    named = [phrase("reasons", f"waits-{each}", language) for each in reasons]
    return phrase("forms", "waiting", language, reasons=", ".join(named))


def number(value: int, noun: str, language: str) -> str:
    """French counts nothing and one in the singular, English only one."""
    is_one = value == 1 or (value == 0 and language == "fr")
    form = "one" if is_one else "many"
    return f"{value} {phrase('nouns', noun, language, form)}"


def working_time(worked: Worked, language: str) -> str:
    days, rest = divmod(worked.minutes, worked.day_minutes)
    parts = {"working_day": days, "hour": rest // 60, "minute": rest % 60}
    told = {noun: value for noun, value in parts.items() if value} or {"minute": 0}
    return " ".join(number(value, noun, language) for noun, value in told.items())


def phrase(kind: str, code: str, language: str, form: str = "", **words: str) -> str:
    key = f"{code}.{form}" if form else code
    template: str = sentences()[kind][key][language]
    return template.format(**words)


@cache
def sentences() -> dict[str, Any]:
    file = Path(__file__).with_name("sentences.json")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found
