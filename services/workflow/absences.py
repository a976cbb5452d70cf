"""Who is away, and who acts for whom meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from services.workflow.casework import Casework
from services.workflow.domain import Case
from services.workflow.domain.roster import Leave, Roster
from services.workflow.domain.state import Act
from services.workflow.errors import AbsenceNotFoundError, StepClaimedError
from shared import actor
from shared.actor import Actor
from shared.clock import LOCAL
from shared.errors import NotAllowedError

Deed = Callable[[Case, Act], None]


class Absences(Casework):
    """Commands answer the position in the log at which they became true."""

    def enter_absence(self, leave: Leave, *, by: Actor) -> int:
        roster = self._roster(by)
        roster.enter(leave, by=by, now=self.clock())
        return self.commit(roster)

    def end_absence(self, officer: str, absence_id: UUID, *, by: Actor) -> int:
        roster = self._roster(by)
        roster.end(officer, absence_id, by=by, now=self.clock())
        return self.commit(roster)

    def absences(self, *, by: Actor) -> list[dict[str, Any]]:
        """The absences of the asker's unit."""
        return self._roster(by).told(self._today)

    def is_away(self, officer: str, unit: str) -> bool:
        """On this day, as far as his unit knows."""
        return officer in self._roster_of(unit).away(self._today)

    def act_on(self, case_id: UUID, deed: Deed, *, by: Actor) -> int:
        """In one's own right; else for a leader whose deputy one is at present."""
        case = self._case(case_id)
        try:
            deed(case, self._act(case, by))
        except (NotAllowedError, StepClaimedError):
            position = self._act_for_others(case_id, deed, by)
            if position is None:
                raise
            return position
        return self.commit(case)

    def _act_for_others(self, case_id: UUID, deed: Deed, by: Actor) -> int | None:
        """For the first of those one stands in for who may do this."""
        for deputy in self.deputies(by):
            case = self._case(case_id)
            with actor.acting(deputy), suppress(NotAllowedError, StepClaimedError):
                deed(case, self._act(case, deputy))
                return self.commit(case)
        return None

    def deputies(self, by: Actor) -> Iterator[Actor]:
        """The same person with the roles of each for whom they stand in."""
        if by.kind == "staff" and by.agency:
            roster = self._roster_of(by.agency)
            for each in roster.stands_for(by.subject, self._today):
                yield replace(by, roles=each.roles, on_behalf_of=each.officer)

    @property
    def _today(self) -> date:
        return self.clock().astimezone(LOCAL).date()

    def _roster(self, by: Actor) -> Roster:
        if by.kind != "staff" or by.agency is None:
            raise NotAllowedError(by.subject)
        return self._roster_of(by.agency)

    def _roster_of(self, unit: str) -> Roster:
        id = Roster.create_id(unit)
        if id not in self.repository:
            return Roster(unit=unit)
        roster: Roster = self.load(id, AbsenceNotFoundError, kind=Roster)
        return roster
