from __future__ import annotations

import pytest
from minio import Minio
from minio.error import S3Error
from pydantic import SecretStr

from infra.embedded import Servers
from infra.embedded.seaweedfs import client
from services.signing import bootstrap
from services.signing.application import SigningApplication
from services.signing.config import SigningSettings
from services.signing.domain import Paper
from services.signing.gateways.storing import Bucket, LockedStore
from services.signing.ports import StoreAwayError
from services.signing.worker import SigningWorker
from shared.actor import Actor
from shared.errors import NotAllowedError
from tests.builders import an_applicant
from tests.builders.signing import a_paper_requested
from tests.fakes_signing import MemoryStore


def test_a_decision_goes_from_its_message_to_the_store(
    signing: SigningApplication, issued: Paper
) -> None:
    found = signing.verify_paper(issued.id, by=an_applicant())

    assert issued.number == "01/GPXD"
    assert found["valid"]
    assert found["level"] == "B-T"


def test_a_file_that_is_not_the_recorded_one_is_found_out(
    settings: SigningSettings, store: LockedStore, issued: Paper
) -> None:
    """Also where the seal itself does not look: in the place it stands in."""
    recorded = issued.require_hash()
    pdf = bytearray(store.get(recorded) or b"")
    pdf[pdf.rindex(b"00000000")] = ord("1")
    forger = MemoryStore()
    forger.put(recorded, bytes(pdf))
    misled = bootstrap.application(settings)
    misled.store = forger

    found = misled.verify_paper(issued.id, by=an_applicant())

    misled.close()
    assert found["signature_valid"]
    assert not found["hash_matches"]
    assert not found["valid"]


def test_a_paper_asked_for_again_is_not_made_again(
    worker: SigningWorker, issued: Paper
) -> None:
    worker.handle(a_paper_requested(issued.id, position=99))

    again: Paper = worker.app.repository.get(issued.id)
    assert again.sha256 == issued.sha256
    assert again.version == issued.version


def test_a_stranger_learns_nothing_of_it(
    signing: SigningApplication, issued: Paper
) -> None:
    with pytest.raises(NotAllowedError):
        signing.paper(issued.id, by=Actor("citizen-2"))


def test_an_issued_paper_cannot_be_removed(
    servers: Servers, store: LockedStore, issued: Paper
) -> None:
    operator = an_operator(servers)
    [version] = operator.list_objects(
        "papers", prefix=issued.sha256, include_version=True
    )

    with pytest.raises(S3Error):
        operator.remove_object(
            "papers", issued.sha256 or "", version_id=version.version_id
        )

    assert store.get(issued.sha256 or "") is not None


def test_what_was_never_stored_is_not_there(store: LockedStore) -> None:
    assert store.get("0" * 64) is None


def test_a_store_that_does_not_answer_is_away() -> None:
    nowhere = an_absent_store()

    with pytest.raises(StoreAwayError):
        nowhere.put("0" * 64, b"paper")
    with pytest.raises(StoreAwayError):
        nowhere.get("0" * 64)


def an_operator(servers: Servers) -> Minio:
    return client(servers.addresses.s3("operator"))


def an_absent_store() -> LockedStore:
    secret = SecretStr("nobody's")
    bucket = Bucket("127.0.0.1:9", "signing", secret, secure=False, region="us-east-1")
    return LockedStore(bucket.open(), keep_years=1)
