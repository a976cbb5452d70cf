from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

import pytest
from eventsourcing.persistence import Tracking

from services.audit.domain import NO_DOSSIER
from services.audit.gateways import NoKeys
from services.audit.policies import concerned
from shared.actor import Actor
from shared.errors import NotAllowedError
from shared.messaging.relay import recorded
from tests.builders import an_applicant, an_officer
from tests.builders.audit import (
    DOSSIER,
    NEIGHBOUR,
    a_history,
    a_recorded_event,
    an_audit,
    edited,
)
from tests.builders.documents import (
    a_declaration,
    a_dossier_opened,
    a_dossier_submitted,
    a_step_opened,
    some_documents,
)

AN_AUDITOR = an_officer("auditor")


def test_a_history_is_told_leaf_by_leaf() -> None:
    audit, _ = an_audit()
    a_history(audit)

    history = audit.history(DOSSIER, by=AN_AUDITOR)

    assert [leaf["leaf"] for leaf in history] == [0, 2, 4]
    assert history[0] | {"leaf_hash": "", "case_hash": ""} == {
        "leaf": 0,
        "source": "intake",
        "position": 1,
        "topic": "intake.dossier.submitted",
        "version": 1,
        "originator_id": str(DOSSIER),
        "actor": {"subject": "citizen-1", "kind": "citizen", "roles": []},
        "occurred_at": "2026-03-02T05:00:00+00:00",
        "correlation_id": "request-1",
        "digest": "f" * 64,
        "leaf_hash": "",
        "case_hash": "",
    }


def test_an_event_that_is_told_twice_is_one_leaf() -> None:
    audit, ledger = an_audit()

    for position in (2, 1, 2, 1):
        audit.handle(a_recorded_event(position))

    assert [leaf.fact.position for leaf in ledger.leaves] == [2, 1]
    assert audit.has_handled(a_recorded_event(2))
    assert not audit.has_handled(a_recorded_event(3))
    assert audit.last_heard("intake") == 2
    assert audit.last_heard("workflow") == 0


def test_an_untouched_history_verifies() -> None:
    audit, _ = an_audit()
    a_history(audit)

    verified = audit.verify_history(DOSSIER, by=AN_AUDITOR)

    assert verified == {"leaves": 3, "verified": True, "broken_at": None}


def test_a_touched_history_says_where_it_breaks() -> None:
    audit, ledger = an_audit()
    a_history(audit)
    ledger.leaves[2] = edited(ledger.leaves[2], topic="intake.dossier.refused")

    verified = audit.verify_history(DOSSIER, by=AN_AUDITOR)

    assert verified == {"leaves": 3, "verified": False, "broken_at": 2}
    assert audit.verify_history(NEIGHBOUR, by=AN_AUDITOR)["verified"]


def test_a_history_of_nothing_proves_nothing() -> None:
    audit, _ = an_audit()

    verified = audit.verify_history(uuid4(), by=AN_AUDITOR)

    assert verified == {"leaves": 0, "verified": False, "broken_at": None}


@pytest.mark.parametrize(
    "by",
    [
        an_applicant(),
        an_officer("reviewer", agency="ubnd_xa"),
        an_officer("reviewer", agency="so_xay_dung"),
        AN_AUDITOR,
    ],
)
def test_who_has_to_do_with_a_dossier_sees_and_verifies_its_history(by: Actor) -> None:
    audit, _ = an_audit()
    a_history(audit)
    audit.access.handle(a_dossier_opened())
    audit.access.handle(a_step_opened(unit="so_xay_dung"))

    assert len(audit.history(DOSSIER, by=by)) == 3
    assert audit.verify_history(DOSSIER, by=by)["verified"]


@pytest.mark.parametrize(
    "by",
    [
        an_applicant("citizen-2"),
        an_officer("reviewer", agency="police"),
        an_officer("administrator", agency="centre"),
    ],
)
def test_a_stranger_sees_no_history(by: Actor) -> None:
    audit, _ = an_audit()
    a_history(audit)
    audit.access.handle(a_dossier_opened())

    with pytest.raises(NotAllowedError):
        audit.history(DOSSIER, by=by)
    with pytest.raises(NotAllowedError):
        audit.verify_history(DOSSIER, by=by)


def test_what_belongs_to_no_dossier_is_for_auditors() -> None:
    audit, _ = an_audit()
    audit.handle(a_recorded_event(dossier_id=None))

    assert len(audit.history(NO_DOSSIER, by=AN_AUDITOR)) == 1
    with pytest.raises(NotAllowedError):
        audit.history(NO_DOSSIER, by=an_applicant())


def test_an_auditor_notes_down_the_end_of_the_log() -> None:
    audit, ledger = an_audit()

    empty = audit.head(by=AN_AUDITOR)
    a_history(audit)
    full = audit.head(by=AN_AUDITOR)

    assert empty == {"size": 0, "root": "00" * 32}
    assert full == {"size": 5, "root": ledger.leaves[-1].log_hash.hex()}


def test_nobody_else_is_told_the_end_of_the_log() -> None:
    audit, _ = an_audit()

    with pytest.raises(NotAllowedError):
        audit.head(by=an_officer("manager"))


def test_who_may_ask_is_heard_once() -> None:
    audit, _ = an_audit()
    opened = a_dossier_opened(unit=None)
    submitted = a_dossier_submitted(unit="ubnd_xa")
    assert concerned(submitted) == [(DOSSIER, "ubnd_xa")]

    audit.access.handle(opened)
    audit.access.handle(opened)

    assert concerned(opened) == [(DOSSIER, "citizen-1")]
    assert audit.access.has_handled(opened)
    assert audit.access.last_heard("intake") == 1


def test_only_what_is_heard_lets_people_ask() -> None:
    with pytest.raises(NotImplementedError):
        concerned(a_recorded_event())


def test_a_history_verifies_after_the_person_in_it_was_forgotten() -> None:
    audit, ledger = an_audit()
    documents, _ = some_documents()
    file_id, by = uuid4(), an_applicant()
    documents.declare_file(file_id, DOSSIER, a_declaration(), by=by)
    [stored] = documents.recorder.select_events(file_id)
    [note] = documents.recorder.select_notifications(1, 1)
    [event] = documents.events.get(file_id)
    audit.handle(recorded(note, event, Tracking("documents", note.id)))  # type: ignore[arg-type]

    documents.keys.erase(by.subject)

    [leaf] = ledger.leaves
    assert documents.file(file_id, by=by)["name"] is None
    assert leaf.fact.digest == sha256(stored.state).hexdigest()
    assert audit.verify_history(DOSSIER, by=AN_AUDITOR)["verified"]


def test_audit_can_open_nothing_personal() -> None:
    audit, _ = an_audit()

    assert isinstance(audit.keys, NoKeys)
    assert audit.keys.find(uuid4()) is None
    with pytest.raises(PermissionError):
        audit.keys.current("citizen-1")
    with pytest.raises(PermissionError):
        audit.keys.erase("citizen-1")
    audit.close()
