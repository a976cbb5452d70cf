"""`./guichet check`: what machines read first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import monotonic

import typer
from rich.markup import escape

from infra.cli.output import err, out
from infra.embedded.settings import ROOT

PYTHON = (sys.executable, "-m")
CHECKS: dict[str, tuple[str, ...]] = {
    "ruff check": (*PYTHON, "ruff", "check", "--quiet"),
    "ruff format": (*PYTHON, "ruff", "format", "--check", "--quiet"),
    "mypy": (*PYTHON, "mypy", "--no-error-summary"),
    "imports": (str(Path(sys.executable).with_name("lint-imports")), "--no-logo"),
    "codespell": (*PYTHON, "codespell_lib"),
    "event catalogue": (*PYTHON, "tools.event_catalogue", "--check"),
    "locked packages": (*PYTHON, "infra.cli.lock"),
}


def check() -> None:
    """Lint, types, import rules, spelling, generated files, locked packages."""
    failures = [name for name, command in CHECKS.items() if not passes(name, command)]
    if failures:
        err.print(f"[bold red]{len(failures)} of {len(CHECKS)} checks failed[/]")
        raise typer.Exit(1)


def passes(name: str, command: tuple[str, ...]) -> bool:
    since = monotonic()
    with err.status(f"{name} …"):
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    mark = "[red]✗[/]" if done.returncode else "[green]✓[/]"
    out.print(f"{mark} {name:<16} [dim]{monotonic() - since:.1f} s[/]")
    if done.returncode:
        out.print(escape(done.stdout.strip()), highlight=False)
    return not done.returncode
