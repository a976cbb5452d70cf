"""The files of people who mean harm, and those of people who do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from services.documents.domain import Finding
from services.documents.gateways.content import UNKNOWN, inspect, media_type
from tests.builders.documents import a_pdf, a_png_of, an_image

Change = Callable[[pikepdf.Pdf], None]


@pytest.fixture
def look(tmp_path: Path) -> Callable[..., Finding | None]:
    def look_into(stored: bytes, form: str = "application/pdf") -> Finding | None:
        path = tmp_path / "file"
        path.write_bytes(stored)
        return inspect(path, form)

    return look_into


def javascript(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array(["x", pdf.make_indirect(action)]))
    )


def opens_with_javascript(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def opens_an_address(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.URI, URI="https://example.org")


def opens_then_more(pdf: pikepdf.Pdf) -> None:
    after = Dictionary(S=Name.URI, URI="https://example.org")
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([]), Next=after)


def launches(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F="cmd.exe")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action)
    pdf.pages[0].Annots = Array([link])


def acts_when_its_page_opens(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=Dictionary(S=Name.URI, URI="https://example.org"))


def submits_a_form(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.SubmitForm, F="https://example.org")
    pdf.Root.AcroForm = Dictionary(Fields=Array([Dictionary(A=action)]))


def holds_an_xml_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))


def plays(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.RichMedia)])


def embeds(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["virus.exe"] = b"MZ"


def hides_an_embedded_stream(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Secret = pdf.make_stream(b"MZ", Type=Name.EmbeddedFile)


def opens_at_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])


def goes_to_a_page(pdf: pikepdf.Pdf) -> None:
    place = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=place)


def links_to_an_address(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI="https://example.org")
    pdf.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=action)])


HOSTILE = [
    (javascript, Finding.ACTIVE_CONTENT),
    (opens_with_javascript, Finding.ACTIVE_CONTENT),
    (opens_an_address, Finding.ACTIVE_CONTENT),
    (opens_then_more, Finding.ACTIVE_CONTENT),
    (launches, Finding.ACTIVE_CONTENT),
    (acts_when_its_page_opens, Finding.ACTIVE_CONTENT),
    (submits_a_form, Finding.ACTIVE_CONTENT),
    (holds_an_xml_form, Finding.ACTIVE_CONTENT),
    (plays, Finding.ACTIVE_CONTENT),
    (embeds, Finding.EMBEDDED_FILE),
    (hides_an_embedded_stream, Finding.EMBEDDED_FILE),
]


@pytest.mark.parametrize(("change", "finding"), HOSTILE)
@pytest.mark.parametrize("packed", [True, False], ids=["packed", "plain"])
def test_what_acts_by_itself_is_found_also_in_object_streams(
    look: Callable[..., Finding | None], change: Change, finding: Finding, packed: bool
) -> None:
    mode = pikepdf.ObjectStreamMode
    streams = mode.generate if packed else mode.disable
    stored = a_pdf(change, object_stream_mode=streams)

    assert b"/JavaScript" not in stored or not packed
    assert look(stored) == finding


@pytest.mark.parametrize(
    "change", [opens_at_a_page, goes_to_a_page, links_to_an_address, lambda pdf: None]
)
def test_a_document_may_open_at_a_page_and_hold_links(
    look: Callable[..., Finding | None], change: Change
) -> None:
    assert look(a_pdf(change)) is None


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_document_is_refused_whoever_can_open_it(
    look: Callable[..., Finding | None], user: str
) -> None:
    locked = pikepdf.Encryption(owner="owner", user=user)

    assert look(a_pdf(encryption=locked)) == Finding.ENCRYPTED


def test_a_compressed_stream_may_not_grow_without_end(
    look: Callable[..., Finding | None],
) -> None:
    def grows(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Filler = pdf.make_indirect(pikepdf.String(" " * 70_000_000))

    bomb = a_pdf(grows, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    assert len(bomb) < 200_000
    assert look(bomb) == Finding.DAMAGED


@pytest.mark.parametrize("stored", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(500)])
def test_a_document_that_is_none_is_damaged(
    look: Callable[..., Finding | None], stored: bytes
) -> None:
    assert look(stored) == Finding.DAMAGED


def test_a_document_without_pages_is_damaged(
    look: Callable[..., Finding | None],
) -> None:
    def empties(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0]

    assert look(a_pdf(empties)) == Finding.DAMAGED


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_whole_picture_is_fine_and_half_a_picture_is_damaged(
    look: Callable[..., Finding | None], form: str
) -> None:
    stored, said = an_image(form), f"image/{form.lower()}"

    assert look(stored, said) is None
    assert look(stored[: len(stored) // 2], said) == Finding.DAMAGED


@pytest.mark.parametrize("side", [10_001, 60_000])
def test_a_small_file_cannot_become_a_huge_picture(
    look: Callable[..., Finding | None], side: int
) -> None:
    assert look(a_png_of(side, side), "image/png") == Finding.TOO_MANY_PIXELS


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        (a_pdf(), "application/pdf"),
        (an_image("JPEG"), "image/jpeg"),
        (an_image("PNG"), "image/png"),
        (b"", UNKNOWN),
        (b"no magic at all", UNKNOWN),
        (b"junk %PDF-1.7", UNKNOWN),
    ],
)
def test_a_type_is_told_by_the_content(
    tmp_path: Path, stored: bytes, found: str
) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(stored)

    assert media_type(path) == found


@pytest.mark.parametrize(
    "stored", [b"<html><body></body></html>", b"PK\x03\x04" + bytes(100), b"GIF89a.."]
)
def test_no_other_type_passes_for_one_of_ours(tmp_path: Path, stored: bytes) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(stored)

    assert media_type(path) not in ("application/pdf", "image/jpeg", "image/png")
