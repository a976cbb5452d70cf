"""What stands for the world around signing in unit tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from services.signing.ports import SealedFile, Sheet, StoreAwayError, Verification


class MemoryStore:
    """Keeps files while the test lasts; may be told to be away."""

    def __init__(self, *, away: bool = False) -> None:
        self.away = away
        self.files: dict[str, bytes] = {}

    def put(self, sha256: str, pdf: bytes) -> None:
        if self.away:
            raise StoreAwayError
        self.files[sha256] = pdf

    def get(self, sha256: str) -> bytes | None:
        if self.away:
            raise StoreAwayError
        return self.files.get(sha256)


class TrustingVerifier:
    """Finds every file in order."""

    def verify(self, pdf: bytes) -> Verification:
        return Verification(
            integrity=True,
            trusted=True,
            unchanged=True,
            timestamped=True,
            signer="Guichet demo",
        )


@dataclass
class PlainRenderer:
    """Remembers what it was to render."""

    sheets: list[Sheet] = field(default_factory=list)

    def render(self, sheet: Sheet) -> bytes:
        self.sheets.append(sheet)
        return sheet.number.encode()


class WaxSealer:
    """Puts a visible mark on the bytes."""

    name = "Guichet demo"

    def seal(self, pdf: bytes) -> SealedFile:
        return SealedFile(pdf + b" sealed", level="B-T")


@dataclass
class MemorySeals:
    """What a test writes down as waiting, sealed and numbered."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def waiting(self, unit: str, limit: int) -> list[dict[str, Any]]:
        self.asked.append(unit)
        return self.rows.get("waiting", [])[:limit]

    def sealed(self, unit: str, limit: int) -> list[dict[str, Any]]:
        return self.rows.get("sealed", [])[:limit]

    def series(self, unit: str, year: int) -> list[dict[str, Any]]:
        return self.rows.get("series", [])
