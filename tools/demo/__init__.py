"""The demonstration: real procedures carried through the public API by many people."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import monotonic
from typing import Protocol

from infra.embedded.system import System
from shared.directory import BrokenFileError
from tools.demo import show
from tools.demo.client import RefusedError, UnansweredError
from tools.demo.plans import planned
from tools.demo.report import Report, reported
from tools.demo.run import Result, carried
from tools.demo.world import world

SEED = "ea-kly"


class Options(Protocol):
    """What `./guichet demo` lets a person say."""

    @property
    def once(self) -> bool: ...
    @property
    def report(self) -> Path | None: ...
    @property
    def dossiers(self) -> int: ...
    @property
    def concurrency(self) -> int: ...
    @property
    def catalogue(self) -> Path | None: ...


def main(system: System, options: Options) -> int:
    """0 when every dossier ended as planned, every seal and every history verified."""
    try:
        return asyncio.run(demonstrate(system, options))
    except (RefusedError, UnansweredError, BrokenFileError) as reason:
        show.refused(reason)
        return 1


async def demonstrate(system: System, options: Options) -> int:
    begun = monotonic()
    async with world(system.connect(), catalogue=options.catalogue) as here:
        await here.learn_procedures(options.catalogue)
        plans = planned(here.definitions, dossiers=options.dossiers, seed=SEED)
        with show.progress(len(plans)) as shown:
            results = await carried(here, plans, options.concurrency, shown)
        report = reported(
            [each.entry for each in results if each.entry],
            seconds=monotonic() - begun,
            pids=system.pids(),
        )
        save(report, options.report)
        show.results(results, report, here.papers)
        if not options.once:
            show.where_to_look(here)
    return 0 if all(map(is_as_planned, results)) else 1


def is_as_planned(result: Result) -> bool:
    entry = result.entry
    return (
        entry is not None
        and entry.history.verified
        and all(paper.signature_valid for paper in entry.papers)
    )


def save(report: Report, file: Path | None) -> None:
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(report.model_dump_json(indent=2) + "\n")
