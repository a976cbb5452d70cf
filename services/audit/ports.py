"""Where audit keeps the log, and who may ask about what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from services.audit.domain import Fact, Found, Head
from shared.access import Grant


class Ledger(Protocol):
    """Grows at its end, one leaf at a time; nothing in it changes."""

    def append(self, fact: Fact) -> None:
        """Unless it is there already."""

    def holds(self, source: str, position: int) -> bool: ...

    def last_position(self, source: str) -> int:
        """The highest place in this service's log that we know of."""

    def history(self, case: UUID) -> Sequence[Found]:
        """The leaves of a case, in the order of the log."""

    def case_head(self, case: UUID) -> Head: ...

    def log_head(self) -> Head: ...

    def close(self) -> None: ...


class AccessList(Protocol):
    def grant(
        self,
        source: str,
        position: int,
        grants: Sequence[Grant],
        *,
        ends: Sequence[Grant] = (),
    ) -> None:
        """Remember who has to do with a dossier, or no more, and what said so."""

    def has_heard(self, source: str, position: int) -> bool: ...

    def last_heard(self, source: str) -> int: ...

    def is_concerned(self, dossier_id: UUID, parties: Iterable[str]) -> bool: ...
