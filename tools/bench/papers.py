"""Papers of the signing worker, beside its tools alone on the same page and key."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from infra.embedded.program import PLAIN
from infra.embedded.settings import ROOT
from infra.embedded.system import System
from tools.bench.figures import Figure, Figures, Terms, beside
from tools.bench.installed import environment_of
from tools.demo.journey import Journey
from tools.demo.plans import planned
from tools.demo.world import world


async def measured_papers(system: System, terms: Terms) -> Figures:
    """One dossier is decided first, so that there is a decision to make again."""
    places = system.connect()
    async with world(places) as here:
        await here.learn_procedures()
        [plan] = planned(here.definitions, dossiers=1, seed="papers")
        await Journey(here, plan).travel()
    ours, bare = await made_alone(places.home, terms)
    return Figures(
        name="papers",
        seconds=terms.seconds,
        concurrency=1,
        figures=[beside(ours, bare), bare],
    )


async def made_alone(home: Path, terms: Terms) -> list[Figure]:
    """In a process of their own, which has the token's library as the worker has."""
    own = environment_of(home, "signing", "signing.follow")
    making = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tools.bench.making", str(terms.seconds)),
        cwd=ROOT,
        env=PLAIN | own,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await making.communicate()
    if making.returncode:
        raise RuntimeError("The papers could not be made")
    return [Figure.model_validate_json(line) for line in said.splitlines()]
