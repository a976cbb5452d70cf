"""`./guichet demo`: real procedures, from filing to signed decision."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from infra.cli.output import err
from infra.cli.started import started
from infra.cli.up import show, watch

Once = Annotated[
    bool, typer.Option("--once", help="End when the last dossier is decided.")
]
Report = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write the outcome as JSON.")
]
Dossiers = Annotated[int, typer.Option(min=1, help="How many dossiers to carry.")]
Concurrency = Annotated[int, typer.Option(min=1, help="How many at the same time.")]
Catalogue = Annotated[
    Path | None,
    typer.Option(exists=True, file_okay=False, help="Procedures other than ours."),
]


Scenes = Annotated[
    bool, typer.Option(help="Play also what the law does, in rehearsal time.")
]


@dataclass(frozen=True)
class DemoOptions:
    once: bool
    report: Path | None
    dossiers: int
    concurrency: int
    catalogue: Path | None
    scenes: bool


def demo(
    once: Once = False,
    report: Report = None,
    dossiers: Dossiers = 16,
    concurrency: Concurrency = 4,
    catalogue: Catalogue = None,
    scenes: Scenes = True,
) -> None:
    """Start everything, carry dossiers to their signed decisions, show where to look.

    Without --once it stays up afterwards, until Ctrl-C.
    """
    from tools.demo import main

    options = DemoOptions(once, report, dossiers, concurrency, catalogue, scenes)
    status = 130  # as a shell names the end by Ctrl-C
    try:
        with started(catalogue=catalogue) as system:
            status = main(system, options)
            if not once:
                show(system.connect())
                watch(system)
    except KeyboardInterrupt:
        err.print("The demonstration has ended.")
    raise typer.Exit(status)
