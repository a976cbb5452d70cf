"""What managers and auditors look at: a time, and whose dossiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from services.portal.desk import Desk, together
from services.portal.feedback import FEWEST, OVERSEERS, hidden
from shared.clock import LOCAL
from shared.errors import NotAllowedError

COLUMNS = (
    "received",
    "ended",
    "ended_on_time",
    "ended_late",
    "late_with_apology",
    "open",
    "open_overdue",
)
ALL_UNITS = "all"
LONGEST = 200

Row = dict[str, Any]


@dataclass(frozen=True)
class Scope:
    """Read from an address, written into one. A manager begins at their own unit."""

    since: date
    until: date
    unit: str | None = None
    procedure: str | None = None
    channel: str | None = None

    @classmethod
    def read(cls, given: Mapping[str, str], desk: Desk) -> Scope:
        today = desk.parts.today()
        first = day_or(given.get("since", ""), today.replace(day=1))
        last = day_or(given.get("until", ""), today)
        own = None if desk.actor.has("auditor") else desk.actor.agency
        unit = given.get("unit", own)
        return cls(
            min(first, last),
            max(first, last),
            named(unit) if unit != ALL_UNITS else None,
            named(given.get("procedure")),
            named(given.get("channel")),
        )

    def arguments(self) -> Row:
        """As workflow wants them."""
        return dict(vars(self))

    def query(self, **more: Any) -> str:
        known = {**vars(self), "unit": self.unit or ALL_UNITS, **more}
        given = {name: str(value) for name, value in known.items() if value}
        return f"?{urlencode(given)}"

    def but(self, **changed: Any) -> Scope:
        return replace(self, **changed)


def named(given: str | None) -> str | None:
    return (given or "").strip()[:LONGEST] or None


def day_or(given: str, otherwise: date) -> date:
    """A day in the address; another one when it was spoilt, or of another time."""
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return otherwise
    return found if 2000 <= found.year < 2100 else otherwise


async def figures(desk: Desk, scope: Scope) -> Row:
    """All that the dashboard says."""
    found, trend, steps = await together(
        desk.ask("workflow.statistics", **scope.arguments()),
        desk.ask("workflow.trend", **scope.arguments()),
        desk.ask("workflow.bottlenecks", **scope.arguments()),
    )
    rows = found["rows"]
    return {
        "rows": rows,
        "total": found["total"],
        "groups": {
            name: grouped(rows, name) for name in ("unit", "procedure", "channel")
        },
        "trend": trend,
        "steps": steps,
    }


async def satisfaction(desk: Desk, scope: Scope) -> Row:
    """Money, ratings, and the complaints that wait; no figure of only a few."""
    if not desk.actor.has(*OVERSEERS):
        raise NotAllowedError("figures")
    begin, last = (
        datetime.combine(day, time(), LOCAL) for day in (scope.since, scope.until)
    )
    times = {"since": begin, "until": last + timedelta(days=1)}
    wanted = scope.arguments() | times | {"now": desk.parts.now()}
    views = desk.parts.views
    money, opinions, complained = await together(
        views.money(wanted), views.opinions(wanted), views.complaints_open(wanted)
    )
    rated = opinions if opinions["count"] >= FEWEST else hidden(opinions)
    return {"money": money, "opinions": rated, "complained": complained}


def grouped(rows: Iterable[Row], name: str) -> list[Row]:
    """Added up by what they have in common, the busiest first."""
    sums: dict[str, Row] = {}
    for row in rows:
        known = sums.setdefault(
            row[name], dict.fromkeys(COLUMNS, 0) | {"name": row[name]}
        )
        for column in COLUMNS:
            known[column] += row[column]
    return sorted(sums.values(), key=lambda each: (-load(each), each["name"]))


def load(row: Row) -> int:
    return int(row["ended"] + row["open"])
