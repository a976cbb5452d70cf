"""Figures: how many dossiers came, ended in time or late, and are still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from services.workflow.ports import FiguresView
from shared.clock import LOCAL
from shared.legal_time.calendar import DAY

COUNTED = (
    "received",
    "ended",
    "ended_on_time",
    "ended_late",
    "late_with_apology",
    "open",
    "open_overdue",
)


@dataclass(frozen=True)
class Figures:
    """Of a period: from the beginning of one day to the end of another."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time.min, LOCAL)

    @property
    def until(self) -> datetime:
        return datetime.combine(self.last + DAY, time.min, LOCAL)

    def told(self, view: FiguresView, now: datetime) -> dict[str, Any]:
        """Row by row for each unit, procedure and channel, and in all.

        What is open is judged by the end of the period, or by today within it.
        """
        rows = view.counts(self.since, min(self.until, now))
        return {
            "since": self.first.isoformat(),
            "until": self.last.isoformat(),
            "rows": rows,
            "total": {name: sum(row[name] for row in rows) for name in COUNTED},
        }
