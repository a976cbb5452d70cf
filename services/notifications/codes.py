"""Codes and links that prove who has a phone or a mailbox: what is said with them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.notifications.domain import Channel, Notice
from services.notifications.domain.contact import international, usable
from services.notifications.errors import NoAddressError
from services.notifications.gsm7 import SEGMENT, folded
from services.notifications.templates import Text
from shared.personal import Erased, Personal

FILE = Path(__file__).with_name("codes.json")
SOURCE = "portal"  # it asks for codes; they are told by nobody's log
LIVES = timedelta(minutes=10)


@dataclass(frozen=True)
class Saying:
    """What a code or a link is for, and the language of whoever gets it."""

    purpose: str
    language: str


@dataclass(frozen=True)
class Sending:
    """A saying with its addressee: who they are is sealed until it leaves."""

    id: UUID
    to: Personal
    saying: Saying
    at: datetime


class Texts(BaseModel):
    """Every change of a text makes a new version, as with all notices."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    no_reply: dict[str, str]
    texts: dict[str, dict[str, Text]]


@cache
def texts() -> Texts:
    return Texts.model_validate_json(FILE.read_text(encoding="utf-8"))


def notice_of(sending: Sending) -> Notice:
    """As every notice it is sent at once, but not when it is of no use any more."""
    told = json.loads(sending.to.value)
    channel, address = way(told)
    name = sending.saying.purpose + (".link" if told.get("link") else "")
    text = texts().texts[name][sending.saying.language]
    values = said(told)
    write = short if channel == Channel.SMS else long
    return Notice(
        dossier_id=None,
        source=SOURCE,
        position=sending.id.int % 2**31,
        template=f"code.{name}",
        template_version=texts().version,
        channel=channel.value,
        recipient=sending.to.subject,
        language=sending.saying.language,
        address=Personal(sending.to.subject, address),
        subject_line=Personal(sending.to.subject, text.subject.format(**values)),
        text=Personal(sending.to.subject, write(text, values, sending.saying.language)),
        attachment=None,
        expires_at=sending.at + LIVES,
    )


def way(told: dict[str, Any]) -> tuple[Channel, str]:
    """How it goes there. Raises NoAddressError when nobody can have such an address."""
    to = str(told.get("to") or "")
    if "@" in to and (address := usable(to)):
        return Channel.EMAIL, address
    if "@" not in to and (number := international(to)):
        return Channel.SMS, number
    raise NoAddressError


def said(told: dict[str, Any]) -> dict[str, str]:
    minutes = LIVES // timedelta(minutes=1)
    return {
        "code": str(told.get("code") or ""),
        "link": str(told.get("link") or ""),
        "minutes": str(minutes),
    }


def short(text: Text, values: dict[str, str], language: str) -> str:
    """One part, in letters every phone shows; a link loses only its scheme."""
    link = values["link"].partition("://")[2]
    return folded(text.sms.format(**values | {"link": link}), plain=True)[:SEGMENT]


def long(text: Text, values: dict[str, str], language: str) -> str:
    return "\n\n".join([text.body.format(**values), texts().no_reply[language]])


def opened(sealed: Personal | Erased) -> Personal:
    """Who is told; whose key was destroyed is nobody any more."""
    if isinstance(sealed, Erased):
        raise NoAddressError
    return sealed
