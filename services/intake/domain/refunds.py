"""Money that goes back: proposed at a desk, decided by somebody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.intake.domain.fees import COLLECTED, total
from services.intake.domain.record import DossierRecord, Text
from services.intake.domain.rules import Rules
from services.intake.errors import (
    NotRefundableError,
    PaymentNotFoundError,
    ReasonMissingError,
    RefundNotProposedError,
    RefundPendingError,
    SameOfficerError,
)
from shared.actor import Actor, require_stepped_up
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate

PROPOSERS = ("front_desk", "cashier")
DECIDERS = ("manager", "agency_leader")


class Refunds(DossierRecord):
    def propose_refund(
        self, payment_id: UUID, amount: int, reason: str, *, rules: Rules, by: Actor
    ) -> None:
        """Say what should go back, and why; also when the dossier has ended."""
        self.require_desk(rules, by, *PROPOSERS)
        payment = self._payment(payment_id)
        if (pending := self.refund) is not None:
            acted = pending["proposed_by"], pending["proposed_at"]
            raise RefundPendingError(str(self.id), acted)
        if not reason.strip():
            raise ReasonMissingError(str(self.id))
        if not 0 < amount <= self.refundable(payment):
            raise NotRefundableError(amount)
        self.trigger_event(
            self.RefundProposed,
            payment_id=payment_id,
            amount=amount,
            reason=self.personal(reason.strip()),
            proposed_by=by.subject,
            units=sorted({self.unit, rules.receiving_unit.id}),
        )

    class RefundProposed(Aggregate.Event):
        """`units` receive the dossier: who leads one of them may decide."""

        TOPIC = "intake.dossier.refund-proposed"

        payment_id: UUID
        amount: int
        reason: Text | None
        proposed_by: str
        units: list[str] | None = None

        def apply(self, aggregate: Refunds) -> None:
            aggregate.refund = {
                "payment_id": self.payment_id,
                "amount": self.amount,
                "reason": self.reason,
                "proposed_by": self.proposed_by,
                "proposed_at": self.timestamp.isoformat(),
            }

    def decide_refund(
        self, payment_id: UUID, reason: str, *, granted: bool, rules: Rules, by: Actor
    ) -> None:
        """Grant or deny it; another person than who proposed it.

        The treasury pays it back: no gateway is called, and that it is done is told.
        """
        if not self.decides_refunds(rules, by):
            raise NotAllowedError(str(self.id))
        payment, proposed = self._payment(payment_id), self.refund
        if proposed is None or proposed["payment_id"] != payment_id:
            raise RefundNotProposedError(str(payment_id), self.refund_decided)
        if by.subject == proposed["proposed_by"]:
            raise SameOfficerError(by.subject)
        require_stepped_up(by)
        if granted and proposed["amount"] > self.refundable(payment):
            raise NotRefundableError(proposed["amount"])
        surplus = min(self.surplus, proposed["amount"])
        self.trigger_event(
            self.RefundDecided,
            payment_id=payment_id,
            granted=granted,
            reason=self.personal(reason.strip()),
            decided_by=by.subject,
        )
        if granted:
            self.trigger_event(
                self.PaymentRefunded,
                payment_id=payment_id,
                amount=proposed["amount"],
                surplus=surplus,
                refunded_by=by.subject,
            )

    class RefundDecided(Aggregate.Event):
        TOPIC = "intake.dossier.refund-decided"

        payment_id: UUID
        granted: bool
        reason: Text | None
        decided_by: str

        def apply(self, aggregate: Refunds) -> None:
            aggregate.refund = None
            aggregate.refund_decided = self.decided_by, self.timestamp.isoformat()

    class PaymentRefunded(Aggregate.Event):
        """`surplus` is the part that was paid in excess; the rest was a fee."""

        TOPIC = "intake.dossier.payment-refunded"

        payment_id: UUID
        amount: int
        surplus: int
        refunded_by: str

        def apply(self, aggregate: Refunds) -> None:
            aggregate.surplus_refunded += self.surplus
            aggregate.fees_refunded += self.amount - self.surplus
            for payment in aggregate.payments:
                if payment["payment_id"] == self.payment_id:
                    payment["refunded"] += self.amount

    def proposes_refunds(self, rules: Rules, by: Actor) -> bool:
        is_theirs = self.is_received_by(rules, by) and not self.is_private
        return is_theirs and by.has(*PROPOSERS)

    def decides_refunds(self, rules: Rules, by: Actor) -> bool:
        """Who manages or leads a unit that receives it, and managers of receptions."""
        if self.is_private or by.agency is None:
            return False
        if by.has("manager") and rules.directory.is_reception(by.agency):
            return True
        return by.has(*DECIDERS) and self.is_received_by(rules, by)

    def shows_refunds(self, rules: Rules, by: Actor) -> bool:
        """To who may propose or decide one, and to auditors."""
        acts = self.proposes_refunds(rules, by) or self.decides_refunds(rules, by)
        return acts or (by.has("auditor") and not self.is_private)

    @property
    def surplus(self) -> int:
        """What was paid in excess; nothing while an amount is not known."""
        due = total(self.charges)
        return 0 if due is None else max(self.paid - due, 0)

    def refundable(self, payment: dict[str, Any]) -> int:
        """What may go back of a payment: the excess, and fees the law gives back."""
        given_back = sum(
            fee["amount"] or 0
            for fee in self.charges
            if fee.get("refundable") and fee["timing"] in COLLECTED
        )
        fees = min(given_back, self.paid - self.surplus) - self.fees_refunded
        left: int = payment["amount"] - payment["refunded"]
        return min(left, self.surplus + max(fees, 0))

    def _payment(self, payment_id: UUID) -> dict[str, Any]:
        for payment in self.payments:
            if payment["payment_id"] == payment_id:
                return payment
        raise PaymentNotFoundError(str(payment_id))
