"""Why the legal clock of a case stands, and when it stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.workflow.domain.apology import Apology
from shared.legal_time import Extension, Stop


class Hold(StrEnum):
    """Why the clock stands."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    SUSPENSION = "suspension"
    EXCLUDED = "excluded"  # only steps are open that use no legal time
    PAUSED = "paused"  # a step is open that stops the whole dossier
    DECREE = "decree"


PAUSE, RESTART = "pause", "restart"


@dataclass(frozen=True)
class Pause:
    """The clock stood for this reason, and maybe for others, too."""

    reason: str
    since: datetime
    until: datetime
    effect: str = PAUSE


class ClockState:
    """The clock stands while any hold is on."""

    original_due_at: datetime  # without extensions
    holds: dict[str, datetime]
    pauses: list[Pause]
    extensions: list[Extension]  # approved
    apology: Apology | None
    apologies: int  # approved
    told: dict[str, datetime]  # for which due date: near, late, apology
    drafts: set[str]  # steps whose silence asks for a supplement
    decrees: dict[UUID, str]  # the effect of each that ever applied
    decreed: list[Extension]
    freezes: set[UUID]
    preferences: set[UUID]
    processed_at: datetime | None
    ended_at: datetime | None

    def start_clock(self, due_at: datetime) -> None:
        """From acceptance on, nothing stands and nobody was told anything."""
        self.original_due_at = due_at
        self.holds, self.pauses = {}, []
        self.extensions, self.apology, self.apologies = [], None, 0
        self.told, self.drafts = {}, set()
        self.decrees, self.decreed = {}, []
        self.freezes, self.preferences = set(), set()
        self.processed_at = self.ended_at = None

    def hold(self, reason: str, at: datetime) -> None:
        self.holds.setdefault(reason, at)

    def release(self, reason: str, at: datetime, effect: str = PAUSE) -> None:
        """After a restart the full time runs anew."""
        since = self.holds.pop(reason, None)
        if since is not None:
            self.pauses.append(Pause(reason, since, max(since, at), effect))

    @property
    def clock_stands(self) -> bool:
        return bool(self.holds)

    @property
    def stood_since(self) -> datetime | None:
        """The beginning of the stop that still lasts, whatever its first reason was."""
        since = min(self.holds.values(), default=None)
        for pause in sorted(self.pauses, key=lambda each: each.since, reverse=True):
            if since and pause.since < since <= pause.until:
                since = pause.since
        return since

    @property
    def stops(self) -> list[Stop]:
        """Between which moments the clock stood, or since when it stands."""
        ended = [Stop(each.since, each.until, each.effect) for each in self.pauses]
        return ended + [Stop(since, None) for since in self.holds.values()]

    def stops_for(self, *reasons: str) -> list[Stop]:
        """Between which moments it stood for one of these reasons."""
        found = [each for each in self.pauses if each.reason in reasons]
        return [Stop(each.since, each.until) for each in found]
