"""The log: what is written of an event, and how one sees that nobody touched it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

NOTHING = bytes(32)  # the hash of a chain without leaves
NO_DOSSIER = UUID(int=0)  # the chain of the events that belong to no dossier


@dataclass(frozen=True)
class Fact:
    """What the log says of one event; of what is personal, only a digest as sealed."""

    source: str
    position: int
    topic: str
    originator_id: UUID
    originator_version: int
    dossier_id: UUID | None
    actor: dict[str, Any]
    occurred_at: datetime
    correlation_id: str
    digest: str

    @property
    def case(self) -> UUID:
        return self.dossier_id or NO_DOSSIER

    def plain(self) -> dict[str, Any]:
        """The fact in the types of JSON."""
        return vars(self) | {
            "originator_id": str(self.originator_id),
            "dossier_id": str(self.dossier_id) if self.dossier_id else None,
            "occurred_at": self.occurred_at.astimezone(UTC).isoformat(),
        }


@dataclass(frozen=True)
class Head:
    """The end of a chain: how many leaves it has, which is the last, and its hash."""

    leaves: int = 0
    last: int | None = None
    hash: bytes = NOTHING


@dataclass(frozen=True)
class Leaf:
    """A fact in its place, chained to the case's leaf before it and to the log's."""

    number: int
    fact: Fact
    leaf_hash: bytes
    case_hash: bytes
    log_hash: bytes


@dataclass(frozen=True)
class Found:
    """A leaf as it stands in the log, and the log's hash before it, if there is one."""

    leaf: Leaf
    before: bytes | None


def canonical(value: Any) -> bytes:
    """One form for one value (as RFC 8785): sorted keys, no spaces, UTF-8."""
    text = json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    return text.encode()


def hash_of(number: int, fact: Fact) -> bytes:
    """Of a leaf; the zero byte keeps it apart from every hash of two hashes."""
    return sha256(b"\0" + canonical(fact.plain() | {"leaf": number})).digest()


def chained(previous: bytes, leaf_hash: bytes) -> bytes:
    return sha256(previous + leaf_hash).digest()


def next_leaf(fact: Fact, *, log: Head, case: Head) -> Leaf:
    """The leaf that follows at the end of the log, and at the end of its case."""
    leaf_hash = hash_of(log.leaves, fact)
    return Leaf(
        number=log.leaves,
        fact=fact,
        leaf_hash=leaf_hash,
        case_hash=chained(case.hash, leaf_hash),
        log_hash=chained(log.hash, leaf_hash),
    )


def after(head: Head, leaf: Leaf, chain: bytes) -> Head:
    """The end of a chain once this leaf was added to it."""
    return Head(head.leaves + 1, leaf.number, chain)


def broken_at(history: Iterable[Found], end: Head) -> int | None:
    """The first leaf at which a case's history does not hold; None when it does."""
    head = Head()
    for found in history:
        leaf = found.leaf
        chain = chained(head.hash, leaf.leaf_hash)
        if head == end or chain != leaf.case_hash or not holds(found):
            return leaf.number
        head = after(head, leaf, chain)
    return None if head == end else end.last


def holds(found: Found) -> bool:
    """The leaf says what was hashed, and stands where the log has it."""
    leaf = found.leaf
    if found.before is None or leaf.leaf_hash != hash_of(leaf.number, leaf.fact):
        return False
    return leaf.log_hash == chained(found.before, leaf.leaf_hash)
