"""The fixed words of the papers, in three languages, kept as data."""

from __future__ import annotations

import json
from pathlib import Path

TEXTS: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("texts.json").read_text(encoding="utf-8")
)
