"""Money that came in for a dossier: at the counter, online, by transfer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from services.intake.domain import fees
from services.intake.domain.filing import Filing
from services.intake.domain.record import Text
from services.intake.domain.rules import Rules
from services.intake.errors import (
    FeeNotKnownError,
    NothingToPayError,
    PaymentInvalidError,
)
from shared.actor import Actor
from shared.eventsourcing import Aggregate
from shared.personal import Personal


@dataclass(frozen=True)
class Income:
    """Money that is here: how it came, and under which number of a bank."""

    payment_id: UUID
    amount: int
    method: str
    paid_at: datetime
    bank_reference: str = ""


class Paying(Filing):
    def record_payment(
        self, payment: dict[str, Any], *, rules: Rules, by: Actor, now: datetime
    ) -> None:
        """Money taken at the counter: cash, card, or a transfer by its reference."""
        self.require_cash_desk(rules, by)
        self.require_alive()
        self.assess_fees(rules, now)
        due = self.balance
        if due is None or not 0 < payment["amount"] <= due:
            raise PaymentInvalidError(payment["amount"])
        payment_id = uuid5(self.id, f"payment {self.version + 1}")
        income = Income(payment_id, payment["amount"], payment["method"], now)
        about = self.personal(payment["reference"])
        officer = Personal(by.subject, by.name)
        self._enter(income, self._papers(rules, now), reference=about, officer=officer)

    def take(self, income: Income, *, rules: Rules, now: datetime) -> None:
        """Money that is here already: kept in order, be it more than was due."""
        self.require_alive()
        self.assess_fees(rules, now)
        self._enter(income, self._papers(rules, now))

    def _enter(
        self,
        income: Income,
        papers: dict[str, Any],
        *,
        reference: Personal | None = None,
        officer: Personal | None = None,
    ) -> None:
        with self.settling():
            self.trigger_event(
                self.PaymentRecorded,
                **vars(income),
                **papers,
                reference=reference,
                lines=list(fees.lines(self.charges, self.paid, income.amount)),
                code=self.code,
                officer=officer,
            )

    def _papers(self, rules: Rules, now: datetime) -> dict[str, Any]:
        """What a receipt has to say besides the money."""
        filled = self.fill(rules, now)
        return {
            "about": self.about(rules, filled),
            "presentation": self.told(rules, filled)["presentation"],
        }

    class PaymentRecorded(Aggregate.Event):
        """`reference` is what a cashier noted, `bank_reference` a bank's number."""

        TOPIC = "intake.dossier.payment-recorded"

        amount: int
        method: str
        reference: Text | None
        payment_id: UUID | None = None
        paid_at: datetime | None = None
        bank_reference: str = ""
        lines: list[dict[str, Any]] | None = None
        code: str | None = None
        about: dict[str, Any] | None = None
        presentation: Text | None = None
        officer: Text | None = None

        def apply(self, aggregate: Paying) -> None:
            version = str(self.originator_version)
            aggregate.payments.append(
                {
                    "payment_id": self.payment_id or uuid5(self.originator_id, version),
                    "amount": self.amount,
                    "method": self.method,
                    "reference": self.reference,
                    "bank_reference": self.bank_reference,
                    "paid_at": (self.paid_at or self.timestamp).isoformat(),
                    "refunded": 0,
                }
            )

    def require_cash_desk(self, rules: Rules, by: Actor) -> None:
        """The desks that receive it, and the cashiers of who collects a fee of it."""
        is_collector = by.agency in rules.collectors and not self.is_private
        if not (by.has("cashier") and is_collector):
            self.require_desk(rules, by, "front_desk", "cashier")

    def payable(self, rules: Rules, now: datetime) -> int:
        """What can be paid now, by whichever way; a draft has to be handed in first."""
        self.require_alive()
        due = fees.outstanding(
            [*self.fees_now(rules, now), *self.added_fees], self.paid
        )
        if due is None:
            raise FeeNotKnownError(str(self.id))
        if due == 0 or self.is_private:
            raise NothingToPayError(str(self.id))
        return due

    def fees_now(self, rules: Rules, now: datetime) -> list[dict[str, Any]]:
        """As assessed when it was handed in; before, as they would be today."""
        return self.fees or self.fees_on(rules, now)
