"""`./guichet test`: all tests, on real servers."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from infra.cli.started import started
from infra.embedded.settings import ROOT

SIDE_BY_SIDE = ["-n", "2", "--no-loadscope-reorder"]  # shared out by tests/conftest.py

Faults = Annotated[
    bool, typer.Option("--faults", help="Kill processes while dossiers are carried.")
]


def run_tests(context: typer.Context, faults: Faults = False) -> None:
    """Run all tests; what else you give goes to pytest, as in `test -k receipt`.

    They start servers of their own in a temporary folder: what runs is not touched.
    All of them run in two processes side by side, some of them in one.
    """
    if faults:
        from tools.faults import main

        with started() as system:
            raise typer.Exit(main(system, context.args))
    chosen = context.args or SIDE_BY_SIDE
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *chosen], cwd=ROOT, check=False
    )
    raise typer.Exit(done.returncode)
