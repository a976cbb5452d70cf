"""VietQR: what a banking app reads to fill in a transfer (EMVCo, NAPAS 247)."""

from __future__ import annotations

from dataclasses import dataclass

NAPAS = "A000000727"
TO_AN_ACCOUNT = "QRIBFTTA"
DONG = "704"  # ISO 4217
LONGEST_PURPOSE = 25
POLYNOMIAL, START = 0x1021, 0xFFFF  # CRC-16/CCITT-FALSE


@dataclass(frozen=True)
class BankAccount:
    """Where fees are transferred to; `bin` names the bank among those of NAPAS."""

    bin: str
    number: str
    name: str


def payload(account: BankAccount, *, amount: int | None = None, purpose: str) -> str:
    """With an amount it is for one payment, without one for any number of them."""
    bank = field("00", account.bin) + field("01", account.number)
    merchant = field("00", NAPAS) + field("01", bank) + field("02", TO_AN_ACCOUNT)
    parts = [
        field("00", "01"),
        field("01", "12" if amount else "11"),
        field("38", merchant),
        field("53", DONG),
        field("54", str(amount)) if amount else "",
        field("58", "VN"),
        field("62", field("08", purpose)) if purpose else "",
    ]
    unsigned = "".join(parts) + "6304"
    return f"{unsigned}{checksum(unsigned):04X}"


def field(tag: str, value: str) -> str:
    """Tag, length, value."""
    return f"{tag}{len(value):02}{value}"


def checksum(text: str) -> int:
    register = START
    for byte in text.encode("ascii"):
        register ^= byte << 8
        for _ in range(8):
            overflow = register & 0x8000
            register = (register << 1) ^ (POLYNOMIAL if overflow else 0)
        register &= 0xFFFF
    return register


def purpose_of(reference: str) -> str:
    """A dossier's code as it stands, without its signs where it would be too long."""
    if len(reference) <= LONGEST_PURPOSE:
        return reference
    return "".join(filter(str.isalnum, reference))[:LONGEST_PURPOSE]
