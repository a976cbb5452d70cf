"""Figures as a table, and below it on what they were measured."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from tools.bench.figures import Figure, Figures

console = Console()
SHOWN = 5


def figures(run: Figures) -> None:
    title = f"{run.name}: {run.seconds} s, {run.concurrency} side by side"
    table = Table("What", title=title, title_justify="left")
    for column in ("Per second", "p50 ms", "p95 ms", "Count", "Ratio"):
        table.add_column(column, justify="right")
    for each in run.figures:
        table.add_row(*row(each))
    console.print(table)
    for fact in run.facts:
        console.print(f"  {fact}", markup=False, highlight=False)
    for failure in run.failures[:SHOWN]:
        console.print(f"  {failure}", markup=False)
    memory = Table("Process", "MiB", title="Memory", title_justify="left")
    for process in run.processes:
        memory.add_row(process.name, f"{process.rss_mib:.0f}")
    console.print(memory)
    machine, when = run.machine, f"{run.measured_at:%Y-%m-%d %H:%M} UTC"
    console.print(
        f"{machine.cpu}, {machine.cores} cores, {machine.memory_mib} MiB; "
        f"{machine.system}, Python {machine.python}; {when}"
    )


def row(each: Figure) -> list[str]:
    times = [each.p50_ms, each.p95_ms]
    return [
        each.what,
        f"{each.per_second:,.1f}",
        *("" if value is None else f"{value:,.1f}" for value in times),
        "" if each.count is None else f"{each.count:,}",
        "" if each.ratio is None else f"{each.ratio:.2f}",
    ]
