"""What one can ask of audit. It hears of every event, and commands nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from services.audit.domain import NO_DOSSIER, Fact, Leaf, broken_at
from services.audit.policies import concerned, concerned_no_more
from services.audit.ports import AccessList, Ledger
from shared import clock
from shared.actor import Actor
from shared.clock import Clock
from shared.contracts.base import EventRecorded, Message
from shared.errors import NotAllowedError
from shared.personal import Keys


class AuditApplication:
    """Whatever comes twice, late or out of order is written once, at the end."""

    name = "audit"

    def __init__(
        self,
        *,
        ledger: Ledger,
        access: Access,
        keys: Keys,
        clock: Clock = clock.now,
    ) -> None:
        self.ledger = ledger
        self.access = access
        self.keys = keys
        self.clock = clock

    def handle(self, message: EventRecorded) -> None:
        names = Fact.__dataclass_fields__
        self.ledger.append(Fact(**{name: getattr(message, name) for name in names}))

    def standing(self) -> dict[str, int]:
        """How many leaves there are; nobody is told of them."""
        leaves = self.ledger.log_head().leaves
        return {"end": leaves, "told": leaves}

    def has_handled(self, message: Message) -> bool:
        return self.ledger.holds(message.source, message.position)

    def last_heard(self, source: str) -> int:
        return self.ledger.last_position(source)

    def history(self, dossier_id: UUID, *, by: Actor) -> list[dict[str, Any]]:
        self.access.require(dossier_id, by)
        return [described(found.leaf) for found in self.ledger.history(dossier_id)]

    def verify_history(self, dossier_id: UUID, *, by: Actor) -> dict[str, Any]:
        """Compute every hash anew. A history of nothing proves nothing."""
        self.access.require(dossier_id, by)
        end = self.ledger.case_head(dossier_id)
        history = self.ledger.history(dossier_id)
        broken = broken_at(history, end)
        return {
            "leaves": len(history),
            "verified": bool(history) and broken is None,
            "broken_at": broken,
        }

    def head(self, *, by: Actor) -> dict[str, Any]:
        """What an auditor notes down, to compare it later."""
        if not by.has("auditor"):
            raise NotAllowedError
        head = self.ledger.log_head()
        return {"size": head.leaves, "root": head.hash.hex()}

    def close(self) -> None:
        self.ledger.close()


class Access:
    """Who may ask about a dossier; heard in an inbox of its own."""

    def __init__(
        self, parties: AccessList, *, keys: Keys, clock: Clock = clock.now
    ) -> None:
        self.parties = parties
        self.keys = keys
        self.clock = clock

    def handle(self, message: Message) -> None:
        place = message.source, message.position
        self.parties.grant(*place, concerned(message), ends=concerned_no_more(message))

    def has_handled(self, message: Message) -> bool:
        return self.parties.has_heard(message.source, message.position)

    def last_heard(self, source: str) -> int:
        return self.parties.last_heard(source)

    def require(self, dossier_id: UUID, by: Actor) -> None:
        """The applicant, a unit that has had a step of the dossier, and auditors."""
        if by.has("auditor"):
            return
        parties = [party for party in (by.party, by.agency) if party]
        if dossier_id == NO_DOSSIER or not self.parties.is_concerned(
            dossier_id, parties
        ):
            raise NotAllowedError(str(dossier_id))


def described(leaf: Leaf) -> dict[str, Any]:
    """A leaf as people see it."""
    fact = leaf.fact.plain()
    shown = ("source", "position", "topic", "actor", "occurred_at", "correlation_id")
    return {name: fact[name] for name in shown} | {
        "leaf": leaf.number,
        "version": fact["originator_version"],
        "originator_id": fact["originator_id"],
        "digest": fact["digest"],
        "leaf_hash": leaf.leaf_hash.hex(),
        "case_hash": leaf.case_hash.hex(),
    }
