"""People who file, work and decide while the ground shakes."""

from __future__ import annotations

import asyncio
from time import monotonic

from tools.demo.journey import Journey
from tools.demo.plans import Plan
from tools.demo.run import Result
from tools.demo.world import World

AFTERWARDS = 240.0  # seconds for the last dossiers to arrive


class Load:
    """So many dossiers side by side, one after the other, for so many seconds."""

    def __init__(self, world: World, plans: list[Plan], concurrency: int) -> None:
        self._world, self._plans = world, iter(plans)
        self._concurrency = concurrency
        self.arrived: list[Journey] = []
        self.failed: list[Result] = []

    async def run(self, seconds: float) -> None:
        end = monotonic() + seconds
        await asyncio.gather(*(self._lane(end) for _ in range(self._concurrency)))

    async def _lane(self, end: float) -> None:
        while monotonic() < end:
            journey = Journey(self._world, next(self._plans))
            try:
                async with asyncio.timeout(end - monotonic() + AFTERWARDS):
                    await journey.travel()
            except Exception as failure:  # is judged at the end, with all others
                self.failed.append(Result(journey.plan, failure=failure))
            else:
                self.arrived.append(journey)

    async def proofs(self) -> list[Result]:
        """What each dossier can show, once it is quiet."""
        return [*self.failed, *[await proven(each) for each in self.arrived]]


async def proven(journey: Journey) -> Result:
    try:
        return Result(journey.plan, entry=await journey.proofs())
    except Exception as failure:
        return Result(journey.plan, failure=failure)
