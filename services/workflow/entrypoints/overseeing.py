"""The figures, over the bus."""

from __future__ import annotations

from typing import Any, Literal

from services.workflow.entrypoints.words import Day, Limit, Name, Word
from services.workflow.figures import Choice, Figures
from services.workflow.overseeing import Overseeing
from services.workflow.ports import Figured
from shared import actor
from shared.messaging.rpc import question

Counted = Literal[
    "received",
    "ended",
    "ended_on_time",
    "ended_late",
    "late_with_apology",
    "open",
    "open_overdue",
]


class OverseeingEntrypoints:
    app: Overseeing

    @question
    def statistics(
        self,
        since: Day,
        until: Day,
        unit: Name | None = None,
        procedure: Name | None = None,
        channel: Name | None = None,
    ) -> dict[str, Any]:
        figures = Figures(since, until, Choice(unit, procedure, channel))
        return self.app.statistics(figures, by=actor.current())

    @question
    def trend(
        self,
        since: Day,
        until: Day,
        unit: Name | None = None,
        procedure: Name | None = None,
        channel: Name | None = None,
    ) -> dict[str, Any]:
        figures = Figures(since, until, Choice(unit, procedure, channel))
        return self.app.trend(figures, by=actor.current())

    @question
    def bottlenecks(
        self,
        since: Day,
        until: Day,
        unit: Name | None = None,
        procedure: Name | None = None,
        channel: Name | None = None,
    ) -> list[dict[str, Any]]:
        figures = Figures(since, until, Choice(unit, procedure, channel))
        return self.app.bottlenecks(figures, by=actor.current())

    @question
    def figured_cases(  # noqa: PLR0913 - which period, which cases, which count
        self,
        name: Counted,
        since: Day,
        until: Day,
        unit: Name | None = None,
        procedure: Name | None = None,
        channel: Name | None = None,
        receiver: Name | None = None,
        step: Name | None = None,
        after: Word | None = None,
        limit: Limit = 50,
    ) -> dict[str, Any]:
        choice = Choice(unit, procedure, channel, receiver)
        wanted = Figured(name, step, after=after, limit=limit)
        by = actor.current()
        return self.app.figured_cases(Figures(since, until, choice), wanted, by=by)
