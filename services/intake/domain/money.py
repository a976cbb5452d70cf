"""The money of a dossier: what it costs, who is exempt, what has been paid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from services.intake.domain import fees
from services.intake.domain.record import DossierRecord, Text, day
from services.intake.domain.rules import Rules
from services.intake.errors import ExemptionUnknownError, PaymentInvalidError
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
        return fees.assess(
            rules.definition["fees"],
            names=self.fill(rules, now).names,
            day=day(self.submitted_at or now),
            exempt=self.exemption_groups,
        )

    class FeesAssessed(Aggregate.Event):
        TOPIC = "intake.dossier.fees-assessed"

        fees: list[dict[str, Any]]

        def apply(self, aggregate: Money) -> None:
            aggregate.fees = self.fees

    def record_payment(
        self, payment: dict[str, Any], *, rules: Rules, by: Actor, now: datetime
    ) -> None:
        """Money taken at the counter: cash, card, or a transfer by its reference."""
        self.require_desk(rules, by, "front_desk", "cashier")
        self.require_alive()
        self.assess_fees(rules, now)
        due = self.balance
        if due is None or not 0 < payment["amount"] <= due:
            raise PaymentInvalidError(payment["amount"])
        with self.settling():
            about = self.personal(payment["reference"])
            self.trigger_event(self.PaymentRecorded, **{**payment, "reference": about})

    class PaymentRecorded(Aggregate.Event):
        TOPIC = "intake.dossier.payment-recorded"

        amount: int
        method: str
        reference: Text | None

        def apply(self, aggregate: Money) -> None:
            aggregate.payments.append(
                {
                    "amount": self.amount,
                    "method": self.method,
                    "reference": self.reference,
                    "paid_at": self.timestamp.isoformat(),
                }
            )

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
