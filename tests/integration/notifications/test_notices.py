"""From what intake tells to the applicant's phone and mailbox, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from minio import Minio

from infra.embedded import Servers
from services.notifications.config import NotificationsSettings
from tests.builders.notifications import (
    a_contact,
    accepted,
    opened,
    paper_issued,
    submitted,
)
from tests.integration.notifications.processes import House, a_house
from tests.integration.notifications.worlds import (
    MailServer,
    Postmaster,
    eventually,
    free_port,
)

PDF = b"%PDF-1.7 a receipt"


@pytest.fixture
def house(servers: Servers, settings: NotificationsSettings) -> Iterator[House]:
    with a_house(servers, settings) as house:
        house.starts("serve")
        yield house


@pytest.fixture
def dossier(house: House) -> UUID:
    dossier_id = uuid4()
    house.hears(opened, dossier_id)
    return dossier_id


@pytest.fixture
def receipt(servers: Servers) -> str:
    """The hash of a paper that signing stored."""
    at = servers.addresses.s3("signing")
    signing = Minio(
        at.endpoint, access_key=at.access_key, secret_key=at.secret_key, secure=False
    )
    key = sha256(PDF).hexdigest()
    signing.put_object("papers", key, BytesIO(PDF), len(PDF))
    return key


def test_an_applicant_is_told_in_both_ways(
    house: House, dossier: UUID, receipt: str, servers: Servers
) -> None:
    house.starts("follow")

    house.hears(accepted, dossier)
    house.hears(paper_issued, dossier, kind="receipt", sha256=receipt)

    sms = house.reaches(dossier, "sms", "delivered")
    email = house.reaches(dossier, "email", "sent")
    phone = servers.site.home / "sms" / f"{sms.reference}.json"
    assert "da duoc tiep nhan" in json.loads(phone.read_text())["text"]
    [letter] = (servers.site.home / "mail").glob(f"*{email.id}*.eml")
    assert b"application/pdf" in letter.read_bytes()


def test_a_number_that_cannot_be_reached_is_seen(house: House, dossier: UUID) -> None:
    house.starts("follow")

    house.hears(submitted, dossier, contact=a_contact(phone="0901234000"))

    assert house.reaches(dossier, "sms", "failed").reason == "undeliverable"


def test_a_server_that_was_away_gets_its_letters_when_it_is_back(
    house: House, dossier: UUID
) -> None:
    port, postmaster = free_port(), Postmaster()
    house.starts("follow", SMTP_PORT=port, RETRY_AFTER="[1, 1, 1, 1, 1, 1, 1, 1]")
    house.hears(submitted, dossier)
    house.reaches(dossier, "email", "deferred")

    server = MailServer(postmaster, port)
    server.start()
    email = house.reaches(dossier, "email", "sent")
    server.stop()

    assert len(postmaster.letters) == 1
    assert email.attempts > 1


def test_a_server_that_stays_away_leaves_a_visible_failure(
    house: House, dossier: UUID
) -> None:
    house.starts("follow", SMTP_PORT=free_port(), RETRY_AFTER="[1]")

    house.hears(submitted, dossier)

    email = house.reaches(dossier, "email", "failed")
    assert email.reason == "retries-exhausted"
    assert email.attempts == 2


def test_a_crash_between_sending_and_sent_is_seen_and_not_repeated(
    house: House, dossier: UUID
) -> None:
    postmaster = Postmaster(data="say nothing")
    server = MailServer(postmaster)
    server.start()
    follow = house.starts("follow", SMTP_PORT=server.port)
    house.hears(submitted, dossier)
    assert postmaster.asked.wait(40)

    follow.kill()
    follow.wait()
    house.starts("follow", SMTP_PORT=server.port)

    email = house.reaches(dossier, "email", "unknown")
    assert email.reason == "no-answer"
    assert eventually(lambda: house.reaches(dossier, "sms", "delivered"))
    assert len(postmaster.letters) == 1
    server.stop()
