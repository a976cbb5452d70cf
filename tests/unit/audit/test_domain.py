from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest

from services.audit.domain import (
    NO_DOSSIER,
    NOTHING,
    Fact,
    Head,
    broken_at,
    canonical,
    chained,
    hash_of,
    next_leaf,
)
from tests.builders.audit import (
    DOSSIER,
    NEIGHBOUR,
    NOON,
    MemoryLedger,
    a_history,
    an_audit,
    edited,
)


@pytest.fixture
def ledger() -> MemoryLedger:
    """Leaves 0, 2 and 4 are of the dossier, 1 and 3 of its neighbour."""
    audit, ledger = an_audit()
    a_history(audit)
    return ledger


def broken(ledger: MemoryLedger) -> int | None:
    return broken_at(ledger.history(DOSSIER), ledger.case_head(DOSSIER))


def a_fact() -> Fact:
    audit, ledger = an_audit()
    a_history(audit)
    return ledger.leaves[0].fact


def test_a_value_has_one_form() -> None:
    assert canonical({"b": [1, None], "a": "ế"}) == '{"a":"ế","b":[1,null]}'.encode()


def test_a_leaf_is_hashed_apart_from_pairs_of_hashes() -> None:
    fact = a_fact()

    written = canonical(fact.plain() | {"leaf": 7})

    assert hash_of(7, fact) == sha256(b"\0" + written).digest()


def test_the_same_moment_told_elsewhere_is_the_same_leaf() -> None:
    fact = a_fact()
    hanoi = NOON.astimezone(timezone(timedelta(hours=7)))

    assert hash_of(0, replace(fact, occurred_at=hanoi)) == hash_of(0, fact)


@pytest.mark.parametrize(
    "other",
    [
        {"source": "workflow"},
        {"position": 99},
        {"topic": "intake.dossier.refused"},
        {"originator_id": NO_DOSSIER},
        {"originator_version": 99},
        {"dossier_id": None},
        {"actor": {"subject": "somebody"}},
        {"occurred_at": NOON + timedelta(microseconds=1)},
        {"correlation_id": "request-2"},
        {"digest": "0" * 64},
    ],
    ids=lambda other: next(iter(other)),
)
def test_every_word_of_a_fact_counts(other: dict[str, Any]) -> None:
    fact = a_fact()

    assert hash_of(0, replace(fact, **other)) != hash_of(0, fact)


def test_the_first_leaf_follows_nothing() -> None:
    fact = a_fact()

    leaf = next_leaf(fact, log=Head(), case=Head())

    assert leaf.number == 0
    assert leaf.case_hash == leaf.log_hash == chained(NOTHING, hash_of(0, fact))


def test_what_belongs_to_no_dossier_has_a_chain_too() -> None:
    assert replace(a_fact(), dossier_id=None).case == NO_DOSSIER
    assert replace(a_fact(), dossier_id=None).plain()["dossier_id"] is None


def test_an_untouched_history_holds(ledger: MemoryLedger) -> None:
    assert broken(ledger) is None


def test_an_edited_leaf_is_found(ledger: MemoryLedger) -> None:
    ledger.leaves[2] = edited(ledger.leaves[2], digest="0" * 64)

    assert broken(ledger) == 2


def test_an_edited_leaf_is_found_though_its_hash_was_made_anew(
    ledger: MemoryLedger,
) -> None:
    forged = edited(ledger.leaves[2], digest="0" * 64)
    forged = replace(forged, leaf_hash=hash_of(2, forged.fact))
    ledger.leaves[2] = forged

    assert broken(ledger) == 2


def test_a_forged_end_of_a_case_does_not_fit_into_the_log(ledger: MemoryLedger) -> None:
    """Whoever rewrites a case to its end would have to rewrite all that came after."""
    forged = edited(ledger.leaves[4], digest="0" * 64)
    leaf_hash = hash_of(4, forged.fact)
    chain = chained(ledger.leaves[2].case_hash, leaf_hash)
    ledger.leaves[4] = replace(forged, leaf_hash=leaf_hash, case_hash=chain)
    ledger.heads[DOSSIER] = Head(3, 4, chain)

    assert broken(ledger) == 4


@pytest.mark.parametrize(("removed", "noticed"), [(0, 2), (2, 4), (4, 4)])
def test_a_removed_leaf_is_missed(
    ledger: MemoryLedger, removed: int, noticed: int
) -> None:
    del ledger.leaves[removed]

    assert broken(ledger) == noticed


def test_a_history_removed_as_a_whole_is_missed(ledger: MemoryLedger) -> None:
    ledger.leaves.clear()

    assert broken(ledger) == 4


def test_leaves_in_another_order_are_found(ledger: MemoryLedger) -> None:
    first, later = ledger.leaves[0], ledger.leaves[2]
    ledger.leaves[0] = replace(first, fact=later.fact)
    ledger.leaves[2] = replace(later, fact=first.fact)

    assert broken(ledger) == 0


def test_leaves_that_changed_places_with_their_hashes_are_found(
    ledger: MemoryLedger,
) -> None:
    first, later = ledger.leaves[0], ledger.leaves[2]
    ledger.leaves[0], ledger.leaves[2] = (
        replace(later, number=0),
        replace(first, number=2),
    )

    assert broken(ledger) == 0


def test_a_leaf_put_at_the_end_is_found(ledger: MemoryLedger) -> None:
    fact = replace(ledger.leaves[4].fact, position=99)
    case = ledger.case_head(DOSSIER)
    ledger.leaves.append(next_leaf(fact, log=ledger.end, case=case))

    assert broken(ledger) == 5


def test_a_leaf_moved_in_from_another_dossier_is_found(ledger: MemoryLedger) -> None:
    ledger.leaves[1] = edited(ledger.leaves[1], dossier_id=DOSSIER)

    assert broken(ledger) == 1


def test_a_gap_in_the_log_is_found_at_its_edge(ledger: MemoryLedger) -> None:
    del ledger.leaves[1]

    assert broken(ledger) == 2
    assert broken_at(ledger.history(NEIGHBOUR), ledger.case_head(NEIGHBOUR)) == 3
