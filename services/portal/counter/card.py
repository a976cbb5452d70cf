"""What the QR code of an identity card says, read and checked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.portal.counter.errors import CardContradictsError, CardUnreadableError
from shared.directory import Directory, Unit
from shared.search_words import folded

NUMBER = re.compile("0[0-9]{11}")
DAY = re.compile("[0-9]{8}")
SEXES = {"nam": "male", "nu": "female"}
LEAST = 6  # fields; newer cards say more behind the day of issue
KINDS = re.compile(r"^(tinh|thanh pho|tp\.?|xa|phuong|thi tran|dac khu)\s+")


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
    codes = listed("birth_provinces", directory)
    return not codes or code in {each["code"] for each in codes}


def listed(catalogue: str, directory: Directory) -> list[dict[str, Any]]:
    found = (
        each["items"]
        for each in directory.common["catalogues"]
        if each["id"] == catalogue
    )
    return list(next(found, None) or [])


def answers(card: Card, directory: Directory) -> dict[str, Any]:
    """What the form asks of an applicant, as far as the card knows it."""
    return {
        "full_name": card.name,
        "personal_id": card.number,
        "birth_date": card.born.isoformat(),
        "gender": card.sex,
        "residence": residence(card.address, directory),
    }


def residence(written: str, directory: Directory) -> dict[str, str | None] | None:
    """In the words of two tiers where they are known; else as it stands on the card."""
    parts = [part.strip() for part in written.split(",") if part.strip()]
    if not parts:
        return None
    province = province_of(parts[-1], directory)
    unit = commune_of(parts[1:-1], province, directory)
    if unit is None:
        return {
            "street": ", ".join(parts[:1]),
            "commune_code": None,
            "province_code": province,
            "address_text_old": ", ".join(parts),
        }
    return {
        "street": ", ".join(parts[: place_of(unit, parts)]),
        "commune_code": unit.commune,
        "province_code": province,
        "address_text_old": None,
    }


def bare(name: str) -> str:
    """A place by its own name: `Tỉnh Đắk Lắk` and `Đắk Lắk` are one."""
    return KINDS.sub("", folded(name).replace(" - ", " "))


def province_of(name: str, directory: Directory) -> str | None:
    for each in listed("provinces", directory):
        if bare(each["label"]["vi"]) == bare(name):
            return str(each["code"])
    return None


def commune_of(
    names: list[str], province: str | None, directory: Directory
) -> Unit | None:
    """A commune that has an office here; the others nobody has listed."""
    wanted = {bare(each) for each in names}
    for unit in directory.units:
        if unit.commune and unit.province == province and bare(seat(unit)) in wanted:
            return unit
    return None


def seat(unit: Unit) -> str:
    """The commune that an office names behind its own name: `UBND xã Ea Kly`."""
    found = re.search(r"(?:xã|phường|đặc khu)\s+(.+)$", unit.place.get("vi", ""))
    return found[1] if found else unit.place.get("vi", "")


def place_of(unit: Unit, parts: list[str]) -> int:
    wanted = bare(seat(unit))
    return next(n for n, each in enumerate(parts) if n and bare(each) == wanted)
