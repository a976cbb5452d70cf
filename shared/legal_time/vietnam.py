"""The holidays of Vietnam, as the law sets them, and their names in three languages."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import holidays

Text3 = dict[str, str]

SEPARATOR = "; "  # of the library, where two holidays meet
OBSERVED = re.compile(r"(.*) \(observed\)")
EXCHANGED = re.compile(r"Day off \(substituted from (\d+)/(\d+)/(\d+)\)")
ORDINAL = re.compile(r"(\w+) (?:Day )?of Lunar New Year")

FRENCH = {
    "New Year's Day": "jour de l'An",
    "Lunar New Year's Eve": "veille du Nouvel An lunaire (Têt)",
    "Lunar New Year": "Nouvel An lunaire (Têt)",
    "Hung Kings' Commemoration Day": "fête des rois Hùng",
    "Liberation Day/Reunification Day": "fête de la Victoire et de la Réunification",
    "International Labor Day": "fête du Travail",
    "National Day": "fête nationale",
    "Vietnam Cultural Day": "Journée de la culture vietnamienne",
}
FRENCH_ORDINALS = {
    "Second": "deuxième",
    "Third": "troisième",
    "Fourth": "quatrième",
    "Fifth": "cinquième",
}


@cache
def _named(language: str) -> holidays.HolidayBase:
    """Public holidays, days off in their place, and Saturdays worked for them."""
    return holidays.country_holidays("VN", language=language)


def is_working_day(day: date) -> bool:
    return _named("vi").is_working_day(day)


def is_holiday(day: date) -> bool:
    return day in _named("vi")


@cache
def holiday_name(day: date) -> Text3:
    """What is kept on this day; empty on a day that is no holiday."""
    vietnamese = _named("vi").get(day, "")
    english = _named("en_US").get(day, "").split(SEPARATOR)
    return {
        "vi": vietnamese,
        "en": SEPARATOR.join(_english(each) for each in english),
        "fr": SEPARATOR.join(_french(each) for each in english),
    }


def _english(name: str) -> str:
    if found := EXCHANGED.fullmatch(name):
        return f"day off in exchange for {_date(found)}"
    return name


def _french(name: str) -> str:
    if found := EXCHANGED.fullmatch(name):
        return f"jour de repos en échange du {_date(found)}"
    if found := OBSERVED.fullmatch(name):
        return f"{_french(found[1])} (jour de repos reporté)"
    if found := ORDINAL.fullmatch(name):
        if found[1].isdigit():
            return f"{found[1]} du dernier mois lunaire (Têt)"
        return f"{FRENCH_ORDINALS.get(found[1], found[1])} jour du Nouvel An lunaire"
    return FRENCH.get(name, name)


def _date(found: re.Match[str]) -> str:
    month, day, year = found.groups()
    return f"{day}/{month}/{year}"
