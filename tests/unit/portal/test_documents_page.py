"""The documents of a dossier, as their owner brings them, without any script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import httpx
import pikepdf
import pytest
from PIL import Image

from services.portal import scanning
from services.portal.desk import Desk
from shared.errors import Refused
from tests.builders.documents import a_pdf, an_image
from tests.builders.portal import (
    DOSSIER,
    NOON,
    APortal,
    Browser,
    a_citizen,
    a_portal,
    a_row,
)

HERE = f"/en/dossiers/{DOSSIER}/documents"
PHOTOS = f"{HERE}/LL01/photos"
NAME = {"vi": "Tờ khai", "en": "Application form", "fr": "Formulaire"}
GRANT = {"url": "http://store.test/incoming/1", "method": "PUT", "max_bytes": 10**8}
PLACE = (10.5, 106.5)


def a_document(**named: Any) -> dict[str, Any]:
    usual = {
        "code": "LL01",
        "name": NAME,
        "manner": "upload",
        "mandatory": True,
        "accept": ["application/pdf", "image/jpeg"],
        "max_mb": 1,
        "state": "missing",
        "files": [],
        "record": None,
        "verdict": None,
        "reason": None,
    }
    return usual | named


def a_file(**named: Any) -> dict[str, Any]:
    return {
        "file_id": "f1",
        "state": "being-checked",
        "reason": None,
        "sha256": None,
    } | named


class Store:
    def __init__(self) -> None:
        self.kept: list[bytes] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.kept.append(request.content)
        return httpx.Response(200)


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def portal(store: Store, tmp_path: Path) -> Iterator[APortal]:
    portal = a_portal(
        {
            "intake.dossier": {
                "id": str(DOSSIER),
                "status": 0,
                "documents": [a_document()],
            },
            "documents.file": {"state": "declared"},
            "documents.upload_grant": GRANT,
        }
    )
    portal.views.rows = [a_row(status=0)]
    settings = portal.parts.settings.model_copy(update={"uploads_dir": tmp_path})
    http = httpx.AsyncClient(transport=httpx.MockTransport(cast(Any, store)))
    portal.parts = replace(portal.parts, settings=settings, http=http)
    yield portal
    portal.parts.studio.close()


@pytest.fixture
def owner(portal: APortal) -> Browser:
    return portal.person(a_citizen())


def brought(portal: APortal, *files: dict[str, Any], status: int = 0) -> None:
    document = a_document(files=list(files), state="being-checked")
    portal.bus.answers["intake.dossier"] = {
        "id": str(DOSSIER),
        "status": status,
        "documents": [document],
    }


def token(browser: Browser, path: str) -> dict[str, str]:
    page = browser.get(path).text
    return {
        name: cast("re.Match[str]", re.search(rf'name="{name}" value="([^"]+)"', page))[
            1
        ]
        for name in ("form_token", "key")
    }


def sent(
    browser: Browser, path: str, field: str, *files: tuple[str, bytes, str]
) -> httpx.Response:
    return browser.post(
        path,
        data=token(browser, HERE),
        files=[(field, each) for each in files],
    )


def posted(browser: Browser, path: str, **more: str) -> httpx.Response:
    return browser.post(path, data=token(browser, HERE) | more)


PDF = ("Tờ khai.pdf", a_pdf(), "application/pdf")
WORD = ("letter.docx", b"PK", "application/msword")


def test_what_a_document_takes_is_said_before_anything_is_sent(owner: Browser) -> None:
    page = owner.get(HERE).text

    assert "PDF, JPEG, at most 1 MB each" in page
    assert 'accept="application/pdf,image/jpeg"' in page
    assert "No file yet." in page


def test_a_file_is_handed_in_without_a_script(owner: Browser, store: Store) -> None:
    answer = sent(owner, f"{HERE}/LL01", "file", PDF)

    assert answer.status_code == 303
    assert answer.headers["location"] == f"{HERE}?done=uploaded"
    assert store.kept == [PDF[1]]


def test_one_bad_file_does_not_keep_the_others(owner: Browser, store: Store) -> None:
    large = ("large.pdf", b"%PDF-" + bytes(2_000_000), "application/pdf")

    answer = sent(owner, f"{HERE}/LL01", "file", WORD, PDF, large)

    assert answer.status_code == 422
    assert "letter.docx: This document does not take files of that kind" in answer.text
    assert "large.pdf: The file is larger than this document takes" in answer.text
    assert store.kept == [PDF[1]]


@pytest.mark.parametrize(
    ("file", "known", "sentence"),
    [
        ({}, {"state": "received"}, "Being checked"),
        ({}, {"state": "declared"}, "Did not arrive"),
        ({"state": "clean", "sha256": "a" * 64}, {"state": "accepted"}, "a" * 64),
        ({"state": "rejected", "reason": "file-kind"}, {}, "only takes: PDF, JPEG"),
        (
            {"state": "rejected", "reason": "encrypted"},
            {"reason_text": {"vi": "x", "en": "It is locked.", "fr": "x"}},
            "It is locked.",
        ),
    ],
)
def test_the_state_of_a_file_is_said_in_words(
    portal: APortal,
    owner: Browser,
    file: dict[str, Any],
    known: dict[str, Any],
    sentence: str,
) -> None:
    brought(portal, a_file(**file))
    portal.bus.answers["documents.files"] = [{"id": "f1", "name": "x.pdf", **known}]

    assert sentence in owner.get(HERE).text


def test_a_page_whose_files_cannot_be_asked_still_shows_the_documents(
    portal: APortal, owner: Browser
) -> None:
    brought(portal, a_file())
    portal.bus.answers["documents.files"] = Refused("not-allowed", "Not yet.")

    assert "Being checked" in owner.get(HERE).text


def test_nothing_can_be_added_to_what_was_sent(portal: APortal, owner: Browser) -> None:
    brought(portal, a_file(), status=4)

    page = owner.get(HERE).text

    assert 'type="file"' not in page
    assert "/removal" not in page


def test_a_file_is_removed(portal: APortal, owner: Browser) -> None:
    answer = posted(owner, f"{HERE}/LL01/removal", file_id="f1")

    assert answer.headers["location"] == f"{HERE}?done=removed"
    assert portal.bus.orders[-1].method == "intake.detach_document"


def a_photo(size: tuple[int, int] = (300, 400)) -> bytes:
    """Taken with a phone lying on its side, which also told where it was."""
    target, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = PLACE
    Image.new("RGB", size, "white").save(target, "JPEG", exif=exif)
    return target.getvalue()


def taken(browser: Browser, *photos: bytes, at: str = PHOTOS) -> httpx.Response:
    named = [(f"{n}.jpg", each, "image/jpeg") for n, each in enumerate(photos)]
    return sent(browser, at, "photo", *named)


def pictures(browser: Browser, at: str = PHOTOS) -> list[str]:
    return re.findall(rf'src="({at}/[0-9a-f]+)"', browser.get(at).text)


def test_photos_become_one_pdf_of_upright_pages(owner: Browser, store: Store) -> None:
    taken(owner, a_photo(), a_photo((400, 300)))
    first, _ = pictures(owner)
    posted(owner, f"{first}/turn")

    answer = posted(owner, f"{PHOTOS}/pdf")

    assert answer.headers["location"] == f"{HERE}?done=uploaded"
    [made] = store.kept
    with pikepdf.open(BytesIO(made)) as pdf:
        boxes = [[round(float(x)) for x in page.mediabox[2:]] for page in pdf.pages]
        assert boxes == [[842, 595], [595, 842]]
        assert [page.obj.Rotate for page in pdf.pages] == [90, 0]
    assert pictures(owner) == []


def test_a_photo_forgets_where_it_was_taken(owner: Browser, store: Store) -> None:
    assert b"Exif" in a_photo()
    taken(owner, a_photo())

    [kept] = pictures(owner)
    posted(owner, f"{PHOTOS}/pdf")

    assert b"Exif" not in owner.get(kept).content
    assert b"Exif" not in store.kept[0]


def test_pages_are_removed_and_put_in_order(owner: Browser) -> None:
    taken(owner, a_photo(), a_photo(), a_photo())
    one, two, three = pictures(owner)

    posted(owner, f"{three}/earlier")
    posted(owner, f"{one}/removal")

    assert pictures(owner) == [three, two]


def test_a_photo_that_cannot_be_read_does_not_keep_the_others(owner: Browser) -> None:
    answer = taken(owner, a_photo(), b"nothing", an_image()[:200])

    assert answer.status_code == 422
    assert "1.jpg: This picture cannot be read" in answer.text
    assert "2.jpg: This picture cannot be read" in answer.text
    assert len(pictures(owner)) == 1


def test_without_a_photo_there_is_no_pdf(owner: Browser, store: Store) -> None:
    assert "There is no photo yet" in posted(owner, f"{PHOTOS}/pdf").text
    assert store.kept == []


def test_a_pdf_that_would_be_too_large_is_made_coarser(
    owner: Browser, store: Store
) -> None:
    taken(owner, an_image(size=(2400, 2400)))

    assert posted(owner, f"{PHOTOS}/pdf").status_code == 303
    assert len(store.kept[0]) < 1024 * 1024


def test_somebody_else_does_not_see_the_photos(portal: APortal, owner: Browser) -> None:
    taken(owner, a_photo())
    [kept] = pictures(owner)
    stranger = portal.person(a_citizen("citizen:2"))

    assert stranger.get(kept).status_code == 404


def a_link(portal: APortal, owner: Browser) -> str:
    page = owner.get(f"{HERE}/LL01/phone").text
    address = cast(
        "re.Match[str]", re.search(r"http://portal.test(/en/scan/\S+?)<", page)
    )
    return address[1]


def test_a_phone_brings_photos_for_another_screen(
    portal: APortal, owner: Browser, store: Store
) -> None:
    link, phone = a_link(portal, owner), portal.browser()
    given = token(phone, link)

    phone.post(link, data=given, files=[("photo", ("1.jpg", a_photo(), "image/jpeg"))])
    answer = phone.post(f"{link}/pdf", data=token(phone, link))

    assert answer.headers["location"] == f"{link}?done=scanned"
    assert len(store.kept) == 1
    assert portal.bus.orders[0].method == "intake.attach_document"


def test_the_link_ends_with_its_time_and_with_the_session(
    portal: APortal, owner: Browser
) -> None:
    link, phone = a_link(portal, owner), portal.browser()
    assert phone.get(link).status_code == 200

    portal.clock.pass_by(scanning.LASTS * 2)
    late = phone.get(link)
    portal.clock.now = NOON
    portal.parts.sessions._known.clear()  # type: ignore[attr-defined]
    signed_out = phone.get(link)

    assert (late.status_code, signed_out.status_code) == (404, 404)
    assert "expired" in late.text


@pytest.mark.parametrize("spoilt", ["nonsense", "AAAA", "%F0%9F%93%B7"])
def test_a_link_that_nobody_gave_leads_nowhere(portal: APortal, spoilt: str) -> None:
    assert portal.browser().get(f"/en/scan/{spoilt}").status_code == 404
    assert portal.bus.questions == []


def test_the_link_is_for_one_document_alone(portal: APortal, owner: Browser) -> None:
    session = next(iter(portal.parts.sessions._known.values()))  # type: ignore[attr-defined]
    desk = Desk(portal.parts, session, "en", "r")
    other = scanning.token(desk, DOSSIER, "XX99")

    assert portal.browser().get(f"/en/scan/{other}").status_code == 404
