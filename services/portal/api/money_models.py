"""What the API takes about money."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field

from services.portal.api.models import Asked, Done, Note, Short

Words = Annotated[str, Field(max_length=500)]
Amount = Annotated[int, Field(gt=0, le=10**12, description="Whole dong")]


class OnlinePayment(Asked):
    """An attempt to pay online what is due."""

    id: UUID | None = Field(None, description="Chosen by the asker, or made for them")


class OnlinePaymentAnswer(Done):
    """Where the payer goes; nothing is paid before the gateway has told us."""

    payment_id: UUID
    state: str = Field(description="begun, succeeded, failed or expired")
    amount: int
    url: str | None = Field(description="The gateway's page, while it can be paid")
    qr: str | None = Field(description="VietQR: what a banking app reads")


class StatementLine(Asked):
    """A line of a bank's statement."""

    bank_ref: Annotated[str, Field(pattern=r"^[A-Za-z0-9._/:-]{1,64}$")]
    amount: Amount
    booked_at: AwareDatetime
    text: Words = ""
    reference: Words = ""


class Statement(Asked):
    """What came in; a line that was told before changes nothing."""

    lines: Annotated[list[StatementLine], Field(min_length=1, max_length=500)]


class Match(Asked):
    """Which dossier a transfer was for."""

    dossier: Short = Field(description="Its id, its code or its tracking code")


class RefundWish(Asked):
    """What should go back, and why."""

    payment_id: UUID
    amount: Amount
    reason: Short


class RefundDecision(Asked):
    granted: bool
    reason: Note = ""
