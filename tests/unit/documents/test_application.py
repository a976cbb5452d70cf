from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from structlog.testing import capture_logs

from services.documents.application import DocumentsApplication
from services.documents.domain import Finding
from services.documents.errors import (
    FileHereError,
    FileMissingError,
    FileNotReadyError,
    FileUnknownError,
    FixityBrokenError,
)
from services.documents.ports import FILES, PAPERS
from services.documents.worker import DocumentsWorker
from shared.actor import Actor
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.documents import (
    DOSSIER,
    Inspection,
    MemoryIndex,
    MemoryStore,
    Scan,
    a_declaration,
    a_dossier_opened,
    a_dossier_submitted,
    a_file_brought,
    a_file_received,
    a_paper_issued,
    a_pdf,
    a_step_opened,
    some_documents,
)

PDF = a_pdf()
PAPER = UUID(int=9)


def an_accepted_file(app: DocumentsApplication, store: MemoryStore) -> UUID:
    file_id = a_file_brought(app, store, PDF)
    worker = DocumentsWorker(app, store=store, scanner=Scan(), inspector=Inspection())
    worker.handle(a_file_received(file_id))
    return file_id


def stored_key(store: MemoryStore, bucket: str) -> tuple[str, str]:
    [key] = [key for key in store.objects if key[0] == bucket]
    return key


def test_an_upload_is_granted_to_who_declared_the_file() -> None:
    app, _ = some_documents()
    file_id = uuid4()
    app.declare_file(file_id, DOSSIER, a_declaration(size=5), by=an_applicant())

    grant = app.upload_grant(file_id, by=an_applicant())

    assert grant == {
        "url": f"https://store/incoming/{file_id}",
        "method": "PUT",
        "expires_at": "2026-03-02T05:15:00+00:00",
        "max_bytes": 5,
    }


def test_without_a_declared_size_the_limit_is_ours() -> None:
    app, _ = some_documents()
    file_id = uuid4()
    app.declare_file(file_id, DOSSIER, a_declaration(), by=an_applicant())

    grant = app.upload_grant(file_id, by=an_applicant())

    assert grant["max_bytes"] == 200_000_000


def test_nobody_else_may_upload_it() -> None:
    app, _ = some_documents()
    file_id = uuid4()
    app.declare_file(file_id, DOSSIER, a_declaration(), by=an_applicant())

    with pytest.raises(NotAllowedError):
        app.upload_grant(file_id, by=an_applicant("citizen-2"))


def test_no_upload_is_granted_for_what_has_arrived() -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, PDF)

    with pytest.raises(FileHereError):
        app.upload_grant(file_id, by=an_applicant())


def test_a_file_is_not_received_before_its_bytes_are_there() -> None:
    app, _ = some_documents()
    file_id = uuid4()
    app.declare_file(file_id, DOSSIER, a_declaration(), by=an_applicant())

    with pytest.raises(FileMissingError):
        app.receive_file(file_id, by=an_applicant())

    assert app.file(file_id, by=an_applicant())["state"] == "declared"


def test_a_stranger_brings_nothing_into_a_dossier_we_know() -> None:
    app, _ = some_documents()
    app.handle(a_dossier_opened())

    with pytest.raises(NotAllowedError):
        app.declare_file(
            uuid4(), DOSSIER, a_declaration(), by=an_applicant("citizen-2")
        )


def test_the_applicant_brings_files_whether_we_have_heard_of_the_dossier_or_not() -> (
    None
):
    app, _ = some_documents()

    early = app.declare_file(uuid4(), DOSSIER, a_declaration(), by=an_applicant())
    app.handle(a_dossier_opened())
    later = app.declare_file(uuid4(), DOSSIER, a_declaration(), by=an_applicant())

    assert later == early + 1


def test_an_unknown_file_is_refused() -> None:
    app, _ = some_documents()

    with pytest.raises(FileUnknownError, match="No file has this id"):
        app.file(uuid4(), by=an_applicant())


def test_who_brought_a_file_sees_what_became_of_it() -> None:
    app, store = some_documents()
    file_id = an_accepted_file(app, store)

    file = app.file(file_id, by=an_applicant())

    assert file["state"] == "accepted"
    assert file["name"] == "bản vẽ.pdf"
    assert file["size"] == len(PDF)
    assert file["reason"] is None


def test_a_quarantined_file_says_what_to_do() -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, b"")
    worker = DocumentsWorker(app, store=store, scanner=Scan(), inspector=Inspection())
    worker.handle(a_file_received(file_id))

    file = app.file(file_id, by=an_applicant())

    assert (file["state"], file["reason"]) == ("quarantined", Finding.EMPTY)
    assert file["reason_text"]["en"].startswith("The file is empty.")


SEE = [
    an_applicant(),
    an_officer("reviewer", agency="ubnd_xa"),
    an_officer("reviewer", agency="so_xay_dung"),
    an_officer("front_desk", agency="reception"),
    an_officer("auditor", agency="ministry"),
]
SEE_NOT = [
    an_applicant("citizen-2"),
    an_officer("reviewer", agency="police"),
    an_officer("front_desk", agency="police"),
    an_officer("reviewer", agency="reception"),
]


@pytest.mark.parametrize("by", SEE)
def test_who_has_to_do_with_the_dossier_sees_its_files(by: Actor) -> None:
    app, store = some_documents()
    app.handle(a_dossier_opened())
    app.handle(a_step_opened(unit="so_xay_dung"))
    file_id = an_accepted_file(app, store)
    list_of(app).append(file_id)

    [file] = app.files(DOSSIER, by=by)

    assert file["id"] == str(file_id)
    assert app.download_grant(file_id, by=by)["name"] == "bản vẽ.pdf"


