"""The ways in which a person can be reached, and which of them they want."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from shared.personal import Erased, Personal

COUNTRY = "VN"  # of numbers without a country code

EMAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]+\.[^@\s<>,;]{2,}")


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"
    NONE = "none"  # nobody can be reached: the front desk will have to


@dataclass(frozen=True)
class Contact:
    """Addresses that can be used, and the applicant's wishes."""

    name: str = ""
    phone: str | None = None
    email: str | None = None
    wants_sms: bool = True
    wants_mail: bool = True

    @classmethod
    def of(cls, sealed: Personal | Erased) -> Contact:
        """What the applicant told intake; of a forgotten person nothing remains."""
        if isinstance(sealed, Erased):
            return cls()
        told = json.loads(sealed.value)
        return cls(
            name=told.get("name") or "",
            phone=international(told.get("phone") or ""),
            email=usable(told.get("email") or ""),
            wants_sms=told.get("sms") is not False,
            wants_mail=told.get("mail") is not False,
        )

    @property
    def addresses(self) -> dict[Channel, str]:
        ways = {Channel.SMS: self.phone, Channel.EMAIL: self.email}
        return {channel: address for channel, address in ways.items() if address}

    def ways(self, *, legal: bool) -> dict[Channel, str]:
        """The addresses they want used; what the law wants told is told in any case."""
        wants = {Channel.SMS: self.wants_sms, Channel.EMAIL: self.wants_mail}
        wanted = {
            channel: address
            for channel, address in self.addresses.items()
            if wants[channel]
        }
        return wanted or (self.addresses if legal else {})


def international(phone: str) -> str | None:
    """The number with its country code; none when nobody can have such a number."""
    try:
        number = phonenumbers.parse(phone, COUNTRY)
    except NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def usable(email: str) -> str | None:
    address = email.strip()
    return address if address.isascii() and EMAIL.fullmatch(address) else None


def masked(address: str | None) -> str | None:
    """Enough to recognise one's own address, too little to use another's."""
    if address is None:
        return None
    user, at, domain = address.rpartition("@")
    return f"{user[:1]}***@{domain}" if at else f"***{address[-3:]}"
