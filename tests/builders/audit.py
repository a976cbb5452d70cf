"""Histories, and the log they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from services.audit.application import Access, AuditApplication
from services.audit.domain import (
    NOTHING,
    Fact,
    Found,
    Head,
    Leaf,
    after,
    next_leaf,
)
from services.audit.gateways import NoKeys
from shared.access import Grant
from shared.contracts.base import EventRecorded
from tests.fakes import MemoryAccess

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
DOSSIER, NEIGHBOUR = UUID(int=8), UUID(int=9)


class MemoryLedger:
    """A log that ends with the test, and lets the test forge it."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.heads: dict[UUID, Head] = {}
        self.end = Head()

    def append(self, fact: Fact) -> None:
        if self.holds(fact.source, fact.position):
            return
        case = self.case_head(fact.case)
        leaf = next_leaf(fact, log=self.end, case=case)
        self.leaves.append(leaf)
        self.heads[fact.case] = after(case, leaf, leaf.case_hash)
        self.end = after(self.end, leaf, leaf.log_hash)

    def holds(self, source: str, position: int) -> bool:
        return (source, position) in {
            (leaf.fact.source, leaf.fact.position) for leaf in self.leaves
        }

    def last_position(self, source: str) -> int:
        facts = (leaf.fact for leaf in self.leaves)
        return max(
            (fact.position for fact in facts if fact.source == source), default=0
        )

    def history(self, case: UUID) -> Sequence[Found]:
        hashes = {leaf.number: leaf.log_hash for leaf in self.leaves} | {-1: NOTHING}
        return [
            Found(leaf, hashes.get(leaf.number - 1))
            for leaf in self.leaves
            if leaf.fact.case == case
        ]

    def case_head(self, case: UUID) -> Head:
        return self.heads.get(case, Head())

    def log_head(self) -> Head:
        return self.end

    def close(self) -> None:
        """Nothing is open."""


class MemoryAccessList:
    def __init__(self) -> None:
        self._heard: set[tuple[str, int]] = set()
        self._access = MemoryAccess()

    def grant(
        self,
        source: str,
        position: int,
        grants: Sequence[Grant],
        *,
        ends: Sequence[Grant] = (),
    ) -> None:
        self._heard.add((source, position))
        self._access.enter(position, grants, ends)

    def has_heard(self, source: str, position: int) -> bool:
        return (source, position) in self._heard

    def last_heard(self, source: str) -> int:
        return max((place for who, place in self._heard if who == source), default=0)

    def is_concerned(self, dossier_id: UUID, parties: Iterable[str]) -> bool:
        return self._access.is_concerned(dossier_id, parties)


def an_audit() -> tuple[AuditApplication, MemoryLedger]:
    ledger, keys = MemoryLedger(), NoKeys()
    access = Access(MemoryAccessList(), keys=keys, clock=lambda: NOON)
    audit = AuditApplication(
        ledger=ledger, access=access, keys=keys, clock=lambda: NOON
    )
    return audit, ledger


def a_recorded_event(position: int = 1, **facts: Any) -> EventRecorded:
    usual = EventRecorded(
        source="intake",
        position=position,
        dossier_id=DOSSIER,
        correlation_id="request-1",
        occurred_at=NOON,
        topic="intake.dossier.submitted",
        originator_id=DOSSIER,
        originator_version=position,
        digest="f" * 64,
        actor={"subject": "citizen-1", "kind": "citizen", "roles": []},
    )
    return usual.model_copy(update=facts)


def a_history(audit: AuditApplication) -> None:
    """Three leaves of one dossier, and two of its neighbour between them."""
    for position, dossier in enumerate(
        (DOSSIER, NEIGHBOUR, DOSSIER, NEIGHBOUR, DOSSIER), start=1
    ):
        audit.handle(a_recorded_event(position, dossier_id=dossier))


def edited(leaf: Leaf, **facts: Any) -> Leaf:
    return replace(leaf, fact=replace(leaf.fact, **facts))
