"""One answer to one field: read, put into its one form, or refused with its reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from services.intake.domain.dates import bounded_date, bounded_datetime, real_date
from services.intake.domain.identity import check_citizen_id, is_tax_code

Field = Mapping[str, Any]
Number = TypeVar("Number", int, float)

LARGEST = 2**53 - 1  # whole numbers that JSON carries exactly, everywhere
WHOLE = re.compile(r"-?[0-9]{1,16}")
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,20})?")
PHONE = re.compile(r"(?:\+84|0)(?:3|5|7|8|9)[0-9]{8}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SHA256 = re.compile(r"[0-9a-f]{64}")
LONGEST = {"email": 254, "text": 1000, "textarea": 10_000, "street": 200}
MEBIBYTE = 1024 * 1024
MOST_ROWS = 500
ACCEPTED = ["application/pdf", "image/jpeg", "image/png"]
MOST_MB = 10


class Unfit(Exception):  # noqa: N818 (an ordinary answer of a reader, not an error)
    """This answer cannot be taken; `code` says why."""

    def __init__(self, code: str, *, at: str = "", **details: Any) -> None:
        super().__init__(code)
        self.code, self.at, self.details = code, at, details


@dataclass(frozen=True)
class Lists:
    """What answers are read against: the code lists, and what time it is."""

    catalogues: Mapping[str, Mapping[str, Any]]
    patterns: Mapping[str, str | None]
    now: datetime

    @classmethod
    def of(cls, common: Mapping[str, Any], now: datetime) -> Lists:
        catalogues = {each["id"]: each for each in common["catalogues"]}
        patterns = {each["type"]: each["pattern"] for each in common["field_types"]}
        return cls(catalogues, patterns, now)

    def codes(self, catalogue: str) -> set[str] | None:
        """The only codes of a list; None when its pattern alone decides."""
        listed = self.catalogues[catalogue]
        if listed["items"] is None or listed.get("is_open"):
            return None
        return {item["code"] for item in listed["items"]}


def clean(value: Any) -> str:
    """A text in NFC, with characters that can be stored and shown."""
    if not isinstance(value, str):
        raise Unfit("wrong-kind")
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    if any(unicodedata.category(each) in ("Cc", "Cs") for each in text.translate(KEPT)):
        raise Unfit("characters")
    return text


KEPT = {ord("\n"): " ", ord("\t"): " "}


def line(value: Any) -> str:
    return " ".join(clean(value).split())


def text(field: Field, value: Any, lists: Lists) -> str | None:
    return finished(field, line(value))


def textarea(field: Field, value: Any, lists: Lists) -> str | None:
    lines = [" ".join(each.split()) for each in clean(value).split("\n")]
    return finished(field, "\n".join(lines).strip())


def finished(field: Field, words: str) -> str | None:
    if field.get("transform") == "uppercase":
        words = words.upper()
    limit = field.get("max_length", LONGEST[field["type"]])
    if len(words) > limit:
        raise Unfit("too-long", limit=limit)
    if words and "pattern" in field and not re.fullmatch(field["pattern"], words):
        raise Unfit("pattern")
    return words or None


def person_name(field: Field, value: Any, lists: Lists) -> str | None:
    name = line(value)
    if field.get("transform") == "uppercase":
        name = name.upper()
    if name and not re.fullmatch(lists.patterns["person_name"] or "", name):
        raise Unfit("person-name")
    return name or None


def integer(field: Field, value: Any, lists: Lists) -> int | None:
    if isinstance(value, str):
        value = whole(value.strip())
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int | None) or isinstance(value, bool):
        raise Unfit("not-a-number")
    return None if value is None else within(field, value)


def whole(words: str) -> int | None:
    if words and not WHOLE.fullmatch(words):
        raise Unfit("not-a-number")
    return int(words) if words else None


def decimal(field: Field, value: Any, lists: Lists) -> float | None:
    if isinstance(value, str) and not value.strip():
        return None
    words = value.strip() if isinstance(value, str) else as_written(value)
    if not NUMBER.fullmatch(words):
        raise Unfit("not-a-number")
    scale = field.get("scale", 6)
    if len(words.partition(".")[2].rstrip("0")) > scale:
        raise Unfit("too-precise", limit=scale)
    return within(field, float(words))


def as_written(value: Any) -> str:
    """A JSON number without exponent."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Unfit("wrong-kind")
    if not abs(value) <= LARGEST:  # also when it is not a number at all
        raise Unfit("not-a-number")
    return f"{Decimal(repr(value)):f}"


def within(field: Field, number: Number) -> Number:
    low, high = field.get("min", -LARGEST), field.get("max", LARGEST)
    if number < low:
        raise Unfit("too-small", limit=low)
    if number > high:
        raise Unfit("too-large", limit=high)
    return number


def date(field: Field, value: Any, lists: Lists) -> str | None:
    return dated(field, value, "date", lists)


def moment(field: Field, value: Any, lists: Lists) -> str | None:
    return dated(field, value, "datetime", lists)


def partial_date(field: Field, value: Any, lists: Lists) -> str | None:
    return dated(field, value, "partial_date", lists)


def year_month(field: Field, value: Any, lists: Lists) -> str | None:
    return dated(field, value, "year_month", lists)


