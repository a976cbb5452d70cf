"""Measures a running Guichet, always beside something everybody knows the speed of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Protocol

from infra.embedded.system import System
from tools.bench import show
from tools.bench.commands import measured_commands
from tools.bench.counter import measured_counter
from tools.bench.figures import Figures, Terms
from tools.bench.lifecycle import measured_lifecycles
from tools.bench.pages import measured_pages
from tools.bench.papers import measured_papers
from tools.bench.queues import measured_queues
from tools.bench.streams import measured_streams
from tools.demo.report import processes


class Options(Protocol):
    """What `./guichet bench` lets a person say."""

    @property
    def name(self) -> str: ...
    @property
    def seconds(self) -> int: ...
    @property
    def concurrency(self) -> int: ...
    @property
    def cases(self) -> int: ...
    @property
    def streams(self) -> int: ...
    @property
    def report(self) -> Path | None: ...


BENCHES: dict[str, Callable[[System, Terms], Coroutine[None, None, Figures]]] = {
    "commands": measured_commands,
    "counter": measured_counter,
    "lifecycle": measured_lifecycles,
    "pages": measured_pages,
    "papers": measured_papers,
    "queues": measured_queues,
    "streams": measured_streams,
}


def main(system: System, options: Options) -> int:
    """Prints the figures with the machine they were measured on."""
    terms = Terms(options.seconds, options.concurrency, options.cases, options.streams)
    figures = asyncio.run(BENCHES[str(options.name)](system, terms))
    figures.processes = processes(system.pids())
    show.figures(figures)
    if options.report:
        options.report.parent.mkdir(parents=True, exist_ok=True)
        options.report.write_text(figures.model_dump_json(indent=2) + "\n")
    return 0
