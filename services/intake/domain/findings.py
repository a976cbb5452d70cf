"""What the agencies find out on the way, as far as the fees depend on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.intake.domain.money import Money
from services.intake.domain.record import Text
from services.intake.domain.rules import Rules
from shared.eventsourcing import Aggregate


@dataclass(frozen=True)
class Finding:
    """How a step ended, and what was found out at it."""

    step: str
    outcome: str | None
    facts: Text | None


class Findings(Money):
    def learn_of_finding(
        self, finding: Finding, *, rules: Rules, now: datetime
    ) -> None:
        """An amount may be known now, or be another one."""
        if not self.received_at or self.is_over or not rules.charges_by_findings:
            return
        with self.settling():
            self.trigger_event(self.StepLearned, **vars(finding))
            self.assess_fees(rules, now)

    class StepLearned(Aggregate.Event):
        TOPIC = "intake.dossier.step-learned"

        step: str
        outcome: str | None
        facts: Text | None

        def apply(self, aggregate: Findings) -> None:
            aggregate.outcomes[self.step] = self.outcome
            if self.facts:
                aggregate.facts.append(self.facts)
