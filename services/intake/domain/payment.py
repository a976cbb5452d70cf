"""An attempt to pay online. Only the gateway's notice says how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from eventsourcing.domain import AggregateCreated

from services.intake.domain.record import Text
from shared.eventsourcing import Aggregate
from shared.personal import Personal

BEGUN, SUCCEEDED, FAILED, EXPIRED = "begun", "succeeded", "failed", "expired"


@dataclass(frozen=True)
class Wish:
    """What whoever wants to pay brings along: where from, and the way back."""

    return_url: str
    ip: str
    language: str


class Payment(Aggregate):
    """The outstanding amount of a dossier, for as long as the gateway's page is open.

    Several may be begun for one dossier: each has a reference of its own.
    """

    TOPIC = "intake.payment"

    class Begun(Aggregate.Event, AggregateCreated):
        TOPIC = "intake.payment.begun"

        amount: int
        method: str
        txn_ref: str
        info: str
        return_url: str
        ip: Text
        language: str
        begun_at: datetime
        expires_at: datetime

    def __init__(  # noqa: PLR0913 (one parameter for each fact of its first event)
        self,
        *,
        id: UUID,
        dossier_id: UUID,
        amount: int,
        method: str,
        txn_ref: str,
        info: str,
        return_url: str,
        ip: Text,
        language: str,
        begun_at: datetime,
        expires_at: datetime,
    ) -> None:
        self.dossier_id = self.paid_for = dossier_id
        self.amount = amount
        self.method = method
        self.txn_ref = txn_ref
        self.info = info
        self.return_url = return_url
        self.ip = ip
        self.language = language
        self.begun_at = begun_at
        self.expires_at = expires_at
        self.state = BEGUN
        self.transaction = self.reason = ""

    @property
    def address(self) -> str:
        """From where it was begun; nowhere once the payer is forgotten."""
        return self.ip.value if isinstance(self.ip, Personal) else "0.0.0.0"  # noqa: S104 - no address to listen at

    def state_at(self, now: datetime) -> str:
        """An attempt whose time is over can no longer be continued."""
        is_over = self.state == BEGUN and now > self.expires_at
        return EXPIRED if is_over else self.state

    def succeed(self, transaction: str) -> None:
        self.trigger_event(self.Succeeded, transaction=transaction)

    class Succeeded(Aggregate.Event):
        TOPIC = "intake.payment.succeeded"

        transaction: str

        def apply(self, aggregate: Payment) -> None:
            aggregate.state = SUCCEEDED
            aggregate.transaction = self.transaction

    def fail(self, reason: str) -> None:
        """The payer gave up, or the bank refused; `reason` is the gateway's code."""
        self.trigger_event(self.Failed, reason=reason)

    class Failed(Aggregate.Event):
        TOPIC = "intake.payment.failed"

        reason: str

        def apply(self, aggregate: Payment) -> None:
            aggregate.state = FAILED
            aggregate.reason = self.reason

    def expire(self) -> None:
        """Money came only after the time was over: a person decides about it."""
        self.trigger_event(self.Expired)

    class Expired(Aggregate.Event):
        TOPIC = "intake.payment.expired"

        def apply(self, aggregate: Payment) -> None:
            aggregate.state = EXPIRED
