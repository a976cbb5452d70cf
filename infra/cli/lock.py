"""`./guichet lock`: the Python packages, resolved anew and each known by its hash."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from hashlib import sha256
from json import dumps
from pathlib import Path

from infra.cli.output import err
from infra.embedded.settings import ROOT

LOCK = ROOT / "requirements.lock"
HEADER = "# Made from pyproject.toml by `./guichet lock`; what it asked for: {}\n"
FORM = ("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate")


def lock() -> None:
    """Resolve the Python packages anew into requirements.lock. Needs the network."""
    uv = Path(sys.executable).with_name("uv")
    asked = [str(uv), "pip", "compile", "pyproject.toml", "--group", "dev", "--quiet"]
    with err.status("resolving …"):
        found = subprocess.run(
            [*asked, *FORM, "--python-version", "3.11"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
    LOCK.write_text(HEADER.format(wishes()) + found.stdout)
    err.print(f"{LOCK.name} is new.")


def wishes() -> str:
    """A digest of what pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [project["project"]["dependencies"], project["dependency-groups"]]
    return sha256(dumps(asked, sort_keys=True).encode()).hexdigest()


def is_current() -> bool:
    with LOCK.open() as lines:
        return next(lines) == HEADER.format(wishes())


if __name__ == "__main__":
    sys.exit(None if is_current() else "pyproject.toml has changed: ./guichet lock")
