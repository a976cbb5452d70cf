"""What signing needs of the outside world."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from shared.contracts.base import Text3
from shared.directory import Unit


class AwayError(Exception):
    """Something outside does not answer now; the work is repeated later."""

    reason = "away"


class TokenAwayError(AwayError):
    """The token that keeps the seal's key does not answer."""

    reason = "token-away"


class TimeStampsAwayError(AwayError):
    """The time-stamp authority does not answer."""

    reason = "time-stamps-away"


class StoreAwayError(AwayError):
    """The store of papers does not answer."""

    reason = "store-away"


@dataclass(frozen=True)
class Sheet:
    """All that stands on a paper, except how it looks."""

    form: str
    title: dict[str, str]
    unit: Unit
    parent: str
    number: str
    code: str | None
    language: str
    dated: datetime
    officer: str
    sealed_by: str
    sealed_at: datetime
    tracking_code: str
    tracking_url: str
    data: str
    footer: str
    content: dict[str, Any] = field(repr=False)

    @property
    def subject(self) -> Text3:
        found: Text3 = self.content["subject"]
        return found


class Renderer(Protocol):
    def render(self, sheet: Sheet) -> bytes:
        """The paper as an archivable, accessible PDF."""


class Pages(Protocol):
    @property
    def public_url(self) -> str:
        """Where people find us."""

    def html(self, sheet: Sheet, *, is_draft: bool = False) -> str:
        """What stands on a sheet, as a page ready to be printed."""


class SealingView(Protocol):
    """The papers of each unit until they are sealed, and the numbers it gave."""

    def waiting(self, unit: str, limit: int) -> list[dict[str, Any]]:
        """What has its number and no seal yet, the oldest first."""

    def sealed(self, unit: str, limit: int) -> list[dict[str, Any]]:
        """What was sealed last."""

    def series(self, unit: str, year: int) -> list[dict[str, Any]]:
        """The registers of a unit in one year, with the last number of each."""


@dataclass(frozen=True)
class SealedFile:
    pdf: bytes
    level: str


class Sealer(Protocol):
    @property
    def name(self) -> str:
        """Whose seal it is, as its certificate says."""

    def seal(self, pdf: bytes) -> SealedFile:
        """The same paper under the agency's seal, which allows no change."""


class PaperStore(Protocol):
    def put(self, sha256: str, pdf: bytes) -> None:
        """Keep the file under its hash; nobody can change or remove it."""

    def get(self, sha256: str) -> bytes | None:
        """The file as it is stored, if it is."""


@dataclass(frozen=True)
class Verification:
    """What can be proven about a sealed file today."""

    integrity: bool = False
    trusted: bool = False
    unchanged: bool = False
    timestamped: bool = False
    signer: str | None = None
    sealed_at: datetime | None = None

    @property
    def is_valid(self) -> bool:
        return self.integrity and self.trusted and self.unchanged and self.timestamped


class Verifier(Protocol):
    def verify(self, pdf: bytes) -> Verification:
        """Judge the seal on a file, which may be anything."""
