"""Carries many dossiers side by side, and says of each how far it came."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from tools.demo.journey import Journey
from tools.demo.plans import Plan
from tools.demo.report import DossierEntry
from tools.demo.world import World

Show = Callable[[Plan, str | None], None]  # None: it has ended


@dataclass(frozen=True)
class Result:
    """What became of one plan: an entry of the report, or a failure to read."""

    plan: Plan
    entry: DossierEntry | None = None
    failure: Exception | None = None


async def carried(
    world: World, plans: list[Plan], concurrency: int, show: Show
) -> list[Result]:
    """All results, in the order of the plans."""
    free = asyncio.Semaphore(concurrency)

    async def carry(plan: Plan) -> Result:
        async with free:
            journey = Journey(world, plan, on_step=lambda step: show(plan, step))
            try:
                return Result(plan, entry=await journey.made())
            except Exception as failure:  # one dossier's trouble is its own
                return Result(plan, failure=failure)
            finally:
                show(plan, None)

    return await asyncio.gather(*map(carry, plans))
