"""Codes of a second factor: six digits that change every half minute (RFC 6238)."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32decode, b32encode
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

DIGITS, SECONDS = 6, 30
BYTES = 20
SPARE = 10  # recovery codes of one officer
NEIGHBOURS = (0, -1, 1)  # clocks differ
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
LENGTH = 12


def new_secret() -> str:
    return b32encode(secrets.token_bytes(BYTES)).decode()


def address(secret: str, username: str) -> str:
    """What the QR code of the secret says to an app."""
    named = f"secret={secret}&issuer=Guichet&digits={DIGITS}&period={SECONDS}"
    return f"otpauth://totp/Guichet:{quote(username)}?{named}"


def at(secret: str, now: datetime) -> str:
    """The code of this moment, as an app shows it."""
    return code_of(secret, int(now.timestamp()) // SECONDS)


def step_of(secret: str, entered: str, now: datetime) -> int | None:
    """Of which half minute the code is; none when it is of none near now."""
    digits = "".join(each for each in entered if each.isdigit())
    current = int(now.timestamp()) // SECONDS
    steps = (current + each for each in NEIGHBOURS)
    fitting = [x for x in steps if hmac.compare_digest(code_of(secret, x), digits)]
    return fitting[0] if fitting and len(digits) == DIGITS else None


def code_of(secret: str, step: int) -> str:
    key = b32decode(secret)
    # SHA-1 is what every app speaks; as HMAC it still holds
    return TOTP(key, DIGITS, SHA1(), SECONDS).generate(step * SECONDS).decode()  # noqa: S303


def spare_codes() -> list[str]:
    """For the day the phone is lost: each good once."""
    return [
        "".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(SPARE)
    ]


def digest(spare: str) -> str:
    """What is kept of a spare code: 59 random bits need no slow hash."""
    plain = "".join(each for each in spare.lower() if each.isalnum())
    return sha256(b"spare " + plain.encode()).hexdigest()
