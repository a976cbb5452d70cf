"""A file's whole way, between the database and the store."""

from __future__ import annotations

from uuid import UUID, uuid4

import httpx
import pytest
from eventsourcing.persistence import Tracking

from services.documents import bootstrap
from services.documents.application import DocumentsApplication
from services.documents.config import DocumentsSettings
from services.documents.errors import FixityBrokenError
from services.documents.gateways import MinioStore
from services.documents.ports import FILES, INCOMING, Content, ObjectMissingError
from services.documents.publisher import translate
from services.documents.worker import DocumentsWorker
from shared.contracts.documents import FileReceived
from tests.builders import an_applicant
from tests.builders.documents import (
    DOSSIER,
    a_declaration,
    a_dossier_opened,
    a_pdf,
)

PDF = a_pdf()


def brought(documents: DocumentsApplication, stored: bytes) -> FileReceived:
    file_id, by = uuid4(), an_applicant()
    documents.declare_file(file_id, DOSSIER, a_declaration(), by=by)
    grant = documents.upload_grant(file_id, by=by)
    httpx.request(grant["method"], grant["url"], content=stored).raise_for_status()
    position = documents.receive_file(file_id, by=by)
    [*_, event] = documents.events.get(file_id)
    [message] = translate(event, Tracking("documents", position))
    assert isinstance(message, FileReceived)
    return message


def test_a_file_is_brought_looked_into_and_fetched(
    documents: DocumentsApplication, worker: DocumentsWorker, store: MinioStore
) -> None:
    message = brought(documents, PDF)

    worker.handle(message)

    grant = documents.download_grant(message.file_id, by=an_applicant())
    assert httpx.get(grant["url"]).content == PDF
    with pytest.raises(ObjectMissingError):
        store.size(INCOMING, str(message.file_id))


def test_hostile_files_are_kept_where_nobody_fetches_them(
    documents: DocumentsApplication, worker: DocumentsWorker, store: MinioStore
) -> None:
    message = brought(documents, b"<html>")

    worker.handle(message)
    worker.handle(message)

    file = documents.file(message.file_id, by=an_applicant())
    assert (file["state"], file["reason"]) == ("quarantined", "type-mismatch")
    assert store.size("quarantine", str(message.file_id)) == 6


def test_a_file_that_was_exchanged_in_the_store_is_not_handed_out(
    documents: DocumentsApplication, worker: DocumentsWorker, store: MinioStore
) -> None:
    another = a_pdf(lambda pdf: pdf.pages[0].rotate(90, relative=True))
    message = brought(documents, another)
    worker.handle(message)
    kept = str(documents.file(message.file_id, by=an_applicant())["sha256"])

    with store.fetched(FILES, kept, at_most=len(another)) as copy:
        copy.path.write_bytes(b"forged")
        store.keep(FILES, kept, Content(copy.path, 6, kept))

    with pytest.raises(FixityBrokenError):
        documents.download_grant(message.file_id, by=an_applicant())


def test_the_files_of_a_dossier_are_listed_in_their_order(
    documents: DocumentsApplication, settings: DocumentsSettings
) -> None:
    if not documents.has_handled(a_dossier_opened()):
        documents.handle(a_dossier_opened())
    projection = bootstrap.dossier_files(settings)
    declared = [declare(documents) for _ in range(3)]

    shown = projection.view.max_tracking_id("documents") or 0
    while stored := documents.recorder.select_notifications(shown + 1, 100):
        for note in stored:
            event = documents.mapper.to_domain_event(note)
            projection.process_event(event, Tracking("documents", note.id))
        shown = stored[-1].id

    files = documents.files(DOSSIER, by=an_applicant())
    assert [file["id"] for file in files][-3:] == list(map(str, declared))


def declare(documents: DocumentsApplication) -> UUID:
    file_id = uuid4()
    documents.declare_file(file_id, DOSSIER, a_declaration(), by=an_applicant())
    return file_id
