"""`./guichet down`: ends what `up` or `demo` left running."""

from __future__ import annotations

from typing import Annotated

import typer

from infra.cli.output import err, failed
from infra.embedded.ending import reset as forget
from infra.embedded.ending import stop
from infra.embedded.running import is_locked
from infra.embedded.settings import LauncherSettings

Reset = Annotated[
    bool, typer.Option("--reset", help="Then delete all local state: dossiers, papers.")
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before deleting.")]


def down(reset: Reset = False, yes: Yes = False) -> None:
    """End everything that runs from .guichet. With --reset, begin anew next time."""
    home = LauncherSettings().home
    if is_locked(home):
        with err.status("ending the processes …"):
            stop(home)
        err.print("Everything has ended.")
    elif not reset:
        failed(f"Nothing is running from {home}.")
        raise typer.Exit(1)
    if reset:
        if not yes:
            typer.confirm(f"Delete everything in {home}?", abort=True)
        forget(home)
        err.print(f"{home} is gone.")
