"""Money that came in by itself, until it is known what it was for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import AggregateCreated

from services.intake.domain.record import Text
from services.intake.errors import ReasonMissingError, TransferSettledError
from shared.actor import Actor
from shared.eventsourcing import Aggregate
from shared.personal import Personal

BANK, OPEN, MATCHED, DISMISSED = "bank", "open", "matched", "dismissed"


@dataclass(frozen=True)
class Line:
    """A line of a statement: so much, at that time, with these words."""

    bank_ref: str
    amount: int
    booked_at: datetime
    text: str = ""
    reference: str = ""
    source: str = BANK
    is_repeated: bool = False  # its number was told before, with another amount

    @property
    def id(self) -> UUID:
        """The same line is the same transfer, however often it is told."""
        name = f"intake/transfer/{self.source}/{self.bank_ref}"
        again = f"/again/{self.amount}" if self.is_repeated else ""
        return uuid5(NAMESPACE_URL, name + again)

    @property
    def words(self) -> str:
        return f"{self.reference} {self.text}".strip()


class Transfer(Aggregate):
    """What does not fit by itself waits for a person; the reason says why."""

    TOPIC = "intake.transfer"

    class Booked(Aggregate.Event, AggregateCreated):
        TOPIC = "intake.transfer.booked"

        source: str
        bank_ref: str
        amount: int
        booked_at: datetime
        text: Text
        reason: str

    def __init__(  # noqa: PLR0913 (one parameter for each fact of its first event)
        self,
        *,
        id: UUID,
        dossier_id: UUID | None,
        source: str,
        bank_ref: str,
        amount: int,
        booked_at: datetime,
        text: Text,
        reason: str,
    ) -> None:
        self.dossier_id = dossier_id
        self.source = source
        self.bank_ref = bank_ref
        self.amount = amount
        self.booked_at = booked_at
        self.text = text
        self.reason = reason
        self.state = OPEN
        self.settled: tuple[str, str] | None = None  # by whom, and when

    @classmethod
    def of(
        cls,
        line: Line,
        *,
        reason: str = "",
        dossier_id: UUID | None = None,
        payer: str | None = None,
    ) -> Transfer:
        """`payer` is the dossier's applicant; an unknown one has a name of its own."""
        return cls(
            id=line.id,
            dossier_id=dossier_id,
            source=line.source,
            bank_ref=line.bank_ref,
            amount=line.amount,
            booked_at=line.booked_at,
            text=Personal(payer or f"payer:{line.id}", line.words),
            reason=reason,
        )

    def match(self, dossier_id: UUID, by: str) -> None:
        """It was for this dossier."""
        self._require_open()
        self.trigger_event(self.Matched, matched_to=dossier_id, matched_by=by)

    class Matched(Aggregate.Event):
        TOPIC = "intake.transfer.matched"

        matched_to: UUID
        matched_by: str

        def apply(self, aggregate: Transfer) -> None:
            aggregate.state = MATCHED
            aggregate.settled = self.matched_by, self.timestamp.isoformat()

    def dismiss(self, reason: str, *, by: Actor) -> None:
        """It was for none of our dossiers, or goes back to who sent it."""
        self._require_open()
        if not reason.strip():
            raise ReasonMissingError(str(self.id))
        words = Personal(self.text.subject, reason.strip())
        self.trigger_event(self.Dismissed, reason=words, dismissed_by=by.subject)

    class Dismissed(Aggregate.Event):
        TOPIC = "intake.transfer.dismissed"

        reason: Text
        dismissed_by: str

        def apply(self, aggregate: Transfer) -> None:
            aggregate.state = DISMISSED
            aggregate.settled = self.dismissed_by, self.timestamp.isoformat()

    def _require_open(self) -> None:
        if self.state != OPEN:
            raise TransferSettledError(str(self.id), self.settled)
