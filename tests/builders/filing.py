"""What stands behind the form pages of the portal in tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from services.portal.drafts import Draft, Drafts, Whose
from services.portal.forms_schema.entered import Flat
from services.portal.guidance import Guidance
from shared.directory import CATALOGUE


class MemoryDrafts(Drafts):
    """What was typed, in the memory of a test."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self.known: dict[UUID, Draft] = {}
        self.links: dict[str, dict[str, Any]] = {}

    async def of(self, dossier_id: UUID) -> Draft:
        return self.known.get(dossier_id, Draft())

    async def keep(self, whose: Whose, page: str, entered: Flat) -> datetime:
        draft = await self.of(whose.dossier_id)
        return self.note(whose.dossier_id, draft.with_page(page, entered))

    async def finish(self, whose: Whose, page: str) -> datetime:
        draft = await self.of(whose.dossier_id)
        return self.note(whose.dossier_id, draft.finished(page))

    async def link(self, content: dict[str, Any]) -> str:
        self.links[f"word-{len(self.links)}"] = content
        return f"word-{len(self.links) - 1}"

    async def linked(self, token: str) -> dict[str, Any] | None:
        return self.links.get(token)

    def note(self, dossier_id: UUID, draft: Draft) -> datetime:
        now = self._clock()
        self.known[dossier_id] = replace(draft, saved_at=now)
        return now

    async def drop(self, dossier_id: UUID) -> None:
        self.known.pop(dossier_id, None)


@cache
def the_guidance() -> Guidance:
    return Guidance.load(CATALOGUE)
