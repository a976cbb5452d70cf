"""Numbers of persons and businesses: what can be known from their digits."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from stdnum.vn import mst

CITIZEN_ID = re.compile("0[0-9]{11}")
DATE = re.compile("[0-9]{4}(-[0-9]{2}){0,2}")
TAX_CODE = re.compile("[0-9]{10}(?:-[0-9]{3})?")


def check_citizen_id(
    number: str, provinces: Collection[str] | None, unfit: type[Exception]
) -> None:
    """Twelve digits; the first three name a province of birth (Decree 137/2015)."""
    if not CITIZEN_ID.fullmatch(number):
        raise unfit("citizen-id")
    if provinces is not None and number[:3] not in provinces:
        raise unfit("citizen-id-province")


def birth_year(number: str) -> int:
    """The fourth digit says the century, the next two the year."""
    return 1900 + 100 * (int(number[3]) // 2) + int(number[4:6])


def is_male(number: str) -> bool:
    return int(number[3]) % 2 == 0


def disagreement(name: str, number: str, scope: Mapping[str, Any]) -> str | None:
    """What a personal number says otherwise than its person's birth date and sex.

    They stand beside it under the same prefix: `mother_id`, `mother_birth_date`.
    """
    prefix = re.sub(r"(personal_)?id$", "", name)
    born, sex = scope.get(f"{prefix}birth_date"), scope.get(f"{prefix}gender")
    year = born[:4] if isinstance(born, str) and DATE.fullmatch(born) else None
    if year and int(year) != birth_year(number):
        return "citizen-id-birth"
    if sex in ("male", "female") and (sex == "male") != is_male(number):
        return "citizen-id-sex"
    return None


def is_tax_code(number: str) -> bool:
    """Ten digits, the last of them a check; a branch follows after a dash."""
    return bool(TAX_CODE.fullmatch(number)) and mst.is_valid(number)
