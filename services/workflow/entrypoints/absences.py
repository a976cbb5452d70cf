"""Who is away, over the bus."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.workflow.absences import Absences
from services.workflow.domain.roster import Leave
from services.workflow.entrypoints.words import Day, Name
from shared import actor
from shared.messaging.rpc import command, question


class AbsenceEntrypoints:
    app: Absences

    @command
    def enter_absence(
        self, officer: Name, since: Day, until: Day, deputy: Name | None = None
    ) -> int:
        leave = Leave(officer, since, until, deputy)
        return self.app.enter_absence(leave, by=actor.current())

    @command
    def end_absence(self, officer: Name, absence_id: UUID) -> int:
        return self.app.end_absence(officer, absence_id, by=actor.current())

    @question
    def absences(self) -> list[dict[str, Any]]:
        return self.app.absences(by=actor.current())
