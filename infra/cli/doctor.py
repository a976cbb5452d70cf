"""`./guichet doctor`: is this machine fit, and is everything well?"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from infra.cli.examination import Finding, Patient, machine, patients
from infra.cli.output import out
from infra.embedded import System

AsJson = Annotated[bool, typer.Option("--json", help="For scripts.")]


def doctor(as_json: AsJson = False) -> None:
    """Examine the machine and, when it runs, every process of Guichet.

    The exit status is 1 when something needs mending.
    """
    system = System()
    processes, findings = patients(system), machine(system)
    well = all(each.ok for each in processes) and all(each.ok for each in findings)
    if as_json:
        out.print_json(json.dumps(report(processes, findings, well=well)))
    else:
        show(processes, findings)
    raise typer.Exit(0 if well else 1)


def report(
    processes: list[Patient], findings: list[Finding], *, well: bool
) -> dict[str, object]:
    return {
        "well": well,
        "memory_bytes": sum(each.memory for each in processes),
        "processes": [asdict(each) for each in processes],
        "machine": [asdict(each) for each in findings],
    }


def show(processes: list[Patient], findings: list[Finding]) -> None:
    for each in findings:
        mark = "[green]✓[/]" if each.ok else "[red]✗[/]"
        out.print(f"{mark} {each.what}: {each.found}", highlight=False)
    if not processes:
        out.print("Nothing is running. Start it with ./guichet up.")
        return
    table = Table("process", "state", "pid", "memory", "restarts")
    for patient in processes:
        table.add_row(
            patient.name,
            patient.state if patient.ok else f"[red]{patient.state}[/]",
            str(patient.pid or ""),
            f"{patient.memory / 2**20:.0f} MiB",
            str(patient.restarts),
        )
    table.add_section()
    total = sum(each.memory for each in processes)
    table.add_row("all", "", "", f"{total / 2**20:.0f} MiB", "")
    out.print(table)