@pytest.mark.parametrize("by", SEE[1:])
def test_the_files_of_a_draft_are_its_applicants_alone(by: Actor) -> None:
    """Until it is handed in; then whoever works on it sees them."""
    app, store = some_documents()
    app.handle(a_dossier_opened(unit=None))
    file_id = an_accepted_file(app, store)

    for question in (app.file, app.download_grant):
        with pytest.raises(NotAllowedError):
            question(file_id, by=by)
    with pytest.raises(NotAllowedError):
        app.files(DOSSIER, by=by)

    app.handle(a_dossier_submitted())
    app.handle(a_step_opened(unit="so_xay_dung"))
    assert app.download_grant(file_id, by=by)


@pytest.mark.parametrize("by", SEE_NOT)
def test_a_stranger_sees_and_fetches_nothing(by: Actor) -> None:
    app, store = some_documents()
    app.handle(a_dossier_opened())
    file_id = an_accepted_file(app, store)

    for question in (app.file, app.download_grant):
        with pytest.raises(NotAllowedError):
            question(file_id, by=by)
    with pytest.raises(NotAllowedError):
        app.files(DOSSIER, by=by)


def list_of(app: DocumentsApplication) -> list[Any]:
    assert isinstance(app.index, MemoryIndex)
    return app.index.files.setdefault(DOSSIER, [])


def test_a_file_is_fetched_for_five_minutes() -> None:
    app, store = some_documents()
    file_id = an_accepted_file(app, store)

    grant = app.download_grant(file_id, by=an_applicant())

    assert grant["expires_at"] == "2026-03-02T05:05:00+00:00"
    assert grant["url"].startswith(f"https://store/files/{grant['sha256']}")
    assert grant["media_type"] == "application/pdf"


def test_nothing_is_fetched_before_it_was_looked_into() -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, PDF)

    with pytest.raises(FileNotReadyError):
        app.download_grant(file_id, by=an_applicant())


@pytest.mark.parametrize("changed", [b"other bytes", None])
def test_bytes_that_changed_or_vanished_in_the_store_are_not_handed_out(
    changed: bytes | None,
) -> None:
    app, store = some_documents()
    file_id = an_accepted_file(app, store)
    key = stored_key(store, FILES)
    store.objects.pop(key)
    if changed:
        store.objects[key] = changed

    with capture_logs() as logs, pytest.raises(FixityBrokenError):
        app.download_grant(file_id, by=an_applicant())

    assert [line["event"] for line in logs] == ["fixity.broken"]


def test_an_issued_paper_can_be_fetched_like_a_file() -> None:
    app, store = some_documents()
    issued = a_paper_issued(PDF)
    store.objects[PAPERS, issued.sha256] = PDF
    app.handle(a_dossier_opened())

    app.handle(issued)
    app.handle(issued)

    grant = app.download_grant(PAPER, by=an_applicant())
    assert grant["name"] == "decision-12-QĐ-UBND.pdf"
    assert grant["url"].startswith("https://store/papers/")
    assert len(list(app.events.get(PAPER))) == 1


def test_a_paper_is_no_file_that_somebody_brought() -> None:
    app, store = some_documents()
    issued = a_paper_issued(PDF)
    store.objects[PAPERS, issued.sha256] = PDF
    app.handle(issued)

    with pytest.raises(FileUnknownError):
        app.upload_grant(PAPER, by=an_applicant())


def test_a_paper_that_is_not_what_was_sealed_is_not_recorded() -> None:
    app, store = some_documents()
    issued = a_paper_issued(PDF)
    store.objects[PAPERS, issued.sha256] = b"forged"

    with pytest.raises(FixityBrokenError):
        app.handle(issued)

    assert not app.has_handled(issued)


def test_a_stranger_does_not_fetch_a_paper() -> None:
    app, store = some_documents()
    issued = a_paper_issued(PDF)
    store.objects[PAPERS, issued.sha256] = PDF
    app.handle(issued)

    with pytest.raises(NotAllowedError):
        app.download_grant(PAPER, by=an_applicant())


def test_a_forgotten_bringers_file_keeps_no_name() -> None:
    app, store = some_documents()
    app.handle(a_dossier_opened())
    file_id = an_accepted_file(app, store)

    app.keys.erase("citizen-1")

    officer = an_officer("reviewer", agency="ubnd_xa")
    assert app.file(file_id, by=officer)["name"] is None
    assert app.download_grant(file_id, by=officer)["name"] == "site-plan.pdf"


def test_that_somebody_looks_into_a_file_is_noted_once_a_day() -> None:
    app, store = some_documents()
    app.handle(a_dossier_opened())
    file_id = an_accepted_file(app, store)
    before = app.recorder.max_notification_id() or 0
    officer = an_officer(agency="ubnd_xa")

    first = app.note_look(file_id, by=officer)
    again = app.note_look(file_id, by=officer)
    owner = app.note_look(file_id, by=an_applicant())

    assert first == again == owner == before + 1


def test_nobody_looks_into_what_was_not_looked_into_by_us() -> None:
    app, store = some_documents()
    app.handle(a_dossier_opened())
    file_id = a_file_brought(app, store, PDF)

    with pytest.raises(FileNotReadyError):
        app.note_look(file_id, by=an_officer(agency="ubnd_xa"))


def test_a_paper_of_the_authority_is_read_without_a_note() -> None:
    app, store = some_documents()
    app.handle(a_dossier_opened())
    store.objects[PAPERS, sha256(PDF).hexdigest()] = PDF
    app.handle(a_paper_issued(PDF))
    before = app.recorder.max_notification_id()

    assert app.note_look(PAPER, by=an_applicant()) == before
