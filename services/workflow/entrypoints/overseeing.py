"""The figures, over the bus."""

from __future__ import annotations

from typing import Any, Literal, Required

from pydantic import ConfigDict, with_config
from typing_extensions import TypedDict, Unpack

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


@with_config(ConfigDict(extra="forbid"))
class Period(TypedDict, total=False):
    """From which day to which, and of which cases."""

    since: Required[Day]
    until: Required[Day]
    unit: Name | None
    procedure: Name | None
    channel: Name | None
    receiver: Name | None


class OverseeingEntrypoints:
    app: Overseeing

    @question
    def statistics(self, **period: Unpack[Period]) -> dict[str, Any]:
        return self.app.statistics(figures_of(period), by=actor.current())

    @question
    def trend(self, **period: Unpack[Period]) -> dict[str, Any]:
        return self.app.trend(figures_of(period), by=actor.current())

    @question
    def bottlenecks(self, **period: Unpack[Period]) -> list[dict[str, Any]]:
        return self.app.bottlenecks(figures_of(period), by=actor.current())

    @question
    def figured_cases(
        self,
        name: Counted,
        step: Name | None = None,
        after: Word | None = None,
        limit: Limit = 50,
        **period: Unpack[Period],
    ) -> dict[str, Any]:
        wanted = Figured(name, step, after=after, limit=limit)
        return self.app.figured_cases(figures_of(period), wanted, by=actor.current())


def figures_of(period: Period) -> Figures:
    choice = Choice(
        period.get("unit"),
        period.get("procedure"),
        period.get("channel"),
        period.get("receiver"),
    )
    return Figures(period["since"], period["until"], choice)
