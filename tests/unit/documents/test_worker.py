from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pikepdf import Encryption

from services.documents import worker as module
from services.documents.application import DocumentsApplication
from services.documents.domain import Finding
from services.documents.ports import FILES, INCOMING, QUARANTINE, Scanner
from services.documents.worker import DocumentsWorker
from tests.builders import an_applicant
from tests.builders.documents import (
    Inspection,
    MemoryStore,
    Scan,
    a_file_brought,
    a_file_received,
    a_pdf,
    an_image,
    some_documents,
)

PDF = a_pdf()


class NoAnswer:
    def scan(self, path: Path) -> Finding | None:
        raise ConnectionError


def a_worker(
    app: DocumentsApplication, store: MemoryStore, scanner: Scanner | None = None
) -> DocumentsWorker:
    return DocumentsWorker(
        app, store=store, scanner=scanner or Scan(), inspector=Inspection()
    )


def state(app: DocumentsApplication, file_id: UUID) -> tuple[str, str | None]:
    file = app.file(file_id, by=an_applicant())
    return file["state"], file["reason"]


def buckets(store: MemoryStore) -> list[str]:
    return [bucket for bucket, _ in store.objects]


def test_a_harmless_file_moves_under_its_hash() -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, PDF, size=len(PDF))

    a_worker(app, store).handle(a_file_received(file_id))

    sha256 = app.file(file_id, by=an_applicant())["sha256"]
    assert state(app, file_id) == ("accepted", None)
    assert store.objects == {(FILES, sha256): PDF}


def test_a_picture_is_taken_too() -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, an_image(), media_type="image/jpeg")

    a_worker(app, store).handle(a_file_received(file_id))

    assert state(app, file_id) == ("accepted", None)


@pytest.mark.parametrize(
    ("stored", "said", "finding"),
    [
        (b"", {}, Finding.EMPTY),
        (PDF[:-9], {"size": len(PDF)}, Finding.INCOMPLETE),
        (an_image("PNG"), {}, Finding.TYPE_MISMATCH),
        (b"<html><script>alert(1)</script></html>", {}, Finding.TYPE_MISMATCH),
        (b"PK\x03\x04" + bytes(40), {}, Finding.TYPE_MISMATCH),
        (a_pdf(encryption=Encryption(owner="x")), {}, Finding.ENCRYPTED),
        (an_image()[:700], {"media_type": "image/jpeg"}, Finding.DAMAGED),
    ],
    ids=["empty", "cut", "png", "html", "zip", "encrypted", "truncated"],
)
def test_a_file_that_is_not_what_it_should_be_goes_into_quarantine(
    stored: bytes, said: dict[str, Any], finding: Finding
) -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, stored, **said)

    a_worker(app, store).handle(a_file_received(file_id))

    assert state(app, file_id) == ("quarantined", finding)
    assert store.objects == {(QUARANTINE, str(file_id)): stored}


def test_what_a_scanner_knows_goes_into_quarantine() -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, PDF)

    worker = a_worker(app, store, Scan(Finding.INFECTED))
    worker.handle(a_file_received(file_id))

    assert state(app, file_id) == ("quarantined", Finding.INFECTED)
    assert buckets(store) == [QUARANTINE]


def test_too_large_a_file_is_kept_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, PDF)
    monkeypatch.setattr(module, "MOST_BYTES", len(PDF) - 1)

    a_worker(app, store).handle(a_file_received(file_id))

    assert state(app, file_id) == ("quarantined", Finding.TOO_LARGE)
    assert store.objects == {}


def test_while_the_scanner_is_away_a_file_waits() -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, PDF)

    with pytest.raises(ConnectionError):
        a_worker(app, store, NoAnswer()).handle(a_file_received(file_id))

    assert state(app, file_id) == ("received", None)
    assert buckets(store) == [INCOMING]


def test_a_message_that_comes_twice_is_handled_once() -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, PDF)
    message = a_file_received(file_id)

    for _ in range(2):
        a_worker(app, store).handle(message)

    assert [type(each).__name__ for each in app.events.get(file_id)] == [
        "Declared",
        "Received",
        "Accepted",
    ]


def test_what_a_dying_worker_left_behind_is_tidied_up_by_the_next() -> None:
    app, store = some_documents()
    file_id = a_file_brought(app, store, PDF)
    message = a_file_received(file_id)
    a_worker(app, store).handle(message)
    store.objects[INCOMING, str(file_id)] = PDF

    a_worker(app, store).handle(message)

    assert buckets(store) == [FILES]
