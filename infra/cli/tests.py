"""`./guichet test`: all tests, on real servers."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from infra.cli.started import started
from infra.embedded.settings import ROOT

Faults = Annotated[
    bool, typer.Option("--faults", help="Kill processes while dossiers are carried.")
]


def run_tests(context: typer.Context, faults: Faults = False) -> None:
    """Run all tests; what else you give goes to pytest, as in `test -k receipt`.

    They start servers of their own in a temporary folder: what runs is not touched.
    """
    if faults:
        from tools.faults import main

        with started() as system:
            raise typer.Exit(main(system, context.args))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *context.args], cwd=ROOT, check=False
    )
    raise typer.Exit(done.returncode)
