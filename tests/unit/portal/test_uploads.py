from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, cast

import httpx
import pytest

from services.portal import uploads
from services.portal.downloads import disposition
from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.portal import DOSSIER, APortal, a_citizen, a_key, a_portal

PATH = f"/api/v1/dossiers/{DOSSIER}/documents/LL01/file"
GRANT = {
    "url": "http://store.test/incoming/1",
    "method": "PUT",
    "max_bytes": 10_000_000,
}
NAME = "T%E1%BB%9D%20khai.pdf"


class Store:
    """An object store of one request."""

    def __init__(self, status: int = 200) -> None:
        self.status = status
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return httpx.Response(self.status, stream=httpx.ByteStream(b"%PDF-1.7"))


def a_portal_with(store: Store, **answers: Any) -> APortal:
    known = {"documents.upload_grant": GRANT, "documents.file": {"state": "declared"}}
    named = {key.replace("_", ".", 1): answer for key, answer in answers.items()}
    portal = a_portal(known | named)
    http = httpx.AsyncClient(transport=httpx.MockTransport(cast(Any, store)))
    portal.parts = replace(portal.parts, http=http)
    return portal


def handed_in(portal: APortal, content: Any = b"%PDF-1.7") -> httpx.Response:
    headers = {**a_key(), "Content-Type": "application/pdf", "X-File-Name": NAME}
    return portal.program(a_citizen()).put(PATH, content=content, headers=headers)


def ordered(portal: APortal) -> list[str]:
    return [order.method for order in portal.bus.orders]


def test_a_file_is_attached_announced_stored_and_looked_into() -> None:
    store = Store()
    portal = a_portal_with(store)

    answer = handed_in(portal)

    assert answer.status_code == 202
    assert ordered(portal) == [
        "intake.attach_document",
        "documents.declare_file",
        "documents.receive_file",
    ]
    assert portal.bus.orders[1].arguments["name"] == "Tờ khai.pdf"
    assert len({order.key for order in portal.bus.orders}) == 3
    assert store.asked[0].content == b"%PDF-1.7"
    assert store.asked[0].headers["content-length"] == "8"


def test_a_body_without_length_is_counted_before_it_is_stored() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"%PDF"
        yield b"-1.7"

    store = Store()

    handed_in(a_portal_with(store), pieces())

    assert store.asked[0].headers["content-length"] == "8"
    assert store.asked[0].content == b"%PDF-1.7"


def test_a_file_that_arrived_before_is_not_sent_again() -> None:
    store = Store()
    portal = a_portal_with(store, documents_file={"state": "accepted"})

    assert handed_in(portal).status_code == 202

    assert store.asked == []


def test_a_store_that_is_away_leaves_the_file_to_be_sent_again() -> None:
    portal = a_portal_with(Store(503))

    answer = handed_in(portal)

    assert answer.json()["code"] == "service-unavailable"
    assert "documents.receive_file" not in ordered(portal)


def test_documents_may_hear_of_a_new_dossier_a_moment_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "PAUSE", 0)
    refused = Refused("not-allowed", "Not yet.")
    portal = a_portal_with(Store(), documents_declare_file=refused)

    answer = handed_in(portal)

    assert answer.json()["code"] == "not-allowed"
    assert ordered(portal).count("documents.declare_file") == uploads.ATTEMPTS


def test_a_file_larger_than_its_document_takes_is_given_back() -> None:
    portal = a_portal_with(Store(), documents_upload_grant=GRANT | {"max_bytes": 3})

    assert handed_in(portal).json()["code"] == "file-too-large"

    assert ordered(portal)[-1] == "intake.detach_document"


def test_a_file_that_documents_never_takes_is_given_back() -> None:
    refused = Refused("media-type-not-allowed", "No.")
    portal = a_portal_with(Store(), documents_declare_file=refused)

    assert handed_in(portal).json()["code"] == "media-type-not-allowed"

    assert ordered(portal)[-1] == "intake.detach_document"


def test_a_key_that_served_for_another_file_leaves_that_one_alone() -> None:
    refused = Refused("key-reused", "No.")
    portal = a_portal_with(Store(), documents_declare_file=refused)

    assert handed_in(portal).json()["code"] == "key-reused"

    assert "intake.detach_document" not in ordered(portal)


def test_what_comes_out_is_kept_and_never_run() -> None:
    grant = {
        "url": "http://store.test/files/1",
        "name": "Tờ khai.pdf",
        "media_type": "application/pdf",
        "sha256": "f" * 64,
    }
    portal = a_portal_with(Store(), documents_download_grant=grant)

    answer = portal.program(a_citizen()).get(f"/api/v1/files/{DOSSIER}/content")

    assert answer.content == b"%PDF-1.7"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"


def test_that_an_officer_fetches_a_file_is_told_to_the_audit_log() -> None:
    grant = {
        "url": "http://store.test/files/1",
        "name": "x.pdf",
        "media_type": "application/pdf",
        "sha256": "f" * 64,
    }
    portal = a_portal_with(Store(), documents_download_grant=grant)
    address = f"/api/v1/files/{DOSSIER}/content"

    portal.program(a_citizen()).get(address)
    assert ordered(portal) == []
    portal.program(an_officer()).get(address)

    assert ordered(portal) == ["documents.note_look"]


def test_a_name_cannot_break_out_of_its_header() -> None:
    named = disposition('a"; x=\r\nSet-Cookie: b=Tờ/khai.pdf')

    assert "\r" not in named
    assert "\n" not in named
    assert named.count('"') == 2
    assert "T%E1%BB%9Dkhai.pdf" in named
