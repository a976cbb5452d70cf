"""The fixed words of what is printed, in three languages, kept as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Text3 = dict[str, str]  # one text in vi, en and fr
Texts = dict[str, Text3]

LANGUAGES = ("vi", "en", "fr")


def read(file: Path) -> Texts:
    texts: Texts = json.loads(file.read_text(encoding="utf-8"))
    return texts


COMMON = read(Path(__file__).with_name("texts.json"))


def pick(text: Text3, language: str) -> str:
    return text.get(language) or text["vi"]


class Phrases:
    """The common sentences, and those of whoever prints."""

    def __init__(self, own: Texts | None = None) -> None:
        self.texts = COMMON | (own or {})

    def say(self, key: str, **values: Any) -> Text3:
        """A fixed sentence in all languages; values may differ between them."""

        def fill(language: str) -> str:
            own = {
                name: pick(value, language) if isinstance(value, dict) else value
                for name, value in values.items()
            }
            return self.texts[key][language].format(**own)

        return {language: fill(language) for language in LANGUAGES}


say = Phrases().say
