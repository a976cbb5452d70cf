"""Why the portal refuses those who review."""

from __future__ import annotations

from typing import Any

from shared.errors import DomainError


class ChangedMeanwhileError(DomainError):
    """Somebody else worked on it while it was open here: look at what they did."""

    code = "changed-meanwhile"

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines

    @property
    def details(self) -> list[dict[str, Any]]:
        return [{"message": each} for each in self.lines]


class TooMuchTypedError(DomainError):
    """So much text is not kept: send it, or make it shorter."""

    code = "too-much-typed"
