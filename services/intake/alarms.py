"""Rings for dossiers that wait: for an acknowledgement, for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.intake.application import IntakeApplication


class Rows(Protocol):
    def due(self, now: datetime, limit: int) -> Sequence[UUID]: ...

    def settle(self, dossier_id: UUID, until: datetime) -> None: ...


@dataclass(frozen=True)
class DossierAlarms:
    app: IntakeApplication
    rows: Rows

    def due(self, now: datetime, limit: int) -> Sequence[UUID]:
        return self.rows.due(now, limit)

    def ring(self, id: UUID) -> None:
        """What is due by now is noted first; then nobody needs to be rung for it."""
        now = self.app.clock()
        self.app.ring(id)
        self.rows.settle(id, now)
