"""What arrived outside: letters in the mail folder, texts in the SMS centre's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path


def letters(folder: Path) -> Iterator[str]:
    """Each letter by its id, which follows from its notice."""
    for file in sorted(folder.glob("*.eml")):
        yield str(message_from_bytes(file.read_bytes())["Message-ID"]).strip()


def texts(folder: Path) -> Iterator[str]:
    """Each text by whom it reached and what it said: a code and an occasion."""
    for file in sorted(folder.glob("*.json")):
        content = json.loads(file.read_text())
        yield f"{content['to']}: {content['text']}"
