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
from tools.demo.report import DossierEntry, Report, SceneEntry, reported
from tools.demo.run import Result, carried
from tools.demo.scenes import played
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
    @property
    def scenes(self) -> bool: ...


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
        scenes = await played(here, say=show.say) if with_scenes(options) else []
        report = reported(
            [each.entry for each in results if each.entry],
            scenes,
            seconds=monotonic() - begun,
            pids=system.pids(),
        )
        save(report, options.report)
        show.results(results, report, here.papers)
        show.scenes(scenes)
        if not options.once:
            show.where_to_look(here)
    went = [*map(is_as_planned, results), *map(is_as_told, scenes)]
    return 0 if all(went) else 1


def with_scenes(options: Options) -> bool:
    """They are written for our own procedures."""
    return options.scenes and options.catalogue is None


def is_as_planned(result: Result) -> bool:
    return result.entry is not None and is_proven(result.entry)


def is_as_told(scene: SceneEntry) -> bool:
    return all(scene.shown.values()) and is_proven(scene.dossier)


def is_proven(entry: DossierEntry) -> bool:
    papers = all(paper.signature_valid for paper in entry.papers)
    return papers and entry.history.verified


def save(report: Report, file: Path | None) -> None:
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(report.model_dump_json(indent=2) + "\n")