def dated(field: Field, value: Any, kind: str, lists: Lists) -> str | None:
    words = line(value)
    if not words:
        return None
    pattern = lists.patterns[kind] or ""
    if not re.fullmatch(pattern, words) or not real_date(words):
        raise Unfit("not-a-date")
    compare = {"date": bounded_date, "datetime": bounded_datetime}.get(kind)
    if compare and (broken := compare(field, words, lists.now)):
        raise Unfit(broken[0], limit=broken[1])
    return words


def boolean(field: Field, value: Any, lists: Lists) -> bool:
    if not isinstance(value, bool):
        raise Unfit("wrong-kind")
    return value


def select(field: Field, value: Any, lists: Lists) -> str | None:
    chosen = line(value)
    if chosen and chosen not in {option["value"] for option in field["options"]}:
        raise Unfit("not-an-option")
    return chosen or None


def multiselect(field: Field, value: Any, lists: Lists) -> list[str]:
    if not isinstance(value, list):
        raise Unfit("wrong-kind")
    chosen = [select(field, each, lists) for each in value]
    if len(set(chosen)) < len(chosen):
        raise Unfit("repeated")
    return [each for each in chosen if each]


def catalogue(field: Field, value: Any, lists: Lists) -> str | None:
    code = line(value)
    if not code:
        return None
    known = lists.codes(field["catalogue"])
    if known is not None and code not in known:
        raise Unfit("not-an-option")
    pattern = lists.catalogues[field["catalogue"]]["code_pattern"]
    if not re.fullmatch(field.get("pattern", pattern), code):
        raise Unfit("pattern")
    return code


def citizen_id(field: Field, value: Any, lists: Lists) -> str | None:
    number = clean(value).strip(" ")
    if number:
        check_citizen_id(number, lists.codes("birth_provinces"), Unfit)
    return number or None


def tax_code(field: Field, value: Any, lists: Lists) -> str | None:
    number = clean(value).strip(" ")
    if len(number) == 12:
        return citizen_id(field, number, lists)
    if number and not is_tax_code(number):
        raise Unfit("tax-code")
    return number or None


def phone(field: Field, value: Any, lists: Lists) -> str | None:
    """With the code of the country; a pattern may mean it with or without."""
    number = re.sub(r"[ .\-]", "", line(value))
    pattern = field.get("pattern", PHONE)
    ways = {number, re.sub(r"^\+84", "0", number), re.sub("^0", "+84", number)}
    if number and not any(re.fullmatch(pattern, each) for each in ways):
        raise Unfit("phone")
    return f"+84{number[1:]}" if number.startswith("0") else number or None


def email(field: Field, value: Any, lists: Lists) -> str | None:
    mail = line(value)
    if mail and not EMAIL.fullmatch(mail):
        raise Unfit("email")
    return finished({"type": "email", **field}, mail)


def address(field: Field, value: Any, lists: Lists) -> dict[str, Any] | None:
    given = mapping(
        value, "province_code", "commune_code", "street", "address_text_old"
    )
    found = {key: line(part) or None for key, part in given.items() if part is not None}
    if not any(found.values()):
        return None
    if found.get("province_code") not in (lists.codes("provinces") or ()):
        raise Unfit("address-province", at=".province_code")
    if not re.fullmatch("[0-9]{5}", found.get("commune_code") or ""):
        raise Unfit("address-commune", at=".commune_code")
    for key in ("street", "address_text_old"):
        limit = LONGEST["street"] if key == "street" else LONGEST["text"]
        if len(found.get(key) or "") > limit:
            raise Unfit("too-long", at=f".{key}", limit=limit)
    return {key: found.get(key) for key in given}


def mapping(value: Any, *keys: str) -> dict[str, Any]:
    """All these keys, and no others."""
    if not isinstance(value, dict) or not value.keys() <= set(keys):
        raise Unfit("wrong-kind")
    return {key: value.get(key) for key in keys}


def file(field: Field, value: Any, lists: Lists) -> dict[str, Any] | None:
    given = mapping(value, "name", "media_type", "size", "sha256")
    name, kind, digest = (line(given[key]) for key in ("name", "media_type", "sha256"))
    size = integer({}, given["size"], lists)
    if not name or not size or size < 1 or not SHA256.fullmatch(digest):
        raise Unfit("wrong-kind")
    fits(field, kind, size)
    return {"name": name, "media_type": kind, "size": size, "sha256": digest}


def fits(wanted: Field, media_type: str, size: int) -> None:
    """A file is of a kind and size that its field or document takes."""
    accept, most = wanted.get("accept", ACCEPTED), wanted.get("max_mb", MOST_MB)
    if media_type not in accept:
        raise Unfit("file-kind", limit=", ".join(accept))
    if size > most * MEBIBYTE:
        raise Unfit("file-too-large", limit=most)


READERS: dict[str, Callable[[Field, Any, Lists], Any]] = {
    "text": text,
    "textarea": textarea,
    "person_name": person_name,
    "integer": integer,
    "decimal": decimal,
    "money": integer,
    "date": date,
    "datetime": moment,
    "partial_date": partial_date,
    "year_month": year_month,
    "boolean": boolean,
    "select": select,
    "multiselect": multiselect,
    "catalogue": catalogue,
    "citizen_id": citizen_id,
    "tax_code": tax_code,
    "phone": phone,
    "email": email,
    "address": address,
    "file": file,
}
