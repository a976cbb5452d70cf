"""One believable value for one field, whatever its type and its limits."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from math import ceil, floor
from random import Random
from typing import Any

from shared.clock import LOCAL
from tools.demo import files, people
from tools.demo.patterns import text_like
from tools.demo.people import Person

Field = dict[str, Any]
Common = dict[str, Any]

PHRASES = ("Thôn 3, xã Ea Kly", "Nhà ở gia đình", "Theo nhu cầu gia đình", "Bản chính")
SUFFIXES = (
    *("full_name", "personal_id", "birth_date", "gender", "phone", "email"),
    *("residence", "name", "id_no", "id"),
)
WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)  # of a tax code's first nine digits
DAY = timedelta(days=1)
YEARS = timedelta(days=365)


class Values:
    """Makes values for the fields of one form; the same ones for the same random."""

    def __init__(
        self, random: Random, common: Common, applicant: Person, today: date
    ) -> None:
        self.random, self.today = random, today
        self._lists = {each["id"]: each for each in common["catalogues"]}
        self._patterns = {
            each["type"]: each["pattern"] for each in common["field_types"]
        }
        self._people: dict[str, Person] = {"": applicant}
        self._makers: dict[str, Callable[[Field, str], Any]] = {
            "text": self._text,
            "textarea": self._text,
            "person_name": lambda field, row: self._whose(field, row).full_name,
            "citizen_id": lambda field, row: self._whose(field, row).personal_id,
            "phone": self._phone,
            "email": self._email,
            "address": lambda field, row: people.address(self.random),
            "integer": self._integer,
            "money": self._money,
            "decimal": self._decimal,
            "date": lambda field, row: self._day(field, row).isoformat(),
            "partial_date": lambda field, row: self._day(field, row).isoformat(),
            "year_month": lambda field, row: self._day(field, row).isoformat()[:7],
            "datetime": self._moment,
            "boolean": self._boolean,
            "select": self._select,
            "multiselect": self._multiselect,
            "catalogue": self._catalogue,
            "tax_code": lambda field, row: tax_code(self.random),
            "table": self._table,
            "file": self._file,
        }

    def meet(self, fields: Iterable[Field], row: str = "") -> None:
        """Know who the fields are about, so that name, number and birth date agree."""
        for field in fields:
            if field["name"].endswith("birth_date"):
                person, born = prefix(field, row), self._between(field)
                if person not in self._people:
                    self._people[person] = self._stranger(person, birth_date=born)

    def is_the_applicants(self, field: Field) -> bool:
        """Who signs in, or shows a card, is who they are."""
        return prefix(field, "") == "" and field["name"] in SUFFIXES

    def replace_person(
        self, field: Field, born: str, fields: Iterable[Field]
    ) -> list[str]:
        """Somebody born on that day instead; the answers it makes wrong."""
        person, birth_date = prefix(field, ""), date.fromisoformat(born)
        self._people[person] = self._stranger(person, birth_date=birth_date)
        return [each["name"] for each in fields if prefix(each, "") == person]

    def of(self, field: Field, row: str = "") -> Any:
        value = self._makers[field["type"]](field, row)
        if field.get("transform") == "uppercase":
            return value.upper()
        return value

    def _whose(self, field: Field, row: str) -> Person:
        person = prefix(field, row)
        if person not in self._people:
            self._people[person] = self._stranger(person)
        return self._people[person]

    def _stranger(self, person: str, **known: Any) -> Person:
        if "mother" in person or "father" in person:
            known["gender"] = "female" if "mother" in person else "male"
        return people.a_person(str(self.random.random()), **known)

    def _text(self, field: Field, row: str) -> str:
        if pattern := field.get("pattern") or self._patterns[field["type"]]:
            return text_like(pattern, self.random)
        return self._words(field, row)[: field.get("max_length", 1000)].strip()

    def _phone(self, field: Field, row: str) -> str:
        if pattern := field.get("pattern"):
            return text_like(pattern, self.random)
        return self._whose(field, row).phone

    def _email(self, field: Field, row: str) -> str:
        """Their own; a short one where the form has no room for it."""
        own = self._whose(field, row).email
        return own if len(own) <= field.get("max_length", 254) else "an@vn.vn"

    def _words(self, field: Field, row: str) -> str:
        if field["name"].endswith("name"):
            return self._whose(field, row).full_name
        if field["name"].endswith(("_no", "_number", "_code")):
            return f"{self.random.randint(1, 999):03}/{self.today.year}"
        return self.random.choice(PHRASES)

    def _integer(self, field: Field, row: str) -> int:
        least, most = bounds(field, 0, 5)
        return self.random.randint(ceil(least), max(ceil(least), floor(most)))

    def _money(self, field: Field, row: str) -> int:
        least, most = field.get("min", 0), field.get("max", 10**15)
        amount = self.random.randint(1, 90) * 10_000_000
        return int(max(ceil(least), min(floor(most), amount)))

    def _decimal(self, field: Field, row: str) -> float:
        least, most = bounds(field, 0, 300)
        value = round(self.random.uniform(least, most), field.get("scale", 2))
        return float(min(most, max(least, value)))

    def _day(self, field: Field, row: str) -> date:
        person = self._people.get(prefix(field, row))
        if person and field["name"].endswith("birth_date"):
            return person.birth_date
        return self._between(field)

    def _between(self, field: Field) -> date:
        """A day the field allows, in the recent past where it does not say."""
        latest = limit(field.get("latest"), self.today) or self.today
        earliest = limit(field.get("earliest"), self.today) or latest - 4 * YEARS
        latest = max(latest, earliest)
        return earliest + timedelta(self.random.randint(0, (latest - earliest).days))

    def _moment(self, field: Field, row: str) -> str:
        """In the morning, well within the limits: they may be hours of their days."""
        first = limit(field.get("earliest"), self.today)
        last = limit(field.get("latest"), self.today)
        if first and last:
            day = first + (last - first) / 2
        elif first:
            day = first + DAY
        else:
            day = last - DAY if last else self._between(field)
        return datetime(day.year, day.month, day.day, 9, 30, tzinfo=LOCAL).isoformat()

    def _boolean(self, field: Field, row: str) -> bool:
        if "must_be" in field:
            return bool(field["must_be"])
        return bool(field.get("default", self.random.random() < 0.5))

    def _select(self, field: Field, row: str) -> str:
        options = [each["value"] for each in field["options"]]
        if set(options) == {"male", "female"}:
            return self._whose(field, row).gender
        return str(self.random.choice([*options, field.get("default", options[0])]))

    def _multiselect(self, field: Field, row: str) -> list[str]:
        options = [each["value"] for each in field["options"]]
        chosen = self.random.sample(options, self.random.randint(1, len(options)))
        return [each for each in options if each in chosen]

    def _catalogue(self, field: Field, row: str) -> str:
        known = self._lists[field["catalogue"]]
        if field.get("default"):
            return str(field["default"])
        if known["items"]:
            return str(self.random.choice(known["items"])["code"])
        return text_like(field.get("pattern") or known["code_pattern"], self.random)

    def _table(self, field: Field, row: str) -> list[dict[str, Any]]:
        least = max(field.get("min_rows", 0), 1)
        most = max(least, min(field.get("max_rows", 50), least + 1))
        rows = range(self.random.randint(least, most))
        return [self._row(field, f"{field['name']}.{number}.") for number in rows]

    def _row(self, field: Field, row: str) -> dict[str, Any]:
        self.meet(field["columns"], row)
        return {
            column["name"]: self.of(column, row)
            if column.get("required") or self.random.random() < 0.7
            else None
            for column in field["columns"]
        }

    def _file(self, field: Field, row: str) -> dict[str, Any]:
        return described(self.scan(field))

    def scan(self, field: Field) -> files.Scan:
        media_type = files.suitable(field.get("accept"))
        writer, title = self._people[""].full_name, field["label"]["vi"]
        return files.scan(title, writer, media_type=media_type, seed=writer)


def described(scan: files.Scan) -> dict[str, Any]:
    return {
        "name": scan.name,
        "media_type": scan.media_type,
        "size": len(scan.content),
        "sha256": hashlib.sha256(scan.content).hexdigest(),
    }


def bounds(field: Field, least: int, width: int) -> tuple[float, float]:
    """From the lowest value that is allowed, or from `least`, or below the highest."""
    most = field.get("max", least)
    lowest = field.get("min", least if least <= most else most - width)
    return lowest, min(field.get("max", lowest + width), lowest + width)


def prefix(field: Field, row: str) -> str:
    """Whom a field is about: what stands before `name`, `id`, `birth_date`…"""
    for suffix in SUFFIXES:
        if field["name"].endswith(suffix):
            return f"{row}{field['name'].removesuffix(suffix)}"
    return f"{row}{field['name']}"


def limit(bound: dict[str, Any] | None, today: date) -> date | None:
    """The day an `earliest` or `latest` means: years, months, days, in this order."""
    if bound is None:
        return None
    months = today.month - 1 + bound.get("months", 0)
    year, month = today.year + bound.get("years", 0) + months // 12, months % 12 + 1
    day = min(today.day, monthrange(year, month)[1])
    return date(year, month, day) + timedelta(bound.get("days", 0))


def tax_code(random: Random) -> str:
    """Ten digits, the last one checks the others; ten as a check does not exist."""
    while True:
        digits = [random.randrange(10) for _ in WEIGHTS]
        pairs = zip(digits, WEIGHTS, strict=True)
        check = 10 - sum(digit * weight for digit, weight in pairs) % 11
        if check != 10 and any(digits[2:]):
            return "".join(map(str, [*digits, check]))
