"""What a person sees of the demonstration: progress, a table, where to look next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import format_exception

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from tools.demo.client import RefusedError, UnansweredError
from tools.demo.plans import Plan
from tools.demo.report import DossierEntry, PaperEntry, Report, SceneEntry
from tools.demo.run import Result, Show
from tools.demo.world import World

console = Console()
EXPECTED = (RefusedError, UnansweredError)  # they say it all; others need a traceback
SHOWN_SIGN_INS = 8
LONGEST_CODE = 30  # a dossier that was not received has none, only its id


@contextmanager
def progress(total: int) -> Iterator[Show]:
    """A bar for all, and a line for each dossier that is on its way."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bars:
        all_of_them = bars.add_task("dossiers", total=total)
        lines: dict[int, str] = {}

        def show(plan: Plan, step: str | None) -> None:
            lines.pop(plan.number, None)
            if step is None:
                bars.advance(all_of_them)
            else:
                lines[plan.number] = f"{plan.procedure} {step}"
            latest = list(lines.values())[-1:] or ["dossiers"]
            bars.update(all_of_them, description=f"{latest[0]:<48}"[:48])

        yield show


def results(results: list[Result], report: Report, papers: Path) -> None:
    table = Table(title="Dossiers", title_justify="left")
    for column in ("Code", "Procedure", "Agencies", "Status", "Notices", "History"):
        table.add_column(column, overflow="fold")
    table.add_column("Papers", no_wrap=True)
    for each in results:
        if each.entry:
            table.add_row(*row(each.entry))
    console.print(table)
    for each in results:
        if each.failure:
            failed(each.plan, each.failure)
    totals = report.totals
    memory = sum(each.rss_mib for each in report.processes)
    console.print(
        f"{len(report.dossiers)} of {len(results)} dossiers, {totals.events} events in "
        f"{totals.seconds:.0f} s ({totals.events_per_second:.0f} events/s); "
        f"{len(report.processes)} processes, {memory:.0f} MiB. Papers in {papers}"
    )


def say(line: str) -> None:
    console.print(f"[dim]{line}[/dim]")


def scenes(played: list[SceneEntry]) -> None:
    """What the law did to each of them, and whether it was seen."""
    if not played:
        return
    table = Table("Scene", "Shown", "Status", "Papers", title="The law, in rehearsal")
    for each in played:
        seen = "\n".join(f"{mark(so)} {what}" for what, so in each.shown.items())
        statuses = " ".join(map(str, each.dossier.statuses))
        title = f"{each.name}\n{each.dossier.procedure} {each.dossier.code}"
        table.add_row(
            title, seen, statuses, "\n".join(map(numbered, each.dossier.papers))
        )
    console.print(table)


def row(entry: DossierEntry) -> list[str]:
    proof = "verified" if entry.history.verified else "[red]broken[/red]"
    told = notices(entry).items()
    return [
        entry.code if len(entry.code) < LONGEST_CODE else "",
        f"{entry.procedure}\n{entry.channel}, {entry.outcome}",
        " → ".join(entry.agencies),
        " ".join(map(str, entry.statuses)),
        "\n".join(f"{count} {channel} {state}" for (channel, state), count in told),
        f"{entry.history.leaves} events\n{proof}",
        "\n".join(map(sealed, entry.papers)),
    ]


def sealed(paper: PaperEntry) -> str:
    return f"{mark(paper.signature_valid)} {paper.kind}"


def numbered(paper: PaperEntry) -> str:
    return f"{sealed(paper)} {paper.number}"


def mark(so: bool) -> str:
    return "✓" if so else "[red]✗[/red]"


def notices(entry: DossierEntry) -> Counter[tuple[str, str]]:
    return Counter((each.channel, each.state) for each in entry.messages)


def failed(plan: Plan, failure: Exception) -> None:
    console.print(
        f"[red]Dossier {plan.number} ({plan.procedure}, {plan.channel}, "
        f"to be {plan.ending}) did not get through:[/red]"
    )
    if isinstance(failure, EXPECTED):
        told(failure)
    else:
        console.print("".join(format_exception(failure)), markup=False)


def refused(reason: Exception) -> None:
    console.print("[red]Nothing was done:[/red]")
    told(reason)


def told(reason: Exception) -> None:
    """Which person, which call, which problem; and item by item what is wrong."""
    console.print(f"  {reason}", markup=False)
    for each in getattr(reason, "errors", []):
        place = each.get("path") or each.get("field") or each.get("document") or ""
        parts = (each.get("file"), place, each.get("reason") or each.get("code"))
        console.print("    " + ": ".join(filter(None, parts)), markup=False)


def where_to_look(here: World) -> None:
    url = here.places.public_url
    console.print(f"\nPortal {url}/vi/   staff {url}/vi/staff/sign-in")
    console.print(f"Citizens sign in by choosing a name at the provider: {url}/sign-in")
    table = Table("Officer", title="Officers", show_lines=True)
    table.add_column("Username, and below it the password", no_wrap=True)
    for each in here.staff.sign_ins[:SHOWN_SIGN_INS]:
        who = f"{each.name}\n{each.role}, {each.unit}"
        table.add_row(who, f"{each.username}\n{each.password}")
    console.print(table)
