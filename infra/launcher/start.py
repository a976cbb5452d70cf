"""Makes sure of everything Guichet needs, then hands over to its own Python."""

from __future__ import annotations

import os
from pathlib import Path

from infra.launcher import debian, packages

ROOT = Path(__file__).parents[2]
RUNS = ("demo", "up", "bench", "screenshots", "test")  # these start the servers
LOOKS = {"counter", "screenshots", "test"}  # these open pages in a browser


def main(arguments: list[str]) -> None:
    words = [each for each in arguments if not each.startswith("-")]
    command = words[0] if words else ""
    asks_for_help = "--help" in arguments
    wanted = debian.ALWAYS
    if command in RUNS and not asks_for_help:
        wanted = wanted + debian.SERVERS
        wanted = wanted + (debian.BROWSER if LOOKS & {*words[:2]} else ())
    debian.ensure(wanted)
    python = packages.ensure(ROOT)
    os.chdir(ROOT)
    os.execv(python, [str(python), "-m", "infra.cli", *arguments])  # noqa: S606
