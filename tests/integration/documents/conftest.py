"""Documents between a real Postgres and a real S3 server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.documents import bootstrap
from services.documents.application import DocumentsApplication
from services.documents.config import DocumentsSettings
from services.documents.gateways import MinioStore, SeparateInspector
from services.documents.worker import DocumentsWorker


@pytest.fixture(scope="session")
def settings(environment: None) -> DocumentsSettings:
    return DocumentsSettings()


@pytest.fixture(scope="session")
def store(settings: DocumentsSettings) -> MinioStore:
    return bootstrap.store(settings)


@pytest.fixture(scope="session")
def worker(settings: DocumentsSettings) -> Iterator[DocumentsWorker]:
    worker = bootstrap.worker(settings)
    yield worker
    assert isinstance(worker.inspector, SeparateInspector)
    worker.inspector.close()
    worker.app.close()


@pytest.fixture(scope="session")
def documents(worker: DocumentsWorker) -> DocumentsApplication:
    return worker.app
