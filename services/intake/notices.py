"""What the payment gateway tells: money moves on its signed word, on nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventsourcing.persistence import IntegrityError

from services.intake.domain.paying import Income
from services.intake.domain.payment import BEGUN, Payment
from services.intake.domain.transfer import Line, Transfer
from services.intake.errors import PaymentNotFoundError
from services.intake.payments import Payments
from services.intake.ports import DONG, Notice
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import ATTEMPTS

Answer = dict[str, str]

CONFIRMED = {"RspCode": "00", "Message": "Confirm Success"}
NOT_FOUND = {"RspCode": "01", "Message": "Order not found"}
KNOWN = {"RspCode": "02", "Message": "Order already confirmed"}
WRONG_AMOUNT = {"RspCode": "04", "Message": "Invalid amount"}
FORGED = {"RspCode": "97", "Message": "Invalid signature"}
OTHER = {"RspCode": "99", "Message": "Unknown error"}


class GatewayNotices(Payments):
    def take_vnpay_notice(self, params: Mapping[str, str], *, by: Actor) -> Answer:
        """The gateway says how an attempt ended; its signature is the proof."""
        if by.kind != "system":
            raise NotAllowedError(by.subject)
        gateway = self.treasury.gateway
        if gateway is None:
            return OTHER
        if not gateway.is_genuine(params):
            return FORGED
        notice = gateway.read(params)
        return self._again(lambda: self._hear(notice)) if notice else OTHER

    def _hear(self, notice: Notice) -> Answer:
        try:
            payment = self._payment(UUID(notice.txn_ref))
        except (ValueError, PaymentNotFoundError):
            return NOT_FOUND
        heard = Heard(notice, payment)
        if not notice.fits(payment):
            self._keep(heard, "amount-differs")
            return WRONG_AMOUNT
        if payment.state != BEGUN:
            is_new = heard.is_of_another and self._keep(heard, "paid-again")
            return CONFIRMED if is_new else KNOWN
        if notice.is_paid:
            self._succeed(heard)
        else:
            payment.fail(notice.code)
            self.commit(payment)
        return CONFIRMED

    def _succeed(self, heard: Heard) -> None:
        """The fee is paid, unless it came too late, or for what has ended."""
        payment, now = heard.payment, self.clock()
        income = heard.income(now)
        if payment.state_at(income.paid_at) != BEGUN:
            payment.expire()
            self.commit(payment, heard.transfer(now, "too-late"))
            return
        payment.succeed(heard.notice.transaction)
        dossier, rules = self._open(payment.paid_for)
        if dossier.is_over:
            self.commit(payment, heard.transfer(now, "dossier-closed"))
            return
        dossier.take(income, rules=rules, now=now)
        dossier.return_online()
        self.commit(payment, dossier)

    def _keep(self, heard: Heard, reason: str) -> bool:
        """Money that does not fit waits for a person, once; was it new?"""
        transfer = heard.transfer(self.clock(), reason)
        if not heard.notice.is_paid or self._find(transfer.id):
            return False
        self.commit(transfer)
        return True

    def _again(self, act: Callable[[], Answer]) -> Answer:
        """Who meets another's save looks again, and acts on what is true by then."""
        for _ in range(ATTEMPTS):
            try:
                return act()
            except IntegrityError:
                continue
        return OTHER


@dataclass(frozen=True)
class Heard:
    """A notice, and the attempt it is about."""

    notice: Notice
    payment: Payment

    @property
    def is_of_another(self) -> bool:
        """Money came, though not by the transaction that is known already."""
        return (
            self.notice.is_paid and self.notice.transaction != self.payment.transaction
        )

    def paid_at(self, now: datetime) -> datetime:
        return self.notice.paid_at or now

    def income(self, now: datetime) -> Income:
        return Income(
            payment_id=self.payment.id,
            amount=self.payment.amount,
            method=self.payment.method,
            paid_at=self.paid_at(now),
            bank_reference=self.notice.transaction or self.payment.txn_ref,
        )

    def transfer(self, now: datetime, reason: str) -> Transfer:
        """As an entry of the reconciliation queue, with what is known."""
        line = Line(
            bank_ref=f"{self.payment.txn_ref}/{self.notice.transaction}",
            amount=self.notice.hundredths // DONG,
            booked_at=self.paid_at(now),
            text=self.payment.info,
            source=self.payment.method,
        )
        payer = self.payment.ip.subject
        return Transfer.of(
            line, reason=reason, dossier_id=self.payment.paid_for, payer=payer
        )
