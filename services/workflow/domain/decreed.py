"""What a decree does to one case: it freezes it, gives it time, or prefers it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from services.workflow.domain.clock_state import Hold
from services.workflow.domain.deadline import Deadline
from services.workflow.domain.decree import Decree
from services.workflow.domain.duty import Duty
from services.workflow.domain.state import Act, CaseState
from shared.eventsourcing import Aggregate
from shared.legal_time import Extension


class Decreed(Deadline):
    def decree_duties(self, act: Act) -> Iterator[Duty]:
        """Each decree begins once for a case, and ends once."""
        for decree in act.gazette.decrees.values() if act.gazette else ():
            if decree.id not in self.decrees and decree.concerns(self):
                begins = max(decree.since, self.received_at)
                yield Duty(begins, partial(self.apply_decree, decree))
            elif decree.ends_at and self._is_under(decree.id):
                yield Duty(decree.ends_at, partial(self.leave_decree, decree))

    def heed_decrees(self, act: Act) -> None:
        """A case that begins while a decree is in force falls under it, too."""
        for duty in list(self.decree_duties(act)):
            if duty.at <= act.now:
                duty.do(act)

    def _is_under(self, decree_id: UUID) -> bool:
        return decree_id in self.freezes | self.preferences

    def apply_decree(self, decree: Decree, act: Act) -> None:
        self.trigger_event(
            self.DecreeApplied,
            decree_id=decree.id,
            effect=decree.effect,
            legal_basis=decree.legal_basis,
            since=act.now,
            until=decree.until,
            value=decree.value,
            unit=decree.unit,
        )
        if decree.effect == "extend":
            self.move_due_date("decree", act)

    class DecreeApplied(Aggregate.Event):
        TOPIC = "workflow.case.decree-applied"

        decree_id: UUID
        effect: str
        legal_basis: str
        since: datetime
        until: datetime | None
        value: int | None
        unit: str | None

        def apply(self, aggregate: CaseState) -> None:
            aggregate.decrees[self.decree_id] = self.effect
            if self.effect == "freeze":
                aggregate.freezes.add(self.decree_id)
                aggregate.hold(Hold.DECREE, self.since)
            elif self.effect == "priority":
                aggregate.preferences.add(self.decree_id)
            elif self.value and self.unit:
                more = Extension(self.since, self.value, self.unit, self.legal_basis)
                aggregate.decreed.append(more)

    def leave_decree(self, decree: Decree, act: Act) -> None:
        self.trigger_event(
            self.DecreeEnded,
            decree_id=decree.id,
            effect=decree.effect,
            ended_at=act.now,
        )
        if decree.effect == "freeze":
            self.move_due_date("decree", act)

    class DecreeEnded(Aggregate.Event):
        """What was frozen goes on, what was preferred queues again."""

        TOPIC = "workflow.case.decree-ended"

        decree_id: UUID
        effect: str
        ended_at: datetime

        def apply(self, aggregate: CaseState) -> None:
            aggregate.preferences.discard(self.decree_id)
            aggregate.freezes.discard(self.decree_id)
            if self.effect == "freeze" and not aggregate.freezes:
                aggregate.release(Hold.DECREE, self.ended_at)
