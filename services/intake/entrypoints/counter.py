"""The counter, over the bus."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from services.intake.application import IntakeApplication
from services.intake.counter import Rehearsal
from services.intake.domain.ending import Receipt
from shared import actor
from shared.messaging.rpc import command, question

Name = Annotated[str, Field(min_length=1, max_length=100)]
Names = Annotated[list[Name], Field(max_length=100)]
Text = Annotated[str, Field(max_length=4_000)]
Drawn = Annotated[
    str,  # lines from point to point, as the path of an SVG
    Field(max_length=20_000, pattern=r"^(?:M[0-9]{1,4} [0-9]{1,4}(?:L[0-9 ]+)*)*$"),
]


class CounterEntrypoints:
    app: IntakeApplication

    @question
    def rehearse(
        self,
        procedure: Name,
        answers: dict[str, Any],
        channel: Literal["counter", "post"] = "counter",
        documents: Names | None = None,
        exemption_groups: Names | None = None,
        unit: Name | None = None,
    ) -> dict[str, Any]:
        wish = Rehearsal(
            procedure,
            channel,
            answers,
            documents or [],
            exemption_groups or [],
            unit,
        )
        return self.app.rehearse(wish, by=actor.current())

    @command
    def strike_paper(self, dossier_id: UUID, document: Name) -> int:
        return self.app.strike_paper(dossier_id, document, by=actor.current())

    @command
    def hand_over_result(
        self,
        dossier_id: UUID,
        receiver: Text = "",
        signature: Drawn = "",
        is_on_paper: bool = False,
    ) -> int:
        by = actor.current()
        receipt = Receipt(signature, is_on_paper)
        return self.app.hand_over_result(dossier_id, receiver, receipt=receipt, by=by)
