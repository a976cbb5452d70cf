"""The experiment as a person reads it: what was killed, and what held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from tools.faults import Experiment

console = Console()
SHOWN = 8


def announced(seconds: int, seed: int) -> None:
    console.print(f"Killing processes under load for {seconds} s, seed {seed}.")


def found(experiment: Experiment) -> None:
    kills = sorted(experiment.kills.items())
    told = ", ".join(f"{name} {count}" for name, count in kills)
    console.print(f"Killed {sum(experiment.kills.values())} times: {told}.")
    console.print(
        f"{len(experiment.results)} dossiers, {experiment.orders} orders acknowledged."
    )
    table = Table("Invariant", "Examined", "Violations", title_justify="left")
    table.title = f"Seed {experiment.seed}"
    for each in experiment.findings:
        count = len(each.violations)
        shown = f"[red]{count}[/red]" if count else "0"
        table.add_row(each.invariant, f"{each.examined:,}", shown)
    console.print(table)
    for each in experiment.findings:
        for violation in each.violations[:SHOWN]:
            console.print(f"  {each.invariant}: {violation}", markup=False)
