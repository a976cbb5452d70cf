"""`./guichet catalogue check` and `publish`: procedures are data."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infra.cli.output import failed, out
from infra.embedded import System

if TYPE_CHECKING:
    from tools.catalogue.checking import Looked

catalogue = typer.Typer(
    name="catalogue", help="Check procedures and publish them.", no_args_is_help=True
)


class Language(StrEnum):
    VI = "vi"
    EN = "en"
    FR = "fr"


Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Procedures, or folders of them."),
]
Said = Annotated[Language, typer.Option("--language", help="Of reasons and advice.")]
AsJson = Annotated[bool, typer.Option("--json", help="For scripts.")]
Emergency = Annotated[
    bool,
    typer.Option("--emergency", help="Their dossiers go before all others."),
]


@catalogue.command()
def check(files: Files, language: Said = Language.EN, as_json: AsJson = False) -> None:
    """Say of every fault where it is, why it is one, and what would be right.

    Needs no running system. The exit status is 1 when there is a fault.
    """
    looked = looked_over(files)
    show(looked, language, as_json=as_json)
    raise typer.Exit(1 if looked.faults else 0)


@catalogue.command()
def publish(
    files: Files,
    emergency: Emergency = False,
    language: Said = Language.EN,
    as_json: AsJson = False,
) -> None:
    """Put new versions in force where Guichet runs: all of them, or none.

    Dossiers that were accepted keep the version they have.
    """
    from tools.catalogue.publishing import publish as put
    from tools.demo.client import RefusedError, UnansweredError
    from tools.demo.show import refused

    looked = looked_over(files)
    if looked.faults:
        show(looked, language, as_json=as_json)
        raise typer.Exit(1)
    system = System()
    if not system.is_running():
        failed(f"Nothing is running from {system.home}. Start it with ./guichet up.")
        raise typer.Exit(1)
    definitions = list(looked.definitions.values())
    try:
        published = put(system, definitions, is_emergency=emergency)
    except (RefusedError, UnansweredError) as reason:
        refused(reason)
        raise typer.Exit(1) from None
    if as_json:
        out.print_json(json.dumps([asdict(each) for each in published]))
        return
    for each in published:
        before = each.before or "none"
        line = f"{each.slug}: version {before} before, {each.after or 'none'} in force"
        more = ", emergency" if each.is_emergency else ""
        out.print(f"{line}; {each.number} from {each.valid_from}{more}", markup=False)


def looked_over(files: list[Path]) -> Looked:
    from tools.catalogue.checking import looked_over as look

    for file in files:
        if not file.exists():
            failed(f"There is no {file}.")
            raise typer.Exit(1)
    return look(files)


def show(looked: Looked, language: Language, *, as_json: bool) -> None:
    from tools.catalogue.show import lines, report

    if as_json:
        out.print_json(json.dumps(report(looked, language), ensure_ascii=False))
        return
    for line in lines(looked, language):
        out.print(line, markup=False, highlight=False, soft_wrap=True)
