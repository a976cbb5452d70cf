"""The alarms of workflow: cases are looked at when something may be due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from services.workflow.clockwork import Clockwork
from services.workflow.errors import CaseNotFoundError

ATTEMPTS = 4  # while others save the case

Rung = Sequence[tuple[str, datetime]]


class AlarmRows(Protocol):
    def due(self, now: datetime, limit: int) -> Sequence[UUID]: ...

    def due_of(self, case_id: UUID, now: datetime) -> Rung: ...

    def rung(self, case_id: UUID, rung: Rung, next: datetime | None) -> None: ...


class CaseAlarms:
    """Rows only say when to look: what is due, the case itself knows."""

    def __init__(self, app: Clockwork, rows: AlarmRows) -> None:
        self._app = app
        self._rows = rows

    def due(self, now: datetime, limit: int) -> Sequence[UUID]:
        return self._rows.due(now, limit)

    def ring(self, id: UUID) -> None:
        """What was set before we looked is done; what is set meanwhile rings again."""
        rung = self._rows.due_of(id, self._app.clock())
        self._rows.rung(id, rung, self._ring(id, ATTEMPTS))

    def _ring(self, id: UUID, attempts: int) -> datetime | None:
        try:
            return self._app.ring(id)
        except CaseNotFoundError:
            return None
        except IntegrityError:
            if attempts == 1:
                raise
        return self._ring(id, attempts - 1)
