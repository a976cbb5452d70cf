"""Python packages: those of requirements.lock, each known by its hash."""

from __future__ import annotations

import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path


def ensure(root: Path) -> Path:
    """The Python that has them. A second start finds the stamp and asks nobody."""
    folder, lock = root / ".venv", root / "requirements.lock"
    python, stamp = folder / "bin/python", folder / "guichet.stamp"
    digest = f"{sha256(lock.read_bytes()).hexdigest()} {sys.version_info[:2]}"
    if python.exists() and stamp.exists() and stamp.read_text() == digest:
        return python
    if not python.exists():
        print("Creating .venv", file=sys.stderr)
        venv.create(folder, with_pip=True, clear=folder.exists())
    print("Installing Python packages (a minute or two, once)", file=sys.stderr)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes"]
    quiet = ["--disable-pip-version-check", "--root-user-action=ignore"]
    if subprocess.run([*pip, *quiet, "-r", str(lock)], check=False).returncode:
        sys.exit("The Python packages could not be installed; pip says why above.")
    stamp.write_text(digest)
    return python
