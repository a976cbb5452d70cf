"""An intake that takes money by all ways, and a gateway's word as it would come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from services.intake.application import IntakeApplication
from services.intake.domain import Dossier, Transfer
from services.intake.domain.payment import Wish
from services.intake.domain.references import squeezed
from services.intake.domain.transfer import Line
from services.intake.domain.vietqr import BankAccount
from services.intake.gateways.vnpay import VNPay, signature, written
from services.intake.ports import Row, Treasury, Wanted
from shared.actor import SYSTEM, Actor
from tests.builders import an_applicant
from tests.builders.intake import NOW, an_intake

SECRET, TERMINAL = "TESTSECRET", "DEMO0001"
GATEWAY = VNPay(TERMINAL, SECRET, "https://pay.example.vn/vpcpay.html")
ACCOUNT = BankAccount("970436", "0011001234567", "TTPVHCC XA EA KLY")
WISH = Wish("https://dvc.example.vn/pay/return", "203.0.113.5", "vi")


class LedgerOfTheLog:
    """Reads the whole log at every question: it is never behind."""

    app: IntakeApplication

    def events(self) -> Iterator[Any]:
        for stored in self.app.recorder.select_notifications(1, 10_000):
            yield self.app.mapper.to_domain_event(stored)

    def dossiers(self, references: Iterable[str]) -> list[UUID]:
        wanted, found = set(references), dict[UUID, None]()
        for event in self.events():
            code = getattr(event, "tracking_code", None)
            if isinstance(event, Dossier.Accepted):
                code = event.code
            if code and squeezed(code) in wanted:
                found[event.originator_id] = None
        return list(found)

    def page(self, wanted: Wanted) -> list[Row]:
        rows = [
            {"transfer_id": each.originator_id, "booked_at": each.booked_at}
            for each in self.events()
            if isinstance(each, Transfer.Booked)
        ]
        return [row for row in rows if self.is_wanted(row, wanted)]

    def is_wanted(self, row: Row, wanted: Wanted) -> bool:
        transfer: Transfer = self.app.repository.get(row["transfer_id"])
        return wanted.state in (None, transfer.state)

    def refunds(self, wanted: Wanted, unit: str | None) -> list[Row]:
        waiting: dict[UUID, Row] = {}
        for each in self.events():
            id = each.originator_id
            if isinstance(each, Dossier.RefundProposed):
                if unit is None or unit in (each.units or [unit]):
                    waiting[id] = {"proposed_at": each.timestamp, "dossier_id": id}
            elif isinstance(each, Dossier.RefundDecided):
                waiting.pop(id, None)
        rows, place = waiting.values(), wanted.place
        after = [row for row in rows if place is None or tuple(row.values()) > place]
        return after[: wanted.limit + 1]

    def wait(
        self, application_name: str, notification_id: int | None, timeout: float
    ) -> None:
        return None


def a_treasury(*slugs: str, now: datetime = NOW) -> IntakeApplication:
    ledger = LedgerOfTheLog()
    intake = an_intake(*slugs, now=now)
    intake.treasury = Treasury(ledger, GATEWAY, ACCOUNT)
    ledger.app = intake
    return intake


def a_begun_payment(
    intake: IntakeApplication, dossier_id: UUID, by: Actor | None = None
) -> UUID:
    payment_id = uuid4()
    intake.begin_payment(dossier_id, payment_id, WISH, by=by or an_applicant())
    return payment_id


def a_notice(payment_id: UUID, amount: int, **changed: str) -> dict[str, str]:
    """Signed by the gateway, with what is `changed`."""
    params = {
        "vnp_Amount": str(amount * 100),
        "vnp_BankCode": "NCB",
        "vnp_CardType": "ATM",
        "vnp_OrderInfo": "Thanh toan ho so",
        "vnp_PayDate": written(NOW + timedelta(minutes=2)),
        "vnp_ResponseCode": "00",
        "vnp_TmnCode": TERMINAL,
        "vnp_TransactionNo": "14226112",
        "vnp_TransactionStatus": "00",
        "vnp_TxnRef": payment_id.hex,
    }
    return signed(params | changed)


def signed(params: dict[str, str]) -> dict[str, str]:
    return params | {"vnp_SecureHash": signature(params, SECRET)}


def told(intake: IntakeApplication, notice: dict[str, str]) -> str:
    """The code with which the gateway is answered."""
    return intake.take_vnpay_notice(notice, by=SYSTEM)["RspCode"]


def a_line(amount: int, text: str, *, bank_ref: str = "FT26325001") -> Line:
    return Line(bank_ref=bank_ref, amount=amount, booked_at=NOW, text=text)
