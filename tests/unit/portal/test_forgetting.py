"""A person is forgotten: out at once, and nothing of their files stays."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from services.portal import forgotten_files
from services.portal.intray import Arriving, Upload
from services.portal.upload_errors import UploadBusyError
from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.portal import DOSSIER, NOON, APortal, a_citizen, a_key, a_portal

MAI, BINH = "citizen:1", "citizen:2"


@pytest.fixture
def portal(tmp_path: Path) -> APortal:
    portal = a_portal()
    settings = portal.parts.settings.model_copy(update={"uploads_dir": tmp_path})
    portal.parts = replace(portal.parts, settings=settings)
    return portal


def an_upload(portal: APortal, owner: str, minutes: int = 0) -> Arriving:
    """A file of which some bytes came, begun so many minutes after noon."""
    upload = Upload(DOSSIER, "XD01", "a.pdf", "application/pdf", 1000)
    begun = NOON + timedelta(minutes=minutes)
    arriving = portal.parts.intray.begin(owner, uuid4(), upload, begun)
    arriving.path.write_bytes(b"%PDF-1.7 Nguyen")
    return arriving


def a_photo(
    portal: APortal, owner: str, minutes: int = 0, document: str = "XD01"
) -> Path:
    album = portal.parts.albums.of(owner, DOSSIER, document)
    path = album.place()
    path.write_bytes(b"jpeg")
    taken = (NOON + timedelta(minutes=minutes)).timestamp()
    os.utime(path, (taken, taken))
    album.add(path)
    return path


def forget(portal: APortal, subject: str) -> None:
    """The erasure was at one minute past noon."""
    at = NOON + timedelta(minutes=1)
    asyncio.run(forgotten_files.forget(portal.parts, subject, at))


def test_who_is_forgotten_is_out_at_once(portal: APortal) -> None:
    person, officer = (
        portal.person(a_citizen(MAI)),
        portal.program(an_officer("data_protection")),
    )

    answer = officer.post("/api/v1/erasures", json={"subject": MAI}, headers=a_key())

    [order] = portal.bus.orders
    assert answer.status_code == 200
    assert (order.method, order.arguments) == ("intake.forget", {"subject": MAI})
    assert person.get("/en/dossiers").status_code == 303


def test_nobody_is_put_out_by_who_may_not_order_it(portal: APortal) -> None:
    portal.bus.answers["intake.forget"] = Refused("not-allowed", "no")
    person, officer = portal.person(a_citizen(MAI)), portal.program(an_officer("clerk"))

    answer = officer.post("/api/v1/erasures", json={"subject": MAI}, headers=a_key())

    assert answer.status_code == 403
    assert person.get("/en/dossiers").status_code == 200


def test_what_a_forgotten_person_was_bringing_is_gone(portal: APortal) -> None:
    half, photo = an_upload(portal, MAI), a_photo(portal, MAI)
    other, others_photo = an_upload(portal, BINH), a_photo(portal, BINH)

    forget(portal, MAI)

    assert portal.parts.intray.all(MAI) == []
    assert not half.path.exists()
    assert not photo.exists()
    assert [each.id for each in portal.parts.intray.all(BINH)] == [other.id]
    assert others_photo.exists()


def test_who_comes_back_after_it_brings_anew(portal: APortal) -> None:
    upload = an_upload(portal, MAI, minutes=2)
    photo = a_photo(portal, MAI, minutes=2)
    older = a_photo(portal, MAI, document="XD02")

    forget(portal, MAI)

    assert [each.id for each in portal.parts.intray.all(MAI)] == [upload.id]
    assert photo.exists()
    assert not older.exists()


def test_a_file_that_is_coming_just_then_comes_no_further(portal: APortal) -> None:
    arriving, at = an_upload(portal, MAI), NOON + timedelta(minutes=1)

    async def story() -> None:
        endless = portal.parts.writers.run(arriving.id, asyncio.sleep(60))
        coming = asyncio.create_task(endless)
        await asyncio.sleep(0)
        await forgotten_files.forget(portal.parts, MAI, at)
        await coming

    with pytest.raises(UploadBusyError):
        asyncio.run(story())
    assert portal.parts.intray.all(MAI) == []


def test_photos_that_nobody_touched_are_swept_as_before(portal: APortal) -> None:
    album = a_photo(portal, MAI).parent
    os.utime(album, (NOON.timestamp(), NOON.timestamp()))

    portal.parts.albums.sweep(NOON + timedelta(hours=23))
    kept = album.exists()
    portal.parts.albums.sweep(NOON + timedelta(hours=25))

    assert kept
    assert not album.exists()
