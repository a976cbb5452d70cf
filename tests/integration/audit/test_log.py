"""The log in a real database: it grows under many hands, and forgery is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException

from infra.embedded import Servers
from services.audit.application import AuditApplication
from services.audit.config import AuditSettings
from shared.contracts.intake import DossierShared, DossierUnshared
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.audit import a_recorded_event
from tests.builders.documents import a_dossier_opened, a_step_opened, facts

AN_AUDITOR = an_officer("auditor")
PLACES = count(1)

LEAVES = "SELECT leaf FROM audit_leaves WHERE dossier_id = %s ORDER BY leaf"
COPY = """
    INSERT INTO audit_leaves
    SELECT (SELECT max(leaf) + 1 FROM audit_leaves), source, position + 1000000, topic,
        originator_id, originator_version, dossier_id, actor, occurred_at,
        correlation_id, digest, leaf_hash, case_hash, log_hash
    FROM audit_leaves WHERE leaf = %s
"""
SWAP = """
    UPDATE audit_leaves SET leaf = -1 WHERE leaf = %(first)s;
    UPDATE audit_leaves SET leaf = %(first)s WHERE leaf = %(second)s;
    UPDATE audit_leaves SET leaf = %(second)s WHERE leaf = -1;
"""

Owner = psycopg.Connection[Any]
Forgery = Callable[[Owner, list[int]], object]


@pytest.fixture
def owner(servers: Servers) -> Iterator[Owner]:
    """Whoever owns the database, with its triggers silenced. Nothing is kept."""
    with psycopg.connect(servers.addresses.postgres.dsn("audit")) as owner:
        owner.execute("SET session_replication_role = replica")
        yield owner


@pytest.fixture
def dossier(audit: AuditApplication) -> UUID:
    """Three leaves, with those of a neighbour between them."""
    dossier, neighbour = uuid4(), uuid4()
    for each in (dossier, neighbour, dossier, neighbour, dossier):
        audit.handle(a_recorded_event(next(PLACES), dossier_id=each))
    return dossier


def verified(audit: AuditApplication, dossier: UUID) -> dict[str, Any]:
    return audit.verify_history(dossier, by=AN_AUDITOR)


def test_what_was_written_is_told_and_verifies(
    audit: AuditApplication, dossier: UUID
) -> None:
    history = audit.history(dossier, by=AN_AUDITOR)

    assert [leaf["topic"] for leaf in history] == ["intake.dossier.submitted"] * 3
    assert verified(audit, dossier) == {
        "leaves": 3,
        "verified": True,
        "broken_at": None,
    }


def test_many_hands_write_one_log_without_a_gap(audit: AuditApplication) -> None:
    before, dossier = audit.head(by=AN_AUDITOR)["size"], uuid4()
    messages = [
        a_recorded_event(next(PLACES), dossier_id=dossier) for _ in range(40)
    ] * 2

    with ThreadPoolExecutor(8) as hands:
        list(hands.map(audit.handle, messages))

    history = audit.history(dossier, by=AN_AUDITOR)
    assert [leaf["leaf"] for leaf in history] == list(range(before, before + 40))
    assert audit.head(by=AN_AUDITOR)["size"] == before + 40
    assert verified(audit, dossier)["verified"]


def test_it_knows_what_it_has_heard(audit: AuditApplication) -> None:
    message = a_recorded_event(7, source="elsewhere")

    audit.handle(message)

    assert audit.has_handled(message)
    assert not audit.has_handled(a_recorded_event(8, source="elsewhere"))
    assert audit.last_heard("elsewhere") == 7
    assert audit.last_heard("nowhere") == 0


def edit(owner: Owner, leaves: list[int]) -> None:
    owner.execute(
        'UPDATE audit_leaves SET actor = actor || \'{"subject": "officer-9"}\' '
        "WHERE leaf = %s",
        leaves[1:2],
    )


def remove(owner: Owner, leaves: list[int]) -> None:
    owner.execute("DELETE FROM audit_leaves WHERE leaf = %s", leaves[1:2])


def remove_the_last(owner: Owner, leaves: list[int]) -> None:
    owner.execute("DELETE FROM audit_leaves WHERE leaf = %s", leaves[2:])


def remove_all(owner: Owner, leaves: list[int]) -> None:
    owner.execute("DELETE FROM audit_leaves WHERE leaf = ANY(%s)", (leaves,))


def reorder(owner: Owner, leaves: list[int]) -> None:
    first, second, _ = leaves
    with psycopg.ClientCursor(owner) as cursor:
        cursor.execute(SWAP, {"first": first, "second": second})


def insert(owner: Owner, leaves: list[int]) -> None:
    owner.execute(COPY, leaves[2:])


@pytest.mark.parametrize(
    "forge", [edit, remove, remove_the_last, remove_all, reorder, insert]
)
def test_a_forgery_by_the_owner_of_the_database_is_seen(
    audit: AuditApplication, dossier: UUID, owner: Owner, forge: Forgery
) -> None:
    leaves = [number for (number,) in owner.execute(LEAVES, (dossier,)).fetchall()]
    keep = "CREATE TEMP TABLE kept AS SELECT * FROM audit_leaves WHERE leaf >= %s"
    owner.execute(keep, leaves[:1])

    forge(owner, leaves)
    owner.commit()
    seen = verified(audit, dossier)
    restore(owner, leaves[0])

    assert not seen["verified"]
    assert seen["broken_at"] >= leaves[0]
    assert verified(audit, dossier)["verified"]


def restore(owner: Owner, first: int) -> None:
    owner.execute("DELETE FROM audit_leaves WHERE leaf >= %s", (first,))
    owner.execute("INSERT INTO audit_leaves SELECT * FROM kept")
    owner.commit()


ATTACKS = [
    "UPDATE audit_leaves SET topic = 'x'",
    "DELETE FROM audit_leaves",
    "TRUNCATE audit_leaves",
    "ALTER TABLE audit_leaves DISABLE TRIGGER ALL",
    "DELETE FROM audit_heads",
    "UPDATE audit_heads SET leaves = 0",
    "UPDATE audit_log SET leaves = 0",
    "INSERT INTO audit_log VALUES (0, NULL, '')",
    "UPDATE audit_access SET party = 'x'",
    "DELETE FROM audit_access",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_audit_itself_can_only_append(
    settings: AuditSettings, dossier: UUID, attack: str
) -> None:
    with (
        psycopg.connect(
            host=settings.postgres_host,
            port=settings.postgres_port,
            dbname=settings.postgres_dbname,
            user=settings.postgres_user,
            password=settings.postgres_password.get_secret_value(),
        ) as role,
        pytest.raises((InsufficientPrivilege, RaiseException)),
    ):
        role.execute(attack.encode())


def test_who_has_to_do_with_a_dossier_is_kept(audit: AuditApplication) -> None:
    opened, step = a_dossier_opened(), a_step_opened(unit="so_xay_dung")

    for message in (opened, step, opened):
        audit.access.handle(message)

    assert audit.access.has_handled(step)
    assert audit.access.last_heard("workflow") >= step.position
    assert audit.access.last_heard("nowhere") == 0
    for by in (an_applicant(), an_officer("reviewer", agency="so_xay_dung")):
        audit.access.require(opened.dossier_id, by)


def test_a_message_that_comes_late_does_not_begin_again_what_ended(
    audit: AuditApplication,
) -> None:
    place, helper = facts(90_001), an_applicant("citizen-late")
    begun = DossierShared(**place, party=helper.subject)
    ended = DossierUnshared(**place | {"position": 90_002}, party=helper.subject)
    again = DossierShared(**place | {"position": 90_003}, party=helper.subject)

    for message in (ended, begun):
        audit.access.handle(message)
    with pytest.raises(NotAllowedError):
        audit.access.require(place["dossier_id"], helper)

    audit.access.handle(again)
    audit.access.require(place["dossier_id"], helper)
