"""Deadlines are rows: what is due is rung, by the clock that everybody reads."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog

from shared import bootstrap, clock, metrics
from shared.clock import Clock
from shared.settings import ServiceSettings

log = structlog.get_logger()

PAUSE = 0.5  # seconds between two looks at the clock
BREATH = 0.05  # while there is more to ring: the rows follow the log
AT_ONCE = 100  # alarms of one look
REST = timedelta(minutes=1)  # before an alarm that failed rings again


class Alarms(Protocol):
    """What `bootstrap.alarms` of a service builds: its rows, and what ringing does."""

    def due(self, now: datetime, limit: int) -> Sequence[UUID]:
        """Whose alarm has come, the oldest first."""

    def ring(self, id: UUID) -> None:
        """Do what is due by now, and nothing twice; afterwards the row is gone."""


class Ringing:
    """One look after the other; what fails rests, and holds nobody else up."""

    def __init__(self, alarms: Alarms, *, clock: Clock = clock.now) -> None:
        self._alarms = alarms
        self._clock = clock
        self._resting: dict[UUID, datetime] = {}

    def look(self) -> int:
        """Ring whatever is due; how many did."""
        now = self._clock()
        due = self._alarms.due(now, AT_ONCE + len(self._resting))
        awake = [id for id in due if self._resting.get(id, now) <= now]
        return sum(self._rings(id, now) for id in awake)

    def _rings(self, id: UUID, now: datetime) -> bool:
        try:
            self._alarms.ring(id)
        except Exception:
            log.exception("alarm.failed", id=str(id), again_in=str(REST))
            metrics.ALARMS_FAILED.inc()
            self._resting[id] = now + REST
            return False
        self._resting.pop(id, None)
        return True


def run(service: str, settings: ServiceSettings) -> None:
    """For as long as the process lives."""
    ringing = Ringing(bootstrap.part(service, "bootstrap", "alarms")(settings))
    while True:
        time.sleep(BREATH if ringing.look() else PAUSE)
