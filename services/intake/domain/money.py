"""The money of a dossier: what it costs, who is exempt, what a review adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from services.intake.domain import fees
from services.intake.domain.record import DossierRecord, day, known
from services.intake.domain.rules import Rules
from services.intake.errors import ExemptionUnknownError
from shared.actor import Actor
from shared.eventsourcing import Aggregate


class Money(DossierRecord):
    def accept_exemption(
        self, group: str, *, rules: Rules, by: Actor, now: datetime
    ) -> None:
        """The applicant has proven to belong to a group that need not pay."""
        self.require_desk(rules, by, "front_desk")
        self.require_alive()
        known = {each for fee in rules.definition["fees"] for each in fee["exemptions"]}
        if group not in known:
            raise ExemptionUnknownError(group)
        if group in self.exemption_groups:
            return
        with self.settling():
            self.trigger_event(self.ExemptionAccepted, group=group)
            self.assess_fees(rules, now)

    class ExemptionAccepted(Aggregate.Event):
        TOPIC = "intake.dossier.exemption-accepted"

        group: str

        def apply(self, aggregate: Money) -> None:
            aggregate.exemption_groups.append(self.group)

    def assess_fees(self, rules: Rules, now: datetime) -> None:
        """Fix what the dossier costs, by the rates of the day it was handed in."""
        assessed = self.fees_on(rules, now)
        if assessed != self.fees:
            self.trigger_event(self.FeesAssessed, fees=assessed)

    def fees_on(self, rules: Rules, now: datetime) -> list[dict[str, Any]]:
        names = self.fill(rules, now).names
        assessed = fees.assess(
            rules.definition["fees"],
            names=rules.with_findings(names, self.outcomes, known(self.facts)),
            day=day(self.submitted_at or now),
            exempt=self.exemption_groups,
        )
        return fees.closed(assessed) if self.result else assessed

    def close_fees(self) -> None:
        """What nobody found out before the result was there is not charged."""
        if self.result and (closed := fees.closed(self.fees)) != self.fees:
            with self.settling():
                self.trigger_event(self.FeesAssessed, fees=closed)

    class FeesAssessed(Aggregate.Event):
        TOPIC = "intake.dossier.fees-assessed"

        fees: list[dict[str, Any]]

        def apply(self, aggregate: Money) -> None:
            aggregate.fees = self.fees

    def add_fee(
        self, asked: UUID, amount: int, *, name: Mapping[str, str], legal_basis: str
    ) -> None:
        """A review found that more has to be paid; `asked` is its one request (T11)."""
        is_known = any(each["asked"] == str(asked) for each in self.added_fees)
        if is_known or self.is_over:
            return
        fee = fees.asked(amount, name, legal_basis)
        self.trigger_event(self.FeeAdded, fee={**fee, "asked": str(asked)})
        if self.balance == 0:  # paid in excess before: nothing more will come
            self.trigger_event(self.FeesSettled)

    class FeeAdded(Aggregate.Event):
        TOPIC = "intake.dossier.fee-added"

        fee: dict[str, Any]

        def apply(self, aggregate: Money) -> None:
            aggregate.added_fees.append(self.fee)

    @contextmanager
    def settling(self) -> Iterator[None]:
        """After acceptance the others must know when nothing remains to be paid."""
        before = self.balance
        yield
        if self.received_at and before != 0 and self.balance == 0:
            self.trigger_event(self.FeesSettled)

    class FeesSettled(Aggregate.Event):
        TOPIC = "intake.dossier.fees-settled"

        def apply(self, aggregate: Money) -> None:
            """What is settled follows from the payments."""
