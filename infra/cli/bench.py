"""`./guichet bench NAME`: measures, and says how the figures came about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.started import started


class Benchmark(StrEnum):
    COMMANDS = "commands"
    COUNTER = "counter"
    LIFECYCLE = "lifecycle"
    PAGES = "pages"
    PAPERS = "papers"
    QUEUES = "queues"
    STREAMS = "streams"


ON_THE_SERVERS_ALONE = {Benchmark.QUEUES, Benchmark.STREAMS}


@dataclass(frozen=True)
class BenchOptions:
    name: str
    seconds: int
    concurrency: int
    cases: int
    streams: int
    report: Path | None


Name = Annotated[Benchmark, typer.Argument(help="What to measure.")]
Seconds = Annotated[int, typer.Option(min=1, help="For how long.")]
Concurrency = Annotated[int, typer.Option(min=1, help="How many at the same time.")]
Cases = Annotated[int, typer.Option(min=1, help="Queues: over how many cases.")]
Streams = Annotated[int, typer.Option(min=1100, help="Streams: on one process.")]
Report = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the figures as JSON.")
]


def bench(
    name: Name,
    seconds: Seconds = 30,
    concurrency: Concurrency = 16,
    cases: Cases = 1_000_000,
    streams: Streams = 20_000,
    report: Report = None,
) -> None:
    """Measure commands, the counter, lifecycles, pages, papers, queues or streams."""
    from tools.bench import main

    options = BenchOptions(name, seconds, concurrency, cases, streams, report)
    with started(servers_only=name in ON_THE_SERVERS_ALONE) as system:
        status = main(system, options)
    raise typer.Exit(status)
