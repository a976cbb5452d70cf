"""Dossier codes: `{unit}-{yymmdd}-{seq}`, a series for each unit and day."""

from __future__ import annotations

from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from shared.eventsourcing import Aggregate

DIGITS = 4  # at least; after 9,999 on one day the number simply grows


class CodeCounter(Aggregate):
    """The numbers one unit has given on one day. None is ever given twice."""

    TOPIC = "intake.code-counter"

    class Begun(Aggregate.Event, AggregateCreated):
        TOPIC = "intake.code-counter.begun"

        unit_code: str
        day: str

    def __init__(self, *, unit_code: str, day: str) -> None:
        self.unit_code = unit_code
        self.day = day
        self.last = 0

    @staticmethod
    def create_id(unit_code: str, day: str) -> UUID:
        return uuid5(NAMESPACE_URL, f"intake/code-counter/{unit_code}/{day}")

    def draw(self, dossier_id: UUID) -> str:
        """The next code, for good: what becomes of its dossier changes nothing."""
        self.trigger_event(self.Drawn, number=self.last + 1, drawn_for=dossier_id)
        day = f"{date.fromisoformat(self.day):%y%m%d}"
        return f"{self.unit_code}-{day}-{self.last:0{DIGITS}}"

    class Drawn(Aggregate.Event):
        TOPIC = "intake.code-counter.drawn"

        number: int
        drawn_for: UUID

        def apply(self, aggregate: CodeCounter) -> None:
            aggregate.last = self.number
