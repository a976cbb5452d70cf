"""`./guichet`, once everything it needs is installed."""

from __future__ import annotations

import sys

import typer

from infra.cli import (
    bench,
    catalogue,
    check,
    demo,
    doctor,
    down,
    due_date,
    lock,
    logs,
    screenshots,
    tests,
    up,
)
from infra.cli.output import failed
from infra.embedded.errors import LauncherError

cli = typer.Typer(
    name="./guichet",
    help="Guichet: administrative single windows, on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
PASS_ON = {"allow_extra_args": True, "ignore_unknown_options": True}

TRY, RUN, ASK, CHANGE = "Try it", "Run it", "Ask it", "Change it"

cli.command(rich_help_panel=TRY)(demo.demo)
cli.command("test", rich_help_panel=TRY, context_settings=PASS_ON)(tests.run_tests)
cli.command(rich_help_panel=RUN)(up.up)
cli.command(rich_help_panel=RUN)(down.down)
cli.command(rich_help_panel=RUN)(doctor.doctor)
cli.command(rich_help_panel=RUN)(logs.logs)
cli.command("due-date", cls=due_date.Command, rich_help_panel=ASK)(due_date.due_date)
cli.add_typer(catalogue.catalogue, rich_help_panel=CHANGE)
cli.command(rich_help_panel=CHANGE)(check.check)
cli.command(rich_help_panel=CHANGE)(bench.bench)
cli.command(rich_help_panel=CHANGE)(screenshots.screenshots)
cli.command(rich_help_panel=CHANGE)(lock.lock)


def main() -> None:
    try:
        cli()
    except LauncherError as error:
        failed(str(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
