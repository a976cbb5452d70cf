"""Looking before deciding, over the bus."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from services.workflow.bulk import Item
from services.workflow.digests import Colleague
from services.workflow.domain.phrasebook import Phrase
from services.workflow.entrypoints.words import Limit, Name, Text
from services.workflow.ports import Filters, Wanted
from services.workflow.review import Review
from shared import actor
from shared.messaging.rpc import batch, command, question

Version = Annotated[int, Field(ge=1, le=10**9)]


class ReviewEntrypoints:
    app: Review

    @question
    def approvals(self, limit: Limit = 25, after: str | None = None) -> dict[str, Any]:
        wanted = Wanted(Filters(), limit, after)
        return self.app.approvals(wanted, by=actor.current())

    @question
    def difference(self, case_id: UUID) -> dict[str, Any]:
        return self.app.difference(case_id, by=actor.current())

    @command
    def look_at(self, case_id: UUID, version: Version) -> int:
        return self.app.look_at(case_id, version, by=actor.current())

    @question
    def draft_decision(
        self, case_id: UUID, step: Name, outcome: Name | None = None, text: Text = ""
    ) -> dict[str, Any]:
        by = actor.current()
        return self.app.draft_decision(case_id, step, outcome, text, by=by)

    @question
    def meanwhile(self, case_id: UUID, since: Version) -> dict[str, Any]:
        return self.app.meanwhile(case_id, since, by=actor.current())

    @batch
    def approve_each(self, items: list[Item], note: Text = "") -> list[dict[str, Any]]:
        return self.app.approve_each(items, note, by=actor.current())

    @question
    def phrases(self) -> list[dict[str, Any]]:
        return self.app.phrases(by=actor.current())

    @command
    def keep_phrase(
        self, phrase_id: UUID, purpose: Name, name: Name, text: Text
    ) -> int:
        phrase = Phrase(purpose, name, text)
        return self.app.keep_phrase(phrase_id, phrase, by=actor.current())

    @command
    def drop_phrase(self, phrase_id: UUID) -> int:
        return self.app.drop_phrase(phrase_id, by=actor.current())

    @question
    def work_of(self, officer: Name, unit: Name, roles: list[Name]) -> dict[str, Any]:
        colleague = Colleague(officer, unit, tuple(roles))
        return self.app.work_of(colleague, by=actor.current())
