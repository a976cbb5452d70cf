"""Figures: how many dossiers came, ended in time or late, and are still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from services.workflow.ports import Figured, FiguresView, Period, Row
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
BY_DAY = 62  # the longest time in days that is told day by day
MOVING = ("received", "ended_on_time", "ended_late")


@dataclass(frozen=True)
class Choice:
    """Which cases; those of a unit are received by it, or had a step there."""

    unit: str | None = None
    procedure: str | None = None
    channel: str | None = None
    receiver: str | None = None


EVERYTHING = Choice()


@dataclass(frozen=True)
class Figures:
    """Of a period: from the beginning of one day to the end of another."""

    first: date
    last: date
    choice: Choice = EVERYTHING

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time.min, LOCAL)

    @property
    def until(self) -> datetime:
        return datetime.combine(self.last + DAY, time.min, LOCAL)

    @property
    def unit_of_time(self) -> str:
        return "day" if (self.last - self.first).days < BY_DAY else "month"

    def period(self, now: datetime) -> Period:
        """What is open is judged by the end of the period, or by today within it."""
        return Period(self.since, min(self.until, now), **vars(self.choice))

    def told(self, view: FiguresView, now: datetime) -> dict[str, Any]:
        """Row by row for each unit, procedure and channel, and in all."""
        rows = view.counts(self.period(now))
        return {
            "since": self.first.isoformat(),
            "until": self.last.isoformat(),
            "rows": rows,
            "total": {name: sum(row[name] for row in rows) for name in COUNTED},
        }

    def trend(self, view: FiguresView, now: datetime) -> dict[str, Any]:
        """Day by day or month by month, also where nothing happened."""
        by = self.unit_of_time
        found = {row["begins"]: row for row in view.trend(self.period(now), by)}
        nothing = dict.fromkeys(MOVING, 0)
        return {
            "by": by,
            "items": [
                nothing | found.get(each, {}) | {"begins": each.isoformat()}
                for each in self._beginnings(now)
            ],
        }

    def bottlenecks(self, view: FiguresView, now: datetime) -> list[Row]:
        """Step by step: how many wait there now, and how long it took, in days."""
        return [
            row | {"half": days(row["half"]), "most": days(row["most"])}
            for row in view.steps(self.period(now))
        ]

    def cases(
        self, view: FiguresView, wanted: Figured, now: datetime
    ) -> dict[str, Any]:
        rows = view.cases(self.period(now), wanted)
        page, more = rows[: wanted.limit], rows[wanted.limit :]
        end = page[-1] if more else None
        return {
            "items": [shown(row) for row in page],
            "next": end and f"{end['received_at'].isoformat()}~{end['case_id']}",
        }

    def _beginnings(self, now: datetime) -> Iterator[date]:
        last = min(self.last, now.astimezone(LOCAL).date())
        if self.unit_of_time == "day":
            yield from (
                self.first + DAY * n for n in range((last - self.first).days + 1)
            )
            return
        month = self.first.replace(day=1)
        while month <= last:
            yield month
            month = (month + DAY * 31).replace(day=1)


def days(time: timedelta | None) -> float | None:
    return None if time is None else round(time / DAY, 2)


def shown(row: Row) -> Row:
    """A case as it crosses the bus."""
    return {
        **row,
        "case_id": str(row["case_id"]),
        "dossier_id": str(row["dossier_id"]),
        "received_at": row["received_at"].isoformat(),
        "due_at": row["due_at"].isoformat(),
        "ended": row["ended"] and row["ended"].isoformat(),
    }
