"""From what was typed to an answer: spaces, dots and hyphens are nobody's mistake.

What cannot be read goes on as it was typed: intake says what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from starlette.datastructures import MultiDict

from services.portal.forms_schema.places import PREFIX

Field = Mapping[str, Any]
Entered = Mapping[str, Any]
Flat = dict[str, str | list[str]]

SPACES = re.compile(r"[\s\u00a0\u202f]+")
LOOSE = re.compile(r"[\s.\-\u00a0\u202f()/]+")
CURRENCY = re.compile(r"(?i)\s*(?:vnd|vnđ|đồng|dong|đ|₫)\s*$")
THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:([.,' \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*")
WRITTEN_DATE = re.compile(r"([0-9]{1,2})[\s./-]+([0-9]{1,2})[\s./-]+([0-9]{4})")
CLOCK = re.compile(r"([0-9]{1,2})\s*(?:[:h.]\s*([0-9]{2})?)?\s*")
OFFSET = "+07:00"
BRANCH = 13  # digits of a tax code with those of a branch
CAPITALS = re.compile(r"\^\[A-Z\]\S*\$")
ADDRESS = ("street", "commune_code", "province_code", "address_text_old")
NOT_ENTERED = ("file",)


def flat(entered: Entered) -> Flat:
    """The inputs of a form as plain values, each under its name."""
    if not isinstance(entered, MultiDict):
        return {key: each for key, each in entered.items() if key.startswith(PREFIX)}
    found: Flat = {}
    for key in entered:
        if key.startswith(PREFIX):
            values = [each for each in entered.getlist(key) if isinstance(each, str)]
            said = [each for each in values if each]
            found[key] = said if len(said) > 1 else "".join(said)
    return found


def entered_to_answers(
    fields: Iterable[Field], entered: Entered, language: str = "vi"
) -> dict[str, Any]:
    """The answers to those of the fields that stood in the form."""
    return {
        each["name"]: read(each, PREFIX + each["name"], entered, language)
        for each in fields
        if is_entered(each, entered)
    }


def is_entered(field: Field, entered: Entered) -> bool:
    if "computed" in field or field["type"] in NOT_ENTERED:
        return False
    name = PREFIX + field["name"]
    return any(key == name or key.startswith(f"{name}-") for key in entered)


def read(field: Field, name: str, entered: Entered, language: str) -> Any:
    if field["type"] == "table":
        return [
            {
                each["name"]: read(
                    each, f"{name}-{row}-{each['name']}", entered, language
                )
                for each in field["columns"]
            }
            for row in rows(field, name, entered)
        ]
    if field["type"] in PARTED:
        return PARTED[field["type"]](name, entered)
    if field["type"] == "multiselect":
        return listed(entered.get(name))
    typed = text(entered, name)
    return READERS.get(field["type"], plain)(field, typed, language) if typed else None


def cells(table: Field, row: str, entered: Entered, language: str) -> dict[str, Any]:
    return {
        each["name"]: read(each, f"{row}-{each['name']}", entered, language)
        for each in table["columns"]
    }


def text(entered: Entered, name: str) -> str:
    value = entered.get(name, "")
    if isinstance(value, list):
        value = value[-1] if value else ""
    return value.strip() if isinstance(value, str) else ""


def listed(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [each.strip() for each in values if isinstance(each, str) and each.strip()]


def rows(field: Field, name: str, entered: Entered) -> list[int]:
    """The numbers of the rows in which anything stands."""
    pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,3}})-(.+)")
    quiet = {each["name"] for each in field["columns"] if each["type"] == "boolean"}
    found = {
        int(match[1])
        for key in entered
        if (match := pattern.fullmatch(key))
        and match[2] not in quiet
        and text(entered, key)
    }
    return sorted(found)


def compacted(fields: Iterable[Field], entered: Entered) -> Flat:
    """The same without empty rows, so that rows are numbered as their answers are."""
    found = flat(entered)
    for field in fields:
        if field["type"] == "table" and is_entered(field, found):
            found = renumbered(field, found, rows(field, PREFIX + field["name"], found))
    return found


def renumbered(field: Field, entered: Entered, kept: list[int]) -> Flat:
    """These rows of a table, in this order; all other inputs as they were."""
    name = PREFIX + field["name"]
    others = {k: each for k, each in entered.items() if not k.startswith(f"{name}-")}
    moved = {
        f"{name}-{place}-{key.split('-', 3)[3]}": each
        for place, row in enumerate(kept)
        for key, each in entered.items()
        if key.startswith(f"{name}-{row}-")
    }
    return {**others, **moved, f"{name}-rows": str(len(kept))}


def plain(field: Field, typed: str, language: str) -> str:
    return typed


def boolean(field: Field, typed: str, language: str) -> Any:
    return {"true": True, "false": False}.get(typed, typed)


def whole(field: Field, typed: str, language: str) -> str:
    """1.000.000 đ, 1,000,000 and 1 000 000 are a million; 3.5 is none of them."""
    number = CURRENCY.sub("", typed)
    if THOUSANDS.fullmatch(number):
        return "-" * number.startswith("-") + re.sub(r"[^0-9]", "", number)
    return SPACES.sub("", number)


def decimal(field: Field, typed: str, language: str) -> str:
    """The last mark parts the fraction, unless the language groups digits by it."""
    number = SPACES.sub("", CURRENCY.sub("", typed))
    grouping = "," if language == "en" else "."
    if "." in number and "," in number:
        grouping = "." if number.rindex(",") > number.rindex(".") else ","
    elif not re.fullmatch(rf"-?[0-9]{{1,3}}(?:\{grouping}[0-9]{{3}})+", number):
        return number.replace(",", ".")
    elif language == "fr":
        return number
    return number.replace(grouping, "").replace(",", ".")


def digits(field: Field, typed: str, language: str) -> str:
    return LOOSE.sub("", typed)


def tax_code(field: Field, typed: str, language: str) -> str:
    """The number of a branch stands behind a hyphen, typed or not."""
    number = LOOSE.sub("", typed)
    if number.isdecimal() and len(number) == BRANCH:
        return f"{number[:10]}-{number[10:]}"
    return number


def phone(field: Field, typed: str, language: str) -> str:
    number = LOOSE.sub("", typed)
    return re.sub(r"^(?:00|(?=84[0-9]{9}$))", "+", number)


def email(field: Field, typed: str, language: str) -> str:
    return SPACES.sub("", typed)


READERS: dict[str, Callable[[Field, str, str], Any]] = {
    "integer": whole,
    "money": whole,
    "decimal": decimal,
    "boolean": boolean,
    "citizen_id": digits,
    "tax_code": tax_code,
    "phone": phone,
    "email": email,
}


def parts(name: str, entered: Entered, *names: str) -> list[str]:
    return [text(entered, f"{name}-{part}") for part in names]


def date_parts(name: str, entered: Entered) -> list[str]:
    """Year, month, day; also where somebody wrote all of it into one place."""
    found = parts(name, entered, "year", "month", "day")
    if sum(map(bool, found)) == 1 and (whole := WRITTEN_DATE.fullmatch("".join(found))):
        found = [whole[3], whole[2], whole[1]]
    return [found[0], *(padded(each) for each in found[1:])]


def padded(part: str) -> str:
    return part.zfill(2) if part.isdecimal() else part


def date(name: str, entered: Entered) -> str | None:
    found = date_parts(name, entered)
    return "-".join(found) if any(found) else None


def partial_date(name: str, entered: Entered) -> str | None:
    """A year, a month of a year, or a day; what is missing at the end is unknown."""
    year, month, day = date_parts(name, entered)
    if day or (month and not year):
        return f"{year}-{month}-{day}"
    return f"{year}-{month}" if month else year or None


def year_month(name: str, entered: Entered) -> str | None:
    year, month = parts(name, entered, "year", "month")
    return f"{year}-{padded(month)}" if year or month else None


def moment(name: str, entered: Entered) -> str | None:
    day, typed = date(name, entered), text(entered, f"{name}-time")
    if day is None and not typed:
        return None
    found = CLOCK.fullmatch(typed)
    time = f"{padded(found[1])}:{found[2] or '00'}" if found else typed
    return f"{day or ''}T{time}{OFFSET}"


def address(name: str, entered: Entered) -> dict[str, str | None] | None:
    found = dict(zip(ADDRESS, parts(name, entered, *ADDRESS), strict=True))
    if not any(found.values()):
        return None
    return {key: each or None for key, each in found.items()}


PARTED: dict[str, Callable[[str, Entered], Any]] = {
    "date": date,
    "partial_date": partial_date,
    "year_month": year_month,
    "datetime": moment,
    "address": address,
}
