"""A fault of a catalogue file: where it is, and what is wrong there."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from services.intake.domain.texts import message


@dataclass(frozen=True)
class Fault:
    """`path` is a JSON path such as `$.steps[2].agency`."""

    path: str
    code: str
    reason: str
    file: str = ""

    def of(self, file: str) -> Fault:
        return replace(self, file=file)

    def detail(self) -> dict[str, Any]:
        """As a refusal lists it."""
        told = message("broken-catalogue", path=self.path, reason=self.reason)
        return {**asdict(self), "message": told}
