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
    LIFECYCLE = "lifecycle"
    PAPERS = "papers"


@dataclass(frozen=True)
class BenchOptions:
    name: str
    seconds: int
    concurrency: int
    report: Path | None


Name = Annotated[Benchmark, typer.Argument(help="What to measure.")]
Seconds = Annotated[int, typer.Option(min=1, help="For how long.")]
Concurrency = Annotated[int, typer.Option(min=1, help="How many at the same time.")]
Report = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the figures as JSON.")
]


def bench(
    name: Name,
    seconds: Seconds = 30,
    concurrency: Concurrency = 16,
    report: Report = None,
) -> None:
    """Measure commands per second, whole lifecycles, or the making of papers."""
    from tools.bench import main

    with started() as system:
        status = main(system, BenchOptions(name, seconds, concurrency, report))
    raise typer.Exit(status)
