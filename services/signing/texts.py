"""The fixed words of the papers, in three languages, kept as data."""

from __future__ import annotations

from pathlib import Path

from shared.printing.phrases import Phrases, read

OWN = read(Path(__file__).with_name("texts.json"))
PHRASES = Phrases(OWN)
TEXTS = PHRASES.texts
