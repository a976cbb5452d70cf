"""What one can ask of intake about money: pay, and how one can."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.intake.domain import Dossier
from services.intake.domain.payment import BEGUN, Payment, Wish
from services.intake.domain.vietqr import payload, purpose_of
from services.intake.dossiers import require_random
from services.intake.errors import (
    OnlinePaymentNotOfferedError,
    PaymentNotFoundError,
)
from services.intake.refunding import Refunding
from shared.actor import Actor
from shared.personal import Personal

PAY_WITHIN = timedelta(minutes=15)


class Payments(Refunding):
    def record_payment(
        self, dossier_id: UUID, payment: dict[str, Any], *, by: Actor
    ) -> int:
        dossier, rules = self._open(dossier_id)
        dossier.record_payment(payment, rules=rules, by=by, now=self.clock())
        dossier.return_online()
        return self.commit(dossier)

    def begin_payment(
        self, dossier_id: UUID, payment_id: UUID, wish: Wish, *, by: Actor
    ) -> int:
        """Open an attempt to pay what is due. Nobody outside is asked for anything."""
        require_random(payment_id)
        dossier, rules = self._open(dossier_id)
        if not dossier.may(by, "pay"):
            dossier.require_desk(rules, by, "front_desk")
        now = self.clock()
        amount = dossier.payable(rules, now)
        if (gateway := self.treasury.gateway) is None:
            raise OnlinePaymentNotOfferedError(str(dossier_id))
        payment = Payment(
            id=payment_id,
            dossier_id=dossier_id,
            amount=amount,
            method=gateway.method,
            txn_ref=payment_id.hex,
            info=f"Thanh toan ho so {reference(dossier)}",
            return_url=wish.return_url,
            ip=Personal(dossier.applicant, wish.ip),
            language=wish.language,
            begun_at=now,
            expires_at=now + PAY_WITHIN,
        )
        return self.commit(payment)

    def payment(self, payment_id: UUID, *, by: Actor) -> dict[str, Any]:
        """An attempt: how it stands, and while it can go on, where to."""
        payment = self._payment(payment_id)
        dossier, _ = self._seen(payment.paid_for, by)
        state, gateway = payment.state_at(self.clock()), self.treasury.gateway
        can_go_on = gateway and state == BEGUN
        return {
            "payment_id": str(payment.id),
            "dossier_id": str(payment.paid_for),
            "state": state,
            "amount": payment.amount,
            "method": payment.method,
            "reason": payment.reason,
            "expires_at": payment.expires_at.isoformat(),
            "url": gateway.address(payment) if gateway and can_go_on else None,
            "qr": self._code(dossier, payment.amount),
        }

    def ways_to_pay(self, dossier_id: UUID, *, by: Actor) -> dict[str, Any]:
        """What is due now, and how it can be paid besides at the counter."""
        dossier, rules = self._seen(dossier_id, by)
        amount, account = dossier.payable(rules, self.clock()), self.treasury.account
        return {
            "amount": amount,
            "reference": reference(dossier),
            "online": self.treasury.gateway is not None,
            "account": account and vars(account),
            "qr": self._code(dossier, amount),
            "unit": dossier.unit,
        }

    def _code(self, dossier: Dossier, amount: int) -> str | None:
        """What a banking app reads; none where no account was named."""
        account, purpose = self.treasury.account, purpose_of(reference(dossier))
        if account is None:
            return None
        return payload(account, amount=amount, purpose=purpose)

    def _payment(self, payment_id: UUID) -> Payment:
        found: Payment = self.load(payment_id, PaymentNotFoundError, kind=Payment)
        return found


def reference(dossier: Dossier) -> str:
    """By what money for it is known: its code; before it has one, its tracking code."""
    return dossier.code or dossier.tracking_code
