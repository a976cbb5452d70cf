"""Plain words about procedures: deployment data beside the catalogue, read at start."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field

from shared.directory import Entry, parsed, place
from shared.search_words import folded

Slug = str


class Text3(Entry):
    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)
    fr: str = Field(min_length=1)

    def as_dict(self) -> dict[str, str]:
        return self.model_dump()


class Question(Entry):
    """Asked before one begins; one of the two answers leads away from here."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    text: Text3
    stop_on: Literal["yes", "no"]
    advice: Text3


class LifeEvent(Entry):
    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    name: Text3
    procedures: list[Slug]


class Guide(Entry):
    """One procedure as a neighbour would explain it."""

    summary: Text3
    who: Text3 | None = None
    cost: Text3 | None = None
    prepare: tuple[Text3, ...] = ()
    minutes: int | None = Field(None, ge=1, le=600)
    keywords: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    headings: dict[str, Text3] = Field({})  # by the field that begins a page


class Guidance(Entry):
    kind: Literal["guidance"]
    schema_version: Literal["1.0"]
    life_events: tuple[LifeEvent, ...] = ()
    procedures: dict[Slug, Guide] = Field({})

    @classmethod
    def load(cls, folder: Path) -> Guidance:
        """The folder's own, or the project's: what it lacks is told without it."""
        return parsed(place(folder, "guidance.json"), cls)

    def guide(self, slug: Slug) -> Guide | None:
        return self.procedures.get(slug)

    def headings(self, slug: Slug) -> dict[str, dict[str, str]]:
        guide = self.guide(slug)
        found = guide.headings if guide else {}
        return {name: each.as_dict() for name, each in found.items()}

    def event(self, id: str) -> LifeEvent | None:
        return next((each for each in self.life_events if each.id == id), None)

    def meant_by(self, query: str) -> set[Slug]:
        """Procedures whose plain words say all that was searched for."""
        words = folded(query).split()[:8]
        return {
            slug
            for slug, guide in self.procedures.items()
            if words and all(word in told(guide) for word in words)
        }


NO_GUIDANCE = Guidance(kind="guidance", schema_version="1.0")


def told(guide: Guide) -> str:
    said: Iterable[str] = [*guide.summary.as_dict().values(), *guide.keywords]
    return folded(" ".join(said))
