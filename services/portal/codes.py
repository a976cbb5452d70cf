"""Codes that prove a phone or a mailbox: made, sent, and good once."""

from __future__ import annotations

import hmac
import json
import secrets
from asyncio import to_thread
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4, uuid5

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from services.portal import pseudonyms
from services.portal.code_store import LIVES, Asked, CodeStore
from services.portal.desk import Desk
from services.portal.errors import CodeExpiredError, CodeWrongError, PhoneInvalidError
from shared.personal import Personal, seal

DIGITS = 6
MINUTES = LIVES // timedelta(minutes=1)
HOME = "VN"  # of numbers without a country code
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


@dataclass(frozen=True)
class Wish:
    """Where a code or a link shall go, what for, and what is remembered with it."""

    to: str = field(repr=False)
    purpose: str  # sign-in, return, invitation
    browser: str = field(repr=False)
    about: dict[str, Any] = field(default_factory=dict, repr=False)


async def send(desk: Desk, wish: Wish) -> UUID:
    """Send a code; its id is what the browser keeps until the code is entered."""
    store, code_id = desk.parts.codes, uuid4()
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    asked = Asked(
        id=code_id,
        addressee=mark(desk, f"{wish.purpose} {wish.to}"),
        browser=mark(desk, wish.browser),
        digest=digest(desk, code_id, code),
        sealed=desk.parts.box.seal({"to": wish.to, **wish.about}, code_id.bytes),
        subject=subject_of(desk, wish.to),
    )
    await store.keep(asked)
    try:
        await tell(desk, wish, code_id, code=code)
    except Exception:  # whatever hindered it: nobody waits for a code that was not sent
        await store.forget(code_id)
        raise
    return code_id


async def redeem(desk: Desk, code_id: UUID, entered: str) -> dict[str, Any]:
    """What the code was asked for. Each look costs one of a few attempts."""
    store = desk.parts.codes
    asked = await store.guess(code_id)
    if asked is None:
        raise CodeExpiredError
    given = digest(desk, code_id, "".join(each for each in entered if each.isdigit()))
    if not hmac.compare_digest(given, asked.digest):
        raise CodeWrongError
    if not await store.spend(code_id):
        raise CodeExpiredError
    about = desk.parts.box.open(asked.sealed, code_id.bytes)
    if about is None:
        raise CodeExpiredError
    return about


async def send_link(desk: Desk, wish: Wish, link: str) -> None:
    """Send an address of ours: as rare as codes are, and of no use without one."""
    code_id = uuid4()
    asked = Asked(
        id=code_id,
        addressee=mark(desk, f"{wish.purpose}.link {wish.to}"),
        browser=mark(desk, wish.browser),
        digest=b"",
        sealed=b"",
        subject=subject_of(desk, wish.to),
    )
    await desk.parts.codes.keep(asked)
    await tell(desk, wish, code_id, link=link)


async def tell(desk: Desk, wish: Wish, code_id: UUID, **said: str) -> None:
    """It crosses the bus sealed under the key of whom it is for."""
    parts = desk.parts
    words = json.dumps({"to": wish.to, **said})
    told = Personal(subject_of(desk, wish.to), words)
    recipient = await to_thread(seal, told, parts.accounts.keys)
    await desk.order_as_portal(
        "notifications.send_code",
        uuid5(code_id, "send"),
        recipient=recipient,
        language=desk.language,
        purpose=wish.purpose,
    )


def subject_of(desk: Desk, address: str) -> str:
    """The pseudonym of whoever has a phone or a mailbox."""
    key = desk.parts.settings.pseudonym_key
    return pseudonyms.citizen(key, name_of(address))


def name_of(address: str) -> str:
    """Under which name who has a phone or a mailbox gets their pseudonym."""
    return f"mailbox:{address.lower()}" if "@" in address else f"phone:{address}"


def phone(entered: str) -> str:
    """The number as it is called from anywhere. Raises unless it can get a message."""
    try:
        number = phonenumbers.parse(entered, HOME)
    except NumberParseException:
        raise PhoneInvalidError from None
    if not phonenumbers.is_valid_number(number):
        raise PhoneInvalidError
    if phonenumbers.number_type(number) not in MOBILE:
        raise PhoneInvalidError
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def masked(address: str) -> str:
    """Enough to recognise one's own."""
    user, at, domain = address.rpartition("@")
    return f"{user[:1]}***@{domain}" if at else f"***{address[-3:]}"


def mark(desk: Desk, what: str) -> bytes:
    key = desk.parts.settings.session_secret
    return hmac.new(key, b"code of " + what.encode(), sha256).digest()


def digest(desk: Desk, code_id: UUID, code: str) -> bytes:
    key = desk.parts.settings.session_secret
    return hmac.new(key, b"code " + code_id.bytes + code.encode(), sha256).digest()


__all__ = ["CodeStore", "Wish", "masked", "phone", "redeem", "send", "send_link"]
