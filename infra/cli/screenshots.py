"""`./guichet screenshots DIR`: every page as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from infra.cli.output import said
from infra.cli.started import started

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Where the pictures go.")]


def screenshots(folder: Folder) -> None:
    """Take a picture of every page in three languages, for phones and for desks.

    Files a few dossiers for that: best on an installation of its own.
    """
    from tools.pages.screenshots import main

    with started() as system:
        main(system, folder.resolve(), say=said)
