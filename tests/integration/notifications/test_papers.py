"""Papers as signing stored them, read with the rights that notifications has."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

import pytest
from minio import Minio
from minio.error import S3Error
from pydantic import SecretStr

from infra.embedded import Servers
from services.notifications import bootstrap
from services.notifications.config import NotificationsSettings
from services.notifications.gateways.papers import BUCKET, StoredPapers
from services.notifications.ports import PutOffError, RejectedError
from tests.integration.notifications.worlds import HOST, free_port

PDF = b"%PDF-1.7 a receipt"
HASH = sha256(PDF).hexdigest()


@pytest.fixture
def signing(servers: Servers) -> Minio:
    """Whoever may put papers there."""
    at = servers.addresses.s3("signing")
    return Minio(
        at.endpoint,
        access_key=at.access_key,
        secret_key=at.secret_key,
        secure=at.secure,
    )


@pytest.fixture
def store(settings: NotificationsSettings) -> StoredPapers:
    return StoredPapers(bootstrap.objects(settings))


def test_a_paper_is_fetched_by_its_hash(store: StoredPapers, signing: Minio) -> None:
    signing.put_object(BUCKET, HASH, BytesIO(PDF), len(PDF))

    assert store.get(HASH) == PDF


def test_a_paper_that_is_another_one_goes_to_nobody(
    store: StoredPapers, signing: Minio
) -> None:
    signing.put_object(BUCKET, "ab" * 32, BytesIO(PDF), len(PDF))

    with pytest.raises(RejectedError, match="attachment-damaged"):
        store.get("ab" * 32)


def test_a_paper_that_is_not_there_will_not_come(store: StoredPapers) -> None:
    with pytest.raises(RejectedError, match="attachment-missing"):
        store.get("cd" * 32)


def test_a_store_that_is_away_may_come_back(settings: NotificationsSettings) -> None:
    away = settings.model_copy(update={"s3_endpoint": f"{HOST}:{free_port()}"})

    with pytest.raises(PutOffError, match="attachment-unreachable"):
        StoredPapers(bootstrap.objects(away)).get(HASH)


def test_a_store_that_does_not_know_us_may_be_put_right(
    settings: NotificationsSettings,
) -> None:
    stranger = settings.model_copy(update={"s3_secret_key": SecretStr("wrong")})

    with pytest.raises(PutOffError, match="attachment-unreachable"):
        StoredPapers(bootstrap.objects(stranger)).get(HASH)


def test_we_may_not_put_papers_there(settings: NotificationsSettings) -> None:
    with pytest.raises(S3Error, match="AccessDenied"):
        bootstrap.objects(settings).put_object(
            BUCKET, "ef" * 32, BytesIO(PDF), len(PDF)
        )
