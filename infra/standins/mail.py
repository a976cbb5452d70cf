"""A mail server that delivers every letter into a folder."""

from __future__ import annotations

import asyncio
import re
from email import message_from_bytes
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from infra.standins.settings import StandinsSettings

ODD = re.compile(r"[^A-Za-z0-9.@_-]")


async def listen(settings: StandinsSettings) -> asyncio.Server:
    box = Box(settings.home / "mail")
    loop = asyncio.get_running_loop()
    return await loop.create_server(
        lambda: SMTP(box, hostname="localhost", enable_SMTPUTF8=True, loop=loop),
        settings.host,
        settings.smtp_port,
    )


class Box:
    """One file for each message, in the order in which they came."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        taken = [int(file.name.split("-")[0]) for file in folder.glob("*-*.eml")]
        self._numbers = count(max(taken, default=0) + 1)

    async def handle_DATA(  # noqa: N802 -- the name the library calls
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        message_id = message_from_bytes(content)["Message-ID"] or "without-id"
        name = ODD.sub("", message_id.strip())[:150]
        self._put(f"{next(self._numbers):06}-{name}.eml", content)
        return "250 OK"

    def _put(self, name: str, content: bytes) -> None:
        """Whoever looks into the folder sees whole letters only."""
        aside = self._folder / f".{name}"
        aside.write_bytes(content)
        aside.replace(self._folder / name)
