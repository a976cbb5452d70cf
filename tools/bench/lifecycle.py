"""Whole lives of dossiers: from the empty form to the result in somebody's hands."""

from __future__ import annotations

import asyncio
from time import monotonic

from infra.embedded.system import System
from tools.bench.figures import Figures, Terms, rate
from tools.demo.journey import Journey
from tools.demo.plans import Plan, planned
from tools.demo.world import World, world
from tools.faults.books import Books


async def measured_lifecycles(system: System, terms: Terms) -> Figures:
    places = system.connect()
    books, times, failures = Books(places), list[float](), list[str]()
    async with world(places) as here:
        await here.learn_procedures()
        plans = iter(planned(here.definitions, dossiers=10_000, seed="lifecycle"))
        before, begun = sum(books.sizes().values()), monotonic()

        async def lane() -> None:
            while monotonic() < begun + terms.seconds:
                await lived(here, next(plans), times, failures)

        await asyncio.gather(*(lane() for _ in range(terms.concurrency)))
        passed = monotonic() - begun
        events = sum(books.sizes().values()) - before
    lives = rate("lifecycles, filing to result", times, passed)
    told = rate("events", [], passed)
    told.per_second, told.count = round(events / passed, 2), events
    return Figures(
        name="lifecycle",
        seconds=terms.seconds,
        concurrency=terms.concurrency,
        figures=[lives, told],
        failures=failures,
    )


async def lived(
    here: World, plan: Plan, times: list[float], failures: list[str]
) -> None:
    begun = monotonic()
    try:
        await Journey(here, plan).travel()
    except Exception as failure:  # counts as one that did not arrive
        failures.append(f"{plan.procedure}: {failure!r}"[:300])
    else:
        times.append(monotonic() - begun)
