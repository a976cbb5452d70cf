"""Kills processes at seeded moments: no warning, no clean-up, SIGKILL."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict, deque
from random import Random
from time import monotonic

from infra.embedded.system import System

SPARED = ("standins", "seaweedfs", "epmd")  # the world outside, the disks, the names
SERVERS = ("postgres", "rabbitmq")  # when they go, everybody waits
PAUSE = 4.0  # seconds between two kills, on average
SHARE_OF_SERVERS = 0.15
AT_MOST, WITHIN = 4, 60.0  # of one process: the supervisor gives up at more


class Chaos:
    """`kills` counts, by process, what was killed."""

    def __init__(self, system: System, random: Random) -> None:
        self._system, self._random = system, random
        self._deaths: dict[str, deque[float]] = defaultdict(
            lambda: deque(maxlen=AT_MOST)
        )
        self.kills: dict[str, int] = Counter()

    async def run(self, seconds: float) -> None:
        end = monotonic() + seconds
        while (now := monotonic()) < end:
            pause = 0.5 + self._random.expovariate(1 / PAUSE)
            await asyncio.sleep(min(pause, end - now))
            self.kill_one()

    def kill_one(self) -> None:
        """A server now and then, else a process of ours; nobody too often."""
        running = self._system.pids()
        servers = [name for name in sorted(running) if name in SERVERS]
        others = [name for name in sorted(running) if name not in (*SERVERS, *SPARED)]
        group = servers if self._random.random() < SHARE_OF_SERVERS else others
        candidates = [name for name in group if self._may_die(name)]
        if not candidates:
            return
        name = self._random.choice(candidates)
        try:
            self._system.kill(name)
        except (KeyError, ProcessLookupError):
            return  # it had just ended by itself
        self._deaths[name].append(monotonic())
        self.kills[name] += 1

    def _may_die(self, name: str) -> bool:
        deaths = self._deaths[name]
        return len(deaths) < AT_MOST or deaths[0] < monotonic() - WITHIN
