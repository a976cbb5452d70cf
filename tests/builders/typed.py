"""What is typed in tests, and not sent: readable, and gone with the test."""

from __future__ import annotations

from services.portal.typed import Typed, Unsent
from tests.builders.intake import NOW


class MemoryTyped(Typed):
    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], str] = {}

    async def keep(self, subject: str, place: str, text: str) -> Unsent:
        self.texts[subject, place] = text
        return Unsent(text, NOW)

    async def find(self, subject: str, place: str) -> Unsent:
        return Unsent(self.texts.get((subject, place), ""))

    async def drop(self, subject: str, place: str) -> None:
        self.texts.pop((subject, place), None)
