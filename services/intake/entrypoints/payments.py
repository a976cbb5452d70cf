"""Money, over the bus."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from services.intake.domain.payment import Wish
from services.intake.domain.transfer import Line
from services.intake.ports import Wanted
from services.intake.reconciliation import Reconciliation
from shared import actor
from shared.messaging.rpc import command, question

MOST = 10**12  # dong: more than any fee, and still said in words
FIRST, LAST = 2000, 2099  # years in which a bank may have booked something


def in_our_time(moment: datetime) -> datetime:
    if not FIRST <= moment.year <= LAST:
        raise ValueError(f"{FIRST} to {LAST}")
    return moment


Amount = Annotated[int, Field(gt=0, le=MOST)]
Moment = Annotated[AwareDatetime, AfterValidator(in_our_time)]
Text = Annotated[str, Field(max_length=4_000)]
Short = Annotated[str, Field(max_length=500)]
Address = Annotated[str, Field(pattern=r"^https?://", max_length=500)]
Ip = Annotated[str, Field(pattern=r"^[0-9A-Fa-f:.]{2,45}$")]
Params = Annotated[dict[str, str], Field(max_length=50)]
Limit = Annotated[int, Field(ge=1, le=200)]
Method = Literal["cash", "card", "transfer"]
State = Literal["open", "matched", "dismissed"]


class StatementLine(BaseModel):
    """A line of a bank's statement."""

    bank_ref: Annotated[str, Field(pattern=r"^[A-Za-z0-9._/:-]{1,64}$")]
    amount: Amount
    booked_at: Moment
    text: Short = ""
    reference: Short = ""


Lines = Annotated[list[StatementLine], Field(min_length=1, max_length=500)]


class PaymentEntrypoints:
    app: Reconciliation

    @command
    def record_payment(
        self,
        dossier_id: UUID,
        amount: Amount,
        method: Method,
        reference: Text = "",
    ) -> int:
        payment = {"amount": amount, "method": method, "reference": reference}
        return self.app.record_payment(dossier_id, payment, by=actor.current())

    @command
    def begin_payment(
        self,
        dossier_id: UUID,
        payment_id: UUID,
        return_url: Address,
        ip: Ip,
        language: Literal["vi", "en", "fr"] = "vi",
    ) -> int:
        wish = Wish(return_url, ip, language)
        by = actor.current()
        return self.app.begin_payment(dossier_id, payment_id, wish, by=by)

    @question
    def payment(self, payment_id: UUID) -> dict[str, Any]:
        return self.app.payment(payment_id, by=actor.current())

    @question
    def ways_to_pay(self, dossier_id: UUID) -> dict[str, Any]:
        return self.app.ways_to_pay(dossier_id, by=actor.current())

    @question
    def take_vnpay_notice(self, params: Params) -> dict[str, str]:
        return self.app.take_vnpay_notice(params, by=actor.current())

    @command
    def take_transfers(self, lines: Lines) -> int:
        told = [Line(**each.model_dump()) for each in lines]
        return self.app.take_transfers(told, by=actor.current())

    @question
    def reconciliation(
        self,
        state: State | None = None,
        limit: Limit = 50,
        after: str | None = None,
        seen: int | None = None,
    ) -> dict[str, Any]:
        wanted = Wanted(state, limit, after, seen)
        return self.app.reconciliation(wanted, by=actor.current())

    @command
    def match_transfer(self, transfer_id: UUID, dossier_id: UUID) -> int:
        return self.app.match_transfer(transfer_id, dossier_id, by=actor.current())

    @command
    def dismiss_transfer(self, transfer_id: UUID, reason: Text) -> int:
        return self.app.dismiss_transfer(transfer_id, reason, by=actor.current())

    @question
    def refunds(
        self, limit: Limit = 50, after: str | None = None, seen: int | None = None
    ) -> dict[str, Any]:
        wanted = Wanted(limit=limit, after=after, seen=seen)
        return self.app.refunds(wanted, by=actor.current())

    @question
    def refund(self, dossier_id: UUID) -> dict[str, Any]:
        return self.app.refund(dossier_id, by=actor.current())

    @command
    def propose_refund(
        self, dossier_id: UUID, payment_id: UUID, amount: Amount, reason: Text
    ) -> int:
        by = actor.current()
        return self.app.propose_refund(
            dossier_id, payment_id, amount, reason=reason, by=by
        )

    @command
    def decide_refund(
        self, dossier_id: UUID, payment_id: UUID, granted: bool, reason: Text = ""
    ) -> int:
        by = actor.current()
        return self.app.decide_refund(
            dossier_id, payment_id, granted=granted, reason=reason, by=by
        )
