"""Files that are never seen half written, nor by others."""

from __future__ import annotations

import os
from pathlib import Path


def write_private(file: Path, content: str | bytes) -> None:
    """Written aside, then put in place; readable by its owner only."""
    aside = file.with_name(f".{file.name}.new")
    data = content.encode() if isinstance(content, str) else content
    with open(
        aside, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)
    ) as to:
        to.write(data)
    aside.replace(file)


def private_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
