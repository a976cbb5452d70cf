"""Why the legal clock of a case stands, and when it stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.legal_time import Span


class Hold(StrEnum):
    """Why the clock stands."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    SUSPENSION = "suspension"
    EXCLUDED = "excluded"  # only steps are open that use no legal time
    PAUSED = "paused"  # a step is open that stops the whole dossier
    DECREE = "decree"


@dataclass(frozen=True)
class Pause:
    """The clock stood for this reason, and maybe for others, too."""

    reason: str
    since: datetime
    until: datetime


class ClockState:
    """The clock stands while any hold is on."""

    clock_from: datetime
    holds: dict[str, datetime]
    pauses: list[Pause]

    def hold(self, reason: str, at: datetime) -> None:
        self.holds.setdefault(reason, at)

    def release(self, reason: str, at: datetime) -> None:
        since = self.holds.pop(reason, None)
        if since is not None:
            self.pauses.append(Pause(reason, since, max(since, at)))

    def restart_clock(self, at: datetime) -> None:
        """Count anew from here; what was before counts no more."""
        self.clock_from, self.pauses = at, []
        self.holds = dict.fromkeys(self.holds, at)

    @property
    def clock_stands(self) -> bool:
        return bool(self.holds)

    @property
    def stood_since(self) -> datetime | None:
        """The beginning of the stop that still lasts, whatever its first reason was."""
        since = min(self.holds.values(), default=None)
        for start, end in reversed(self.stops):
            if since and start < since <= end:
                since = start
        return since

    @property
    def stops(self) -> list[Span]:
        """When the clock stood, in order, overlaps counted once."""
        return merged((each.since, each.until) for each in self.pauses)


def merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for since, until in sorted(spans):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(until, found[-1][1])
        else:
            found.append((since, until))
    return found
