"""What the SMS centre has received: one file for each message, long ones whole."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from smpplib import consts
from smpplib.command import Command
from smpplib.gsm import GSM_CHARACTER_TABLE

CONCATENATED = b"\x05\x00\x03"  # a header, then: which message, how many parts, which


@dataclass(frozen=True)
class Part:
    reference: int
    total: int
    number: int


@dataclass(frozen=True)
class Submitted:
    id: str
    sender: str
    to: str
    content: bytes
    coding: int
    received_at: datetime
    part: Part | None

    @classmethod
    def of(cls, unit: Command, id: str, now: datetime) -> Submitted:
        content = unit.short_message or unit.message_payload or b""
        part = None
        if unit.esm_class & consts.SMPP_GSMFEAT_UDHI and content[:3] == CONCATENATED:
            part, content = Part(*content[3:6]), content[6:]
        sender, to = unit.source_addr.decode(), unit.destination_addr.decode()
        return cls(id, sender, to, content, unit.data_coding, now, part)

    @property
    def text(self) -> str:
        match self.coding:
            case consts.SMPP_ENCODING_ISO10646:
                return self.content.decode("utf-16-be", "replace")
            case consts.SMPP_ENCODING_DEFAULT:
                return seven_bits(self.content)
        return self.content.decode("iso-8859-1")


class SmsBox:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[tuple[str, str, int], dict[int, Submitted]] = {}

    def keep(self, message: Submitted) -> None:
        """A part waits for the others; whole, they bear the id of the first."""
        if message.part is None:
            self._write(message)
            return
        key = (message.sender, message.to, message.part.reference)
        parts = self._waiting.setdefault(key, {})
        parts[message.part.number] = message
        if len(parts) == message.part.total:
            ordered = [parts[number] for number in sorted(parts)]
            whole = b"".join(each.content for each in ordered)
            self._write(replace(ordered[0], content=whole))
            del self._waiting[key]

    def _write(self, message: Submitted) -> None:
        letter = {
            "id": message.id,
            "from": message.sender,
            "to": message.to,
            "text": message.text,
            "received_at": message.received_at.isoformat(),
            "coding": message.coding,
        }
        aside = self._folder / f".{message.id}"
        aside.write_text(json.dumps(letter, ensure_ascii=False, indent=1))
        aside.replace(self._folder / f"{message.id}.json")


def seven_bits(content: bytes) -> str:
    """GSM's own alphabet; after an escape, its second table."""
    text, escaped = "", 0
    for byte in content:
        if byte == 0x1B:
            escaped = 0x80
            continue
        text += GSM_CHARACTER_TABLE[(byte & 0x7F) + escaped]
        escaped = 0
    return text
