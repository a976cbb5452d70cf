"""Kills processes at random while people file dossiers, then looks what was lost."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from random import Random
from secrets import randbelow

from infra.embedded.system import System
from tools.demo.client import Person
from tools.demo.plans import planned
from tools.demo.run import Result
from tools.demo.world import World, world
from tools.faults import show
from tools.faults.chaos import Chaos
from tools.faults.invariants import Finding, examined
from tools.faults.journal import Journal
from tools.faults.load import Load
from tools.faults.quiet import until_quiet

PATIENCE = 180.0  # seconds in which a client gives the same order again
CONCURRENCY = 6


@dataclass(frozen=True)
class Experiment:
    """What happened, and what was found afterwards."""

    seed: int
    kills: dict[str, int]
    orders: int
    results: list[Result]
    findings: list[Finding]

    @property
    def holds(self) -> bool:
        return all(not each.violations for each in self.findings)


def main(system: System, arguments: Sequence[str] = ()) -> int:
    """0 when nothing acknowledged was lost and every invariant holds."""
    parser = argparse.ArgumentParser(prog="./guichet test --faults")
    parser.add_argument("--seconds", type=int, default=180)
    parser.add_argument("--seed", type=int, default=randbelow(10**6))
    said = parser.parse_args(list(arguments))
    show.announced(said.seconds, said.seed)
    found = run(system, seconds=said.seconds, seed=said.seed)
    show.found(found)
    return 0 if found.holds else 1


def run(system: System, *, seconds: int, seed: int) -> Experiment:
    return asyncio.run(experiment(system, seconds=seconds, seed=seed))


async def experiment(system: System, *, seconds: int, seed: int) -> Experiment:
    """Load and kills side by side; quiet; then all books are compared."""
    file = system.home / "faults" / f"journal-{seed}.jsonl"
    with closing(Journal(file)) as journal:
        return await observed(system, journal, seconds=seconds, seed=seed)


async def observed(
    system: System, journal: Journal, *, seconds: int, seed: int
) -> Experiment:
    places = system.connect()
    async with world(places, journal=journal.write, patience=PATIENCE) as here:
        await here.learn_procedures()
        plans = planned(here.definitions, dossiers=10_000, seed=f"faults-{seed}")
        load = Load(here, plans, CONCURRENCY)
        chaos = Chaos(system, Random(seed))  # noqa: S311 -- must be repeatable
        await asyncio.gather(load.run(seconds), chaos.run(seconds))
        await asyncio.to_thread(system.wait_until_ready, seconds=120)
        await until_quiet(places)
        results = await load.proofs()
        findings = await examined(
            here, journal, results, auditor=await an_auditor(here)
        )
    return Experiment(seed, chaos.kills, len(journal.orders), results, findings)


async def an_auditor(here: World) -> Person:
    """Who may read every dossier: the auditor of the first unit that received one."""
    first = next(iter(here.definitions.values()))["steps"][0]["agency"]
    return await here.staff.officer(first, "auditor")
