"""That a dossier will be late: drafted by the system, or proposed by an officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.personal import Erased, Personal

DRAFT, PROPOSED, APPROVED = "draft", "proposed", "approved"


@dataclass(frozen=True)
class Term:
    """So many working days or calendar days more."""

    value: int
    unit: str


@dataclass(frozen=True)
class Apology:
    """With `is_extension` the legal date moves; else a date is only promised."""

    state: str
    term: Term
    new_due_at: datetime
    is_extension: bool
    reason: Personal | Erased | None = None
    proposed_by: str | None = None
    on_behalf_of: str | None = None

    @property
    def people(self) -> set[str]:
        """Who proposed, and for whom; nobody when it was drafted by itself."""
        return {each for each in (self.proposed_by, self.on_behalf_of) if each}
