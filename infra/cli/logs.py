"""`./guichet logs NAME`: what a process has written."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from infra.cli.output import failed
from infra.embedded.settings import LauncherSettings

Name = Annotated[str, typer.Argument(help="A process, as `doctor` names it.")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Go on as it writes.")]
Lines = Annotated[int, typer.Option("--lines", "-n", help="How many of the last.")]


def logs(name: Name, follow: Follow = False, lines: Lines = 100) -> None:
    """Show the log of a process: intake.serve, rabbitmq, standins and so on."""
    folder = LauncherSettings().home / "logs"
    file = folder / f"{name}.log"
    if not file.exists():
        known = ", ".join(sorted(each.stem for each in folder.glob("*.log")))
        failed(f"There is no log of {name}. There are: {known or 'none yet'}")
        raise typer.Exit(1)
    command = ["tail", f"--lines={lines}", *(["-F"] if follow else []), str(file)]
    os.execv("/usr/bin/tail", command)  # noqa: S606 -- our own log
