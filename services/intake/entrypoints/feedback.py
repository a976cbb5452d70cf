"""Ratings and complaints, over the bus."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from services.intake.feedback import Feedbacks
from shared import actor
from shared.messaging.rpc import command, question

Score = Annotated[int, Field(ge=1, le=5)]
Words = Annotated[str, Field(max_length=1_000)]
Text = Annotated[str, Field(max_length=4_000)]
Subject = Literal["delay", "attitude", "papers", "fee", "decision", "other"]
Outcome = Literal["upheld", "partly", "rejected"]


class FeedbackEntrypoints:
    app: Feedbacks

    @command
    def rate(self, dossier_id: UUID, score: Score, words: Words = "") -> int:
        return self.app.rate(dossier_id, score, words, by=actor.current())

    @command
    def complain(self, dossier_id: UUID, subject: Subject, text: Text) -> int:
        return self.app.complain(dossier_id, subject, text, by=actor.current())

    @command
    def answer_complaint(
        self, dossier_id: UUID, complaint_id: UUID, outcome: Outcome, text: Text
    ) -> int:
        by = actor.current()
        return self.app.answer_complaint(dossier_id, complaint_id, outcome, text, by=by)

    @question
    def complaints(self, dossier_id: UUID) -> dict[str, Any]:
        return self.app.complaints(dossier_id, by=actor.current())
