"""A hand that draws: the few ways of choosing of which whole procedures are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from shared.directory import CATALOGUE, read

Json = dict[str, Any]
One = TypeVar("One")

COMMON = read(CATALOGUE / "common.json")


class Hand:
    """Everything it chooses, it chooses by a number between two others."""

    def __init__(self, number: Callable[[int, int], int]) -> None:
        self.number = number

    def pick(self, choices: Sequence[One]) -> One:
        return choices[self.number(0, len(choices) - 1)]

    def some(self, choices: Sequence[One], least: int = 0, most: int = 9) -> list[One]:
        """Different ones, in no order."""
        left = list(choices)
        count = self.number(least, min(most, len(left)))
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(count)]

    def likely(self, percent: int) -> bool:
        """False in a simple example."""
        return self.number(0, 99) >= 100 - percent

    def optional(self, key: str, percent: int, make: Callable[[], Any]) -> Json:
        """A key that may be left out."""
        return {key: make()} if self.likely(percent) else {}


def text3(words: str) -> dict[str, str]:
    return {"vi": f"{words} (tiếng Việt)", "en": words, "fr": f"{words} (français)"}
