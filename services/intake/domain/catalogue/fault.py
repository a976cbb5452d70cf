"""A fault of a catalogue file: where it is, what is wrong, what would be right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from services.intake.domain.texts import LANGUAGES, Text3, message

SENTENCES = json.loads(Path(__file__).with_name("sentences.json").read_text("utf-8"))

MOST = 12  # choices that one can still read


@dataclass(frozen=True)
class Fault:
    """`path` is a JSON path such as `$.steps[2].agency`; `says` names a sentence.

    `choices` are what could stand there instead of the `name` among the values.
    """

    path: str
    code: str
    says: str
    values: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[str, ...] | None = None
    file: str = ""

    def of(self, file: str) -> Fault:
        return replace(self, file=file)

    def reason(self, language: str = "en") -> str:
        kind = SENTENCES["nouns"].get(self.values.get("kind"), {}).get(language)
        values = {**self.values, **({"kind": kind} if kind else {})}
        return str(SENTENCES["reasons"][self.says][language].format(**values))

    def suggestion(self, language: str = "en") -> str:
        says, values = self.says, dict(self.values)
        if self.choices is not None:
            says, values = self._choice()
        return str(SENTENCES["hints"][says][language].format(**values))

    def _choice(self) -> tuple[str, dict[str, Any]]:
        """What was probably meant; else all there is, as far as one can read it."""
        choices = sorted(self.choices or ())
        if close := get_close_matches(str(self.values["name"]), choices, n=1):
            return "closest", {"closest": close[0]}
        if self.says in SENTENCES["hints"]:
            return self.says, dict(self.values)
        rest = ["…"] if len(choices) > MOST else []
        listed = ", ".join([*choices[:MOST], *rest])
        return ("choices" if choices else "nothing"), {"choices": listed}

    def detail(self) -> dict[str, Any]:
        """As a refusal lists it."""
        return {
            "path": self.path,
            "code": self.code,
            "reason": self.reason(),
            "suggestion": {each: self.suggestion(each) for each in LANGUAGES},
            "file": self.file,
            "message": self._message(),
        }

    def _message(self) -> Text3:
        told = (
            message("broken-catalogue", path=self.path, reason=self.reason(each))
            for each in LANGUAGES
        )
        return {lang: each[lang] for lang, each in zip(LANGUAGES, told, strict=True)}
