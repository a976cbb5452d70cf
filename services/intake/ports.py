"""What intake needs around it for money: a gateway, a bank account, a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from services.intake.domain.payment import Payment
from services.intake.domain.vietqr import BankAccount
from services.intake.errors import CursorInvalidError

Place = tuple[datetime, UUID]  # in the order of the ledger: since when, and what
Row = dict[str, Any]
DONG = 100  # hundredths, in which gateways count


@dataclass(frozen=True)
class Notice:
    """What the gateway says of one attempt; amounts in hundredths, as it sends them."""

    txn_ref: str
    hundredths: int
    is_paid: bool
    code: str
    transaction: str
    paid_at: datetime | None

    def fits(self, payment: Payment) -> bool:
        return self.hundredths == payment.amount * DONG


class Gateway(Protocol):
    """Takes payers to a page of its own, and tells by notices how that ended."""

    method: str

    def address(self, payment: Payment) -> str:
        """Where the payer goes; signed, so that nobody changes the amount."""

    def is_genuine(self, params: Mapping[str, str]) -> bool:
        """The gateway itself said so, and nothing was changed on the way."""

    def read(self, params: Mapping[str, str]) -> Notice | None:
        """What it says; nothing when that cannot be made out."""


@dataclass(frozen=True)
class Wanted:
    """Which entries: transfers in one state or all, a page, and how fresh."""

    state: str | None = None
    limit: int = 50
    after: str | None = None
    seen: int | None = None

    @property
    def place(self) -> Place | None:
        """Where the page before ended."""
        if self.after is None:
            return None
        try:
            since, id = self.after.split("~")
            return datetime.fromisoformat(since), UUID(id)
        except ValueError:
            raise CursorInvalidError(self.after) from None


def cursor(since: datetime, id: UUID) -> str:
    """Where a page ends that ends with this entry."""
    return f"{since.isoformat()}~{id}"


class Ledger(Protocol):
    """Which dossier a reference is of; transfers and refunds, the oldest first."""

    def dossiers(self, references: Iterable[str]) -> list[UUID]:
        """All that go by one of these references."""

    def page(self, wanted: Wanted) -> list[Row]:
        """The transfers that are wanted, and one more where a page follows."""

    def refunds(self, wanted: Wanted, unit: str | None) -> list[Row]:
        """What is to go back, of one unit or of all, and nobody has decided."""

    def wait(
        self, application_name: str, notification_id: int | None, timeout: float
    ) -> None:
        """Return when this position of the log is shown, or raise TimeoutError."""


class NoLedger:
    """Where none is kept: nothing is known by its reference."""

    def dossiers(self, references: Iterable[str]) -> list[UUID]:
        return []

    def page(self, wanted: Wanted) -> list[Row]:
        return []

    def refunds(self, wanted: Wanted, unit: str | None) -> list[Row]:
        return []

    def wait(
        self, application_name: str, notification_id: int | None, timeout: float
    ) -> None:
        return None


@dataclass(frozen=True)
class Treasury:
    """Where money comes in besides the counter. What is not there is not offered."""

    ledger: Ledger
    gateway: Gateway | None = None
    account: BankAccount | None = None


COUNTER_ONLY = Treasury(NoLedger())
