"""How a dossier ends: its result handed over, or taken back by its applicant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.intake.domain.record import DossierRecord, Text
from services.intake.domain.rules import Rules
from services.intake.errors import (
    FeesUnpaidError,
    ResultNotReadyError,
    WithdrawalPendingError,
    WithdrawalTooLateError,
)
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.eventsourcing import Aggregate
from shared.personal import Personal


@dataclass(frozen=True)
class Receipt:
    """How the receiver acknowledged it: drawn on a screen, or signed on paper."""

    signature: str = ""
    is_on_paper: bool = False

    @property
    def manner(self) -> str:
        if self.signature:
            return "screen"
        return "paper" if self.is_on_paper else ""


UNSIGNED = Receipt()


class Ending(DossierRecord):
    def withdraw(self, reason: str, *, rules: Rules, by: Actor) -> None:
        """Take the dossier back: at once before acceptance, then only if granted."""
        if not self.may(by, "withdraw"):
            self.require_visible(rules, by)
            self.require_desk(rules, by, "front_desk")
        self.require_alive()
        if self.result:
            raise WithdrawalTooLateError(str(self.id))
        if self.is_withdrawal_asked:
            raise WithdrawalPendingError(str(self.id))
        wish = Personal(self.applicant, reason)
        if self.received_at:
            self.trigger_event(self.WithdrawalRequested, reason=wish)
        else:
            self.trigger_event(self.Withdrawn, reason=wish)

    class WithdrawalRequested(Aggregate.Event):
        TOPIC = "intake.dossier.withdrawal-requested"

        reason: Text

        def apply(self, aggregate: Ending) -> None:
            aggregate.is_withdrawal_asked = True

    class Withdrawn(Aggregate.Event):
        TOPIC = "intake.dossier.withdrawn"

        reason: Text | None

        def apply(self, aggregate: Ending) -> None:
            aggregate.is_withdrawn = True
            aggregate.is_withdrawal_asked = False

    def learn_of_withdrawal(self, *, granted: bool) -> None:
        """The authority decided what the applicant asked for."""
        if self.is_withdrawal_asked and granted:
            self.trigger_event(self.Withdrawn, reason=None)
        elif self.is_withdrawal_asked:
            self.trigger_event(self.WithdrawalDenied)

    class WithdrawalDenied(Aggregate.Event):
        TOPIC = "intake.dossier.withdrawal-denied"

        def apply(self, aggregate: Ending) -> None:
            aggregate.is_withdrawal_asked = False

    def learn_of_result(self, result: dict[str, Any]) -> None:
        """The result is signed and numbered; online it is in their hands at once."""
        if self.received_at and not self.result and not self.is_over:
            self.trigger_event(self.ResultReady, **result)
            self.return_online()

    class ResultReady(Aggregate.Event):
        TOPIC = "intake.dossier.result-ready"

        outcome: str
        kind: str
        title: dict[str, str]
        paper_id: UUID

        def apply(self, aggregate: Ending) -> None:
            aggregate.supplement = None
            aggregate.result = {
                "outcome": self.outcome,
                "kind": self.kind,
                "title": self.title,
                "paper_id": str(self.paper_id),
            }

    def learn_of_withdrawn_result(self, paper_id: UUID) -> None:
        """The result was called back, unless its applicant has it already."""
        is_ours = self.result and self.result["paper_id"] == str(paper_id)
        if is_ours and not self.is_over:
            self.trigger_event(self.ResultWithdrawn, paper_id=paper_id)

    class ResultWithdrawn(Aggregate.Event):
        TOPIC = "intake.dossier.result-withdrawn"

        paper_id: UUID

        def apply(self, aggregate: Ending) -> None:
            aggregate.result = None

    def learn_of_stop(self, reason: str, *, legal_basis: str) -> None:
        """The authority ended the matter before a result (form 05)."""
        if self.received_at and not self.is_over:
            words = self.personal(reason)
            self.trigger_event(self.Stopped, reason=words, legal_basis=legal_basis)

    class Stopped(Aggregate.Event):
        TOPIC = "intake.dossier.stopped"

        reason: Text | None
        legal_basis: str

        def apply(self, aggregate: Ending) -> None:
            aggregate.is_withdrawal_asked = False
            aggregate.supplement = None
            aggregate.stop = {"reason": self.reason, "legal_basis": self.legal_basis}

    def return_online(self) -> None:
        """As soon as it is ready and paid for, when that was the applicant's choice."""
        is_ready = self.result and not self.is_returned and self.balance == 0
        if is_ready and self.result_channel == "online":
            self.trigger_event(
                self.ResultReturned,
                channel="online",
                returned_by="system",
                receiver=None,
            )

    def hand_over(
        self, receiver: str, *, receipt: Receipt = UNSIGNED, rules: Rules, by: Actor
    ) -> None:
        """Give the result to whoever came for it, or to the post."""
        units = (rules.returning_unit.id, self.unit)
        is_here = by.agency in units or rules.directory.is_reception(by.agency)
        if not by.has("return_officer") or not is_here:
            raise NotAllowedError(str(self.id))
        if not self.result or self.is_over:
            raise ResultNotReadyError(str(self.id))
        if self.balance != 0:
            raise FeesUnpaidError(str(self.id))
        channel = "counter" if self.result_channel == "online" else self.result_channel
        self.trigger_event(
            self.ResultReturned,
            channel=channel,
            returned_by=by.subject,
            receiver=Personal(self.applicant, receiver),
            signature=self.personal(receipt.signature),
            signed_on=receipt.manner,
        )

    class ResultReturned(Aggregate.Event):
        """`signature` is the line its receiver drew, as the path of an SVG."""

        TOPIC = "intake.dossier.result-returned"

        channel: str
        returned_by: str
        receiver: Text | None
        signature: Text | None = None
        signed_on: str = ""

        def apply(self, aggregate: Ending) -> None:
            aggregate.is_returned = True
            aggregate.handed_over = {
                "channel": self.channel,
                "returned_by": self.returned_by,
                "returned_at": self.timestamp,
                "receiver": self.receiver,
                "signature": self.signature,
                "signed_on": self.signed_on,
            }
