"""What we ask of an S3 server, asked of a real one."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from minio import Minio
from minio.error import S3Error

from infra.embedded import Servers
from services.documents.config import DocumentsSettings
from services.documents.gateways import MinioStore
from services.documents.ports import (
    FILES,
    INCOMING,
    PAPERS,
    Attachment,
    Content,
    ObjectMissingError,
)

SOON = timedelta(minutes=1)
LARGE = bytes(range(256)) * 4 * 20_000  # 20 MB: sent in several parts


def content_of(path: Path, stored: bytes) -> Content:
    path.write_bytes(stored)
    return Content(path, len(stored), sha256(stored).hexdigest())


@pytest.fixture
def key() -> str:
    return str(uuid4())


def test_what_a_holder_of_a_grant_brings_is_there(store: MinioStore, key: str) -> None:
    sent = httpx.put(store.upload_grant(key, SOON), content=LARGE)

    assert sent.status_code == 200
    assert store.size(INCOMING, key) == len(LARGE)
    assert store.digest(INCOMING, key) == sha256(LARGE).hexdigest()


def test_a_file_may_come_as_a_stream_whose_length_nobody_knows(
    store: MinioStore, key: str
) -> None:
    pieces = iter([b"first ", b"second"])

    httpx.put(store.upload_grant(key, SOON), content=pieces).raise_for_status()

    assert store.size(INCOMING, key) == len("first second")


def test_a_grant_is_good_for_its_object_alone(store: MinioStore, key: str) -> None:
    other = store.upload_grant(key, SOON).replace(key, str(uuid4()))

    assert httpx.put(other, content=b"x").status_code == 403


def test_a_grant_to_bring_is_none_to_fetch(store: MinioStore, key: str) -> None:
    address = store.upload_grant(key, SOON)
    httpx.put(address, content=b"x")

    assert httpx.get(address).status_code == 403


def test_a_grant_is_signed_without_asking_the_server() -> None:
    nobody = MinioStore(
        "127.0.0.1:9", access_key="a", secret_key="s", secure=False, region="here"
    )

    assert "X-Amz-Signature" in nobody.upload_grant("key", SOON)


def test_what_is_kept_is_fetched_as_an_attachment_with_its_name(
    store: MinioStore, key: str, tmp_path: Path
) -> None:
    store.keep(FILES, key, content_of(tmp_path / "file", LARGE))
    attachment = Attachment("bản vẽ.pdf", "application/pdf")

    answer = httpx.get(store.download_grant(FILES, key, attachment, SOON))

    assert answer.content == LARGE
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''b%E1%BA%A3n%20v%E1%BA%BD.pdf"
    )


def test_a_copy_lasts_as_long_as_it_is_needed(
    store: MinioStore, key: str, tmp_path: Path
) -> None:
    store.keep(FILES, key, content_of(tmp_path / "file", LARGE))

    with store.fetched(FILES, key, at_most=len(LARGE)) as copy:
        assert copy.path.read_bytes() == LARGE
        assert (copy.size, copy.sha256) == (len(LARGE), sha256(LARGE).hexdigest())

    assert not copy.path.exists()


def test_too_large_an_object_is_not_copied(
    store: MinioStore, key: str, tmp_path: Path
) -> None:
    store.keep(FILES, key, content_of(tmp_path / "file", LARGE))

    with store.fetched(FILES, key, at_most=len(LARGE) - 1) as copy:
        assert copy == Content(copy.path, len(LARGE), "")
        assert copy.path.read_bytes() == b""


def test_an_object_that_is_not_there_is_missing(store: MinioStore, key: str) -> None:
    store.remove(FILES, key)

    with pytest.raises(ObjectMissingError):
        store.size(FILES, key)
    with pytest.raises(ObjectMissingError):
        store.digest(PAPERS, key)


def test_documents_reads_papers_and_cannot_write_them(
    servers: Servers, settings: DocumentsSettings, store: MinioStore, key: str
) -> None:
    account(servers, "signing").put_object(PAPERS, key, BytesIO(b"sealed"), 6)

    assert store.digest(PAPERS, key) == sha256(b"sealed").hexdigest()
    with pytest.raises(S3Error, match="AccessDenied"):
        account(servers, "documents").put_object(PAPERS, key, BytesIO(b"forged"), 6)


def account(servers: Servers, name: str) -> Minio:
    address = servers.addresses.s3(name)
    return Minio(
        address.endpoint,
        access_key=address.access_key,
        secret_key=address.secret_key,
        secure=address.secure,
        region="us-east-1",
    )
