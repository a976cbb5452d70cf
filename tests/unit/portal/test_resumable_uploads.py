"""A file goes on where its line was lost; nobody else sees or continues it."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

import httpx
import pytest
from starlette.requests import ClientDisconnect

from services.portal.bus import ServiceUnavailableError
from services.portal.frame import MIB
from services.portal.intray import Intray, Upload
from services.portal.writers import Writers, append
from shared.errors import Refused
from tests.builders.portal import DOSSIER, NOON, APortal, Browser, a_citizen, a_portal

PDF = b"%PDF-1.7 " + b"x" * 991
KEY = UUID("6f0c1df6-3b0b-4b51-9a55-0d8f1d3f6a11")
HERE = f"/uploads/{KEY}"
TUS = {"Tus-Resumable": "1.0.0"}
GRANT = {"url": "http://store.test/incoming/1", "method": "PUT", "max_bytes": 10_000}
DOCUMENT = {
    "code": "LL01",
    "accept": ["application/pdf"],
    "max_mb": 1,
}


class Store:
    def __init__(self) -> None:
        self.status = 200
        self.kept: list[bytes] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.status == 200:
            self.kept.append(request.content)
        return httpx.Response(self.status)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def portal(store: Store, tmp_path: Path) -> APortal:
    portal = a_portal(
        {
            "intake.dossier": {"documents": [DOCUMENT]},
            "documents.file": {"state": "declared"},
            "documents.upload_grant": GRANT,
        }
    )
    settings = portal.parts.settings.model_copy(update={"uploads_dir": tmp_path})
    http = httpx.AsyncClient(transport=httpx.MockTransport(cast(Any, store)))
    portal.parts = replace(portal.parts, settings=settings, http=http)
    return portal


@pytest.fixture
def owner(portal: APortal) -> Browser:
    return portal.person(a_citizen())


@pytest.fixture
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


def said(**metadata: str) -> str:
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}"
        for name, value in metadata.items()
    )


def begun(browser: Browser, length: int = len(PDF), **about: str) -> httpx.Response:
    usual = {
        "dossier": str(DOSSIER),
        "document": "LL01",
        "name": "Tờ khai.pdf",
        "type": "application/pdf",
        "key": str(KEY),
    }
    headers = {
        **TUS,
        "Upload-Length": str(length),
        "Upload-Metadata": said(**(usual | about)),
    }
    return browser.post("/uploads", headers=headers)


def sent(browser: Browser, offset: int, content: Any) -> httpx.Response:
    piece = {"Content-Type": "application/offset+octet-stream"}
    headers = {**TUS, **piece, "Upload-Offset": str(offset)}
    return browser.request("PATCH", HERE, headers=headers, content=content)


def offset(browser: Browser) -> int:
    answer = browser.request("HEAD", HERE, headers=TUS)
    return int(answer.headers["upload-offset"]) if answer.is_success else -1


def ordered(portal: APortal) -> list[str]:
    return [order.method for order in portal.bus.orders]


def test_a_file_in_two_pieces_arrives_whole_and_is_handed_in(
    portal: APortal, owner: Browser, store: Store
) -> None:
    answer = begun(owner)
    first, last = sent(owner, 0, PDF[:400]), sent(owner, 400, PDF[400:])

    assert (answer.status_code, answer.headers["location"]) == (201, HERE)
    assert first.headers["upload-offset"] == "400"
    assert last.status_code == 204
    assert store.kept == [PDF]
    assert ordered(portal)[-1] == "documents.receive_file"


def test_the_dossier_waits_for_a_file_from_its_first_byte_on(
    portal: APortal, owner: Browser
) -> None:
    begun(owner)

    assert ordered(portal) == ["intake.attach_document", "documents.declare_file"]
    assert portal.bus.orders[1].arguments["size"] == len(PDF)


def test_what_came_before_the_line_was_lost_stays(
    loop: asyncio.Runner, tmp_path: Path
) -> None:
    async def lost() -> AsyncIterator[bytes]:
        yield PDF[:300]
        raise ClientDisconnect

    path = tmp_path / "part"
    path.touch()

    size = loop.run(append(path, 0, lost(), at_most=len(PDF)))

    assert (size, path.read_bytes()) == (300, PDF[:300])


def test_a_piece_from_another_place_is_refused_and_changes_nothing(
    owner: Browser, store: Store
) -> None:
    begun(owner)
    sent(owner, 0, PDF[:400])

    refused = sent(owner, 300, PDF[300:])

    assert (refused.status_code, refused.json()["code"]) == (409, "upload-moved-on")
    assert offset(owner) == 400
    assert store.kept == []


def test_more_than_was_announced_is_refused(owner: Browser) -> None:
    begun(owner, length=10)

    assert sent(owner, 0, PDF).json()["code"] == "upload-moved-on"
    assert offset(owner) == 0


def test_begun_twice_it_is_one_file(portal: APortal, owner: Browser) -> None:
    begun(owner)
    sent(owner, 0, PDF[:400])

    again = begun(owner)

    assert again.headers["upload-offset"] == "400"
    assert len({each.key for each in portal.bus.orders}) == 2


def test_a_store_that_is_away_is_asked_again_when_the_sender_returns(
    owner: Browser, store: Store
) -> None:
    begun(owner)
    store.status = 503
    refused = sent(owner, 0, PDF)
    store.status = 200

    assert refused.json()["code"] == "service-unavailable"
    assert offset(owner) == len(PDF)
    assert store.kept == [PDF]


def test_who_lost_the_last_answer_learns_that_it_was_done(
    owner: Browser, store: Store
) -> None:
    begun(owner)
    sent(owner, 0, PDF)

    assert offset(owner) == len(PDF)
    assert sent(owner, len(PDF), b"").status_code == 204
    assert store.kept == [PDF]


def test_somebody_else_neither_sees_nor_continues_nor_ends_it(
    portal: APortal, owner: Browser, store: Store
) -> None:
    begun(owner)
    stranger = portal.person(a_citizen("citizen:2"))

    assert offset(stranger) == -1
    assert sent(stranger, 0, PDF).status_code == 404
    assert stranger.request("DELETE", HERE, headers=TUS).status_code == 404
    assert offset(owner) == 0


@pytest.mark.parametrize("code", ["not-allowed", "dossier-not-editable"])
def test_who_may_not_attach_leaves_nothing_behind(
    portal: APortal, owner: Browser, code: str
) -> None:
    portal.bus.answers["intake.attach_document"] = Refused(code, "No.")

    assert begun(owner).json()["code"] == code
    assert offset(owner) == -1


@pytest.mark.parametrize(
    ("length", "about", "code"),
    [
        (2 * MIB, {}, "file-over-limit"),
        (0, {}, "file-empty"),
        (9, {"type": "image/jpeg"}, "file-kind-not-taken"),
        (9, {"document": "XX99"}, "document-not-found"),
        (9, {"dossier": "nonsense"}, "upload-protocol"),
    ],
)
def test_what_is_not_taken_is_refused_before_a_byte_came(
    portal: APortal, owner: Browser, length: int, about: dict[str, str], code: str
) -> None:
    refused = begun(owner, length, **about)

    assert refused.json()["code"] == code
    assert ordered(portal) == []


def test_a_file_of_another_kind_is_told_at_once_and_blocks_nothing(
    portal: APortal, owner: Browser, store: Store
) -> None:
    begun(owner, length=4)

    refused = sent(owner, 0, b"MZ\0\0")

    assert refused.json()["code"] == "file-not-as-declared"
    assert ordered(portal)[-1] == "intake.detach_document"
    assert (offset(owner), store.kept) == (-1, [])


def test_who_gives_up_frees_the_dossier(portal: APortal, owner: Browser) -> None:
    begun(owner)

    assert owner.request("DELETE", HERE, headers=TUS).status_code == 204
    assert ordered(portal)[-1] == "intake.detach_document"
    assert offset(owner) == -1


def test_one_person_has_so_many_files_on_their_way_and_no_more(
    owner: Browser,
) -> None:
    last = [begun(owner, key=str(uuid4())) for _ in range(21)][-1]

    assert last.json()["code"] == "too-many-uploads"


def test_another_version_of_the_protocol_is_refused(owner: Browser) -> None:
    assert owner.post("/uploads", headers={"Upload-Length": "1"}).status_code == 400


def an_intray(tmp_path: Path, portal: APortal) -> Intray:
    return Intray(tmp_path, portal.parts.box)


UPLOAD = Upload(DOSSIER, "LL01", "Giấy của Bình.pdf", "application/pdf", 9)


def test_what_is_left_alone_for_a_day_is_thrown_away(
    portal: APortal, tmp_path: Path
) -> None:
    intray = an_intray(tmp_path, portal)
    intray.begin("citizen:1", KEY, UPLOAD, NOON)
    touched = (tmp_path / next(tmp_path.iterdir()).name / f"{KEY}.part").stat().st_mtime
    begun_at = NOON.fromtimestamp(touched, NOON.tzinfo)

    kept = intray.sweep(begun_at + timedelta(hours=23))
    swept = intray.sweep(begun_at + timedelta(hours=25))

    assert (kept, swept) == (0, 1)
    assert intray.all("citizen:1") == []


def test_nothing_on_the_disk_tells_whose_it_is(portal: APortal, tmp_path: Path) -> None:
    an_intray(tmp_path, portal).begin("citizen:1", KEY, UPLOAD, NOON)

    written = b"".join(
        str(each).encode() + each.read_bytes()
        for each in tmp_path.rglob("*")
        if each.is_file()
    )

    assert "Bình".encode() not in written
    assert b"citizen:1" not in written
    assert {each.stat().st_mode & 0o077 for each in tmp_path.rglob("*.*")} == {0}


def test_a_full_disk_takes_no_more_uploads(
    portal: APortal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.portal.intray.RESERVE", 1 << 60)

    with pytest.raises(ServiceUnavailableError):
        an_intray(tmp_path, portal).begin("citizen:1", KEY, UPLOAD, NOON)


def test_who_comes_back_takes_over_from_the_line_that_was_lost(
    loop: asyncio.Runner,
) -> None:
    async def story() -> tuple[str, str]:
        writers = Writers()
        lost = asyncio.create_task(writers.run(KEY, never()))
        await asyncio.sleep(0)
        newer = await writers.run(KEY, at_once())
        [older] = await asyncio.gather(lost, return_exceptions=True)
        return newer, type(older).__name__

    async def never() -> str:
        await asyncio.Event().wait()
        return "old"

    async def at_once() -> str:
        return "new"

    assert loop.run(story()) == ("new", "UploadBusyError")
