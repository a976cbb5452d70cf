"""Files: each account reaches its buckets; an issued paper cannot be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from urllib.request import urlopen

import pytest
from minio import Minio
from minio.commonconfig import COMPLIANCE
from minio.error import S3Error
from minio.retention import Retention

from infra.embedded import Servers
from infra.embedded.ports import HOST
from infra.embedded.seaweedfs import client

PAPER = b"a sealed decision"


def account(servers: Servers, name: str) -> Minio:
    return client(servers.addresses.s3(name))


@pytest.fixture
def paper(servers: Servers) -> str:
    """The version of a paper that must stay until tomorrow."""
    until = Retention(COMPLIANCE, datetime.now(UTC) + timedelta(days=1))
    kept = account(servers, "signing").put_object(
        "papers", "paper.pdf", BytesIO(PAPER), len(PAPER), retention=until
    )
    assert kept.version_id
    return kept.version_id


@pytest.mark.parametrize("who", ["signing", "operator"])
def test_a_locked_paper_refuses_deletion(
    servers: Servers, paper: str, who: str
) -> None:
    with pytest.raises(S3Error):
        account(servers, who).remove_object("papers", "paper.pdf", version_id=paper)

    found = account(servers, "signing").get_object(
        "papers", "paper.pdf", version_id=paper
    )
    assert found.data == PAPER


def test_notifications_reads_papers_and_writes_none(
    servers: Servers, paper: str
) -> None:
    reader = account(servers, "notifications")

    assert reader.get_object("papers", "paper.pdf").data == PAPER
    with pytest.raises(S3Error, match="Access"):
        reader.put_object("papers", "mine", BytesIO(b"?"), 1)


@pytest.mark.parametrize("bucket", ["incoming", "files", "quarantine"])
def test_documents_writes_and_removes_files(servers: Servers, bucket: str) -> None:
    writer = account(servers, "documents")

    writer.put_object(bucket, "file", BytesIO(b"?"), 1)
    writer.remove_object(bucket, "file")

    assert "file" not in {each.object_name for each in writer.list_objects(bucket)}


def test_signing_reaches_nothing_that_was_handed_in(servers: Servers) -> None:
    account(servers, "documents").put_object("files", "theirs", BytesIO(b"?"), 1)

    with pytest.raises(S3Error, match="Access"):
        account(servers, "signing").get_object("files", "theirs")


def test_documents_issues_no_papers(servers: Servers) -> None:
    with pytest.raises(S3Error, match="Access"):
        account(servers, "documents").put_object("papers", "mine", BytesIO(b"?"), 1)


def test_the_inner_doors_are_locked(servers: Servers, paper: str) -> None:
    port = servers.site.ports["s3_filer"]

    with pytest.raises(OSError, match="401"):
        urlopen(f"http://{HOST}:{port}/buckets/papers/paper.pdf")
