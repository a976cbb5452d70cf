"""What the QR code of an identity card says, read and checked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.portal.counter.errors import CardContradictsError, CardUnreadableError
from services.portal.forms_schema.named import bare, is_certain, items, meant
from shared.directory import Directory, Unit
from shared.search_words import folded

NUMBER = re.compile("0[0-9]{11}")
DAY = re.compile("[0-9]{8}")
SEXES = {"nam": "male", "nu": "female"}
LEAST = 6  # fields; newer cards say more behind the day of issue
TWO_TIERS = date(2025, 7, 1)  # since then there are no districts
LEAST_PARTS = 2  # more is needed: a place, its commune, its province


@dataclass(frozen=True)
class Card:
    """As the card writes it: `number|old|name|born|sex|address|issued`."""

    number: str
    old_number: str
    name: str
    born: date
    sex: str
    address: str
    issued: date | None

    def contradicts(self) -> bool:
        """The number itself says the year of birth and the sex (Decree 137/2015)."""
        century, year = int(self.number[3]), int(self.number[4:6])
        is_male = century % 2 == 0
        born = 1900 + 100 * (century // 2) + year
        return born != self.born.year or is_male != (self.sex == "male")


def read(scanned: str, directory: Directory) -> Card:
    """The card behind a scan; refused when it is none, or cannot be right."""
    parts = [part.strip() for part in unicodedata.normalize("NFC", scanned).split("|")]
    if len(parts) < LEAST or not NUMBER.fullmatch(parts[0]):
        raise CardUnreadableError
    number, old, name, born, sex, address, *rest = parts
    known = SEXES.get(folded(sex))
    day = day_of(born)
    if day is None or known is None or not name:
        raise CardUnreadableError
    issued = day_of(rest[0]) if rest else None
    card = Card(number, old, " ".join(name.split()), day, known, address, issued)
    if card.contradicts() or not is_known_province(number[:3], directory):
        raise CardContradictsError
    return card


def day_of(written: str) -> date | None:
    """ddmmyyyy, as cards write days."""
    if not DAY.fullmatch(written):
        return None
    try:
        return datetime.strptime(written, "%d%m%Y").date()  # noqa: DTZ007 (a bare day)
    except ValueError:
        return None


def is_known_province(code: str, directory: Directory) -> bool:
    codes = items("birth_provinces", directory.common)
    return not codes or code in {each["code"] for each in codes}


def answers(card: Card, directory: Directory) -> dict[str, Any]:
    """What the form asks of an applicant, as far as the card knows it."""
    return {
        "full_name": card.name,
        "personal_id": card.number,
        "birth_date": card.born.isoformat(),
        "gender": card.sex,
        "residence": residence(card, directory),
    }


def residence(card: Card, directory: Directory) -> dict[str, str | None] | None:
    """In the words of two tiers where they are known; else as it stands on the card."""
    parts = [part.strip() for part in card.address.split(",") if part.strip()]
    if not parts:
        return None
    province = province_of(parts[-1], directory)
    code, place = commune_of(parts, province, card.issued, directory)
    return {
        "street": ", ".join(parts[:place]),
        "commune_code": code,
        "province_code": province,
        "address_text_old": None if code else ", ".join(parts),
    }


def province_of(name: str, directory: Directory) -> str | None:
    found = meant(name, items("provinces", directory.common))
    return str(found[0]["code"]) if is_certain(name, found) else None


def commune_of(
    parts: list[str], province: str | None, issued: date | None, directory: Directory
) -> tuple[str | None, int]:
    """Its code, and where it stands; older cards name communes that are no more."""
    for place, name in list(enumerate(parts))[1:-1]:
        for unit in directory.units:
            if unit.commune and unit.province == province and is_at(name, unit):
                return unit.commune, place
    if province and issued and issued >= TWO_TIERS and len(parts) > LEAST_PARTS:
        name = parts[-2]
        found = meant(name, items("communes", directory.common, within=province))
        if is_certain(name, found):
            return str(found[0]["code"]), len(parts) - 2
    return None, 1


def seat(unit: Unit) -> str:
    """The commune that an office names behind its own name: `UBND xã Ea Kly`."""
    found = re.search(r"(?:xã|phường|đặc khu)\s+(.+)$", unit.place.get("vi", ""))
    return found[1] if found else unit.place.get("vi", "")


def is_at(name: str, unit: Unit) -> bool:
    return bare(seat(unit)) == bare(name)
