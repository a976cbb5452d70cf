"""Files as officers look at them: drawn here, every look told, nothing crashes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import httpx
import pikepdf
import pytest
from PIL import Image

from services.portal.config import PortalSettings
from services.portal.pictures import studio as module
from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.documents import a_pdf, a_png_of, an_image
from tests.builders.portal import DOSSIER, APortal, a_citizen, a_portal

FILE = f"/en/staff/files/{DOSSIER}"
LOCKED = pikepdf.Encryption(owner="owner", user="user")


def two_pages(pdf: pikepdf.Pdf) -> None:
    pdf.add_blank_page(page_size=(300, 600))


def told(content: bytes, media_type: str = "application/pdf") -> dict[str, Any]:
    return {
        "state": "accepted",
        "name": "Tờ khai.pdf",
        "media_type": media_type,
        "sha256": sha256(content).hexdigest(),
        "url": "http://store.test/files/1",
    }


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[APortal]:
    portal = a_portal()
    settings: PortalSettings = portal.parts.settings.model_copy(
        update={"uploads_dir": tmp_path}
    )
    portal.parts = replace(portal.parts, settings=settings)
    yield portal
    portal.parts.studio.close()


def holding(
    portal: APortal, content: bytes, media_type: str = "application/pdf"
) -> list[httpx.Request]:
    """The store has this file; what it is asked for is noted."""
    asked: list[httpx.Request] = []

    def store(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, stream=httpx.ByteStream(content))

    about = told(content, media_type)
    portal.bus.answers |= {"documents.file": about, "documents.download_grant": about}
    http = httpx.AsyncClient(transport=httpx.MockTransport(cast(Any, store)))
    portal.parts = replace(portal.parts, http=http)
    return asked


def shown(portal: APortal, path: str = "", **headers: str) -> httpx.Response:
    return portal.person(an_officer()).get(FILE + path, headers=headers)


def size_of(answer: httpx.Response) -> tuple[int, int]:
    return Image.open(BytesIO(answer.content)).size


def test_a_file_is_shown_page_by_page_without_any_script(portal: APortal) -> None:
    holding(portal, a_pdf(two_pages))

    first, last = shown(portal), shown(portal, "?page=2&zoom=2&turn=90")

    assert "Page 1 of 2" in first.text
    assert f"{FILE}/pages/1?zoom=1&amp;turn=0" in first.text
    assert 'rel="next"' in first.text
    assert 'rel="prev"' not in first.text
    assert f"{FILE}/pages/2?zoom=2&amp;turn=90" in last.text
    assert 'rel="next"' not in last.text


def test_a_page_is_a_picture_as_near_and_turned_as_one_wants(portal: APortal) -> None:
    holding(portal, a_pdf(two_pages))

    plain = shown(portal, "/pages/2")
    near = shown(portal, "/pages/2?zoom=3&turn=90")

    assert plain.headers["content-type"] == "image/webp"
    assert "sandbox" in plain.headers["content-security-policy"]
    assert size_of(plain) == (1000, 2000)
    assert size_of(near) == (2200, 1100)


def test_a_photo_is_one_page(portal: APortal) -> None:
    holding(portal, an_image(size=(640, 480)), "image/jpeg")

    assert "Page 1 of 1" in shown(portal).text
    assert size_of(shown(portal, "/pages/1?turn=90")) == (480, 640)


def test_a_file_is_fetched_once_and_rights_are_asked_each_time(portal: APortal) -> None:
    asked = holding(portal, a_pdf())

    tag = shown(portal, "/pages/1").headers["etag"]
    again = shown(portal, "/pages/1", **{"If-None-Match": tag})
    portal.bus.answers["documents.file"] = Refused("not-allowed", "No.")
    refused = shown(portal, "/pages/1", **{"If-None-Match": tag})

    assert len(asked) == 1
    assert again.status_code == 304
    assert refused.status_code == 403


def test_who_looks_is_told_to_the_audit_log_once(portal: APortal) -> None:
    holding(portal, a_pdf())

    shown(portal)
    shown(portal, "/pages/1")

    assert [each.method for each in portal.bus.orders] == ["documents.note_look"]


def test_nobody_sees_a_page_whose_look_could_not_be_told(portal: APortal) -> None:
    holding(portal, a_pdf())
    portal.bus.answers["documents.note_look"] = Refused("not-allowed", "No.")

    assert shown(portal, "/pages/1").status_code == 403


@pytest.mark.parametrize(
    ("content", "media_type", "sentence"),
    [
        (b"%PDF-1.7 nothing", "application/pdf", "cannot be shown here"),
        (a_pdf(encryption=LOCKED), "application/pdf", "locked with a password"),
        (a_png_of(30_000, 30_000), "image/png", "too large"),
        (an_image()[:300], "image/jpeg", "cannot be shown here"),
    ],
    ids=["broken", "encrypted", "bomb", "cut off"],
)
def test_what_cannot_be_shown_is_told_and_may_be_fetched(
    portal: APortal, content: bytes, media_type: str, sentence: str
) -> None:
    holding(portal, content, media_type)

    picture, page = shown(portal, "/pages/1"), shown(portal)

    assert picture.status_code == 422
    assert sentence in picture.text
    assert page.status_code == 200 or sentence in page.text


def test_a_page_of_any_size_stays_a_picture_of_ours(portal: APortal) -> None:
    def huge(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = [0, 0, 14_400, 14_400]
        pdf.add_blank_page(page_size=(3, 14_400))

    holding(portal, a_pdf(huge))

    for number in (1, 2):
        width, height = size_of(shown(portal, f"/pages/{number}?zoom=3"))
        assert width * height <= 24_500_000


def test_a_page_that_is_not_there_is_not_found(portal: APortal) -> None:
    holding(portal, a_pdf())

    found = [shown(portal, f"/pages/{each}").status_code for each in (0, 2, 99_999_999)]

    assert found == [404, 404, 404]


def test_a_file_that_kills_who_opens_it_does_not_hinder_the_next_one(
    portal: APortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    holding(portal, a_pdf())

    with monkeypatch.context() as patch:
        patch.setattr(module, "COMMAND", ["/bin/false"])
        assert shown(portal, "/pages/1").status_code == 422

    assert shown(portal, "/pages/1").status_code == 200


def test_citizens_do_not_look_over_the_officers_shoulders(portal: APortal) -> None:
    holding(portal, a_pdf())

    assert portal.person(a_citizen()).get(FILE).status_code == 403
    assert portal.person(a_citizen()).get(f"{FILE}/pages/1").status_code == 403
    assert portal.bus.questions == []
