"""What managers and auditors ask: the figures, and the dossiers behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services.workflow.casework import Casework
from services.workflow.figures import Figures
from services.workflow.ports import Figured, Row
from shared.actor import Actor
from shared.errors import NotAllowedError

READERS = ("manager", "auditor")


class Overseeing(Casework):
    """Read from a view that follows the log; nothing in it is about people."""

    def statistics(self, figures: Figures, *, by: Actor) -> dict[str, Any]:
        """What was received and ended between two days, and what is open and late."""
        require_reader(by)
        return figures.told(self._figures, self.clock())

    def trend(self, figures: Figures, *, by: Actor) -> dict[str, Any]:
        require_reader(by)
        return figures.trend(self._figures, self.clock())

    def bottlenecks(self, figures: Figures, *, by: Actor) -> list[Row]:
        require_reader(by)
        return figures.bottlenecks(self._figures, self.clock())

    def figured_cases(
        self, figures: Figures, wanted: Figured, *, by: Actor
    ) -> dict[str, Any]:
        """The dossiers behind a figure: all for auditors, those of their unit else."""
        require_reader(by)
        if by.has("auditor"):
            return figures.cases(self._figures, wanted, self.clock())
        if by.agency is None:
            raise NotAllowedError(by.subject)
        theirs = replace(wanted, reader=by.agency)
        return figures.cases(self._figures, theirs, self.clock())


def require_reader(by: Actor) -> None:
    if by.kind != "staff" or not by.has(*READERS):
        raise NotAllowedError(by.subject)
