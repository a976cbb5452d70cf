"""What people receive: its text, its accessibility, and that nothing gets into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from services.signing.gateways.rendering import WeasyRenderer
from services.signing.texts import OWN
from shared.contracts.base import Message
from shared.personal import Personal
from shared.printing.pdf import OnlyInline
from shared.printing.pdf import pdf as printed
from tests.builders.signing import (
    NOW,
    SAMPLE,
    a_decision_approved,
    a_dossier_accepted,
    a_dossier_refused,
    a_payment_recorded,
    a_presentation,
    a_processing_stopped,
    a_sheet,
    a_supplement_requested,
    an_apology_approved,
)
from tests.printed import goldens, looks_like, pictures, text

PAPERS = Path(__file__).parent / "papers"
TEMPLATES = Path("services/signing/templates")
RENDERER = WeasyRenderer()
REASONS = Personal(
    "citizen-1",
    "Hồ sơ thiết kế không bảo đảm khoảng lùi tối thiểu 3,0 m theo quy hoạch.\n"
    "Diện tích xây dựng vượt mật độ cho phép (80 %).",
)


def a_rejection(**named: Any) -> Message:
    return a_decision_approved(outcome=SAMPLE["refused"], text=REASONS, **named)


def a_branch_result(**named: Any) -> Message:
    """Approved by somebody on leave's stead."""
    more: dict[str, Any] = {"branch": "health-card", "on_behalf_of": "staff:bao"}
    return a_decision_approved(**more, **named)


def a_late_apology(**named: Any) -> Message:
    """The date has passed already, and the law gives no more time."""
    yesterday = NOW - timedelta(days=1)
    return an_apology_approved(old_due_at=yesterday, is_extension=False, **named)


CAUSES: dict[str, Callable[..., Message]] = {
    "receipt": a_dossier_accepted,
    "supplement": a_supplement_requested,
    "refusal": a_dossier_refused,
    "decision": a_decision_approved,
    "rejection": a_rejection,
    "branch": a_branch_result,
    "apology": an_apology_approved,
    "late-apology": a_late_apology,
    "stop": a_processing_stopped,
    "payment": a_payment_recorded,
}
ONE_CODE = ("decision", "rejection", "branch")
ALL = [(form, language) for form in CAUSES for language in ("vi", "en", "fr")]


@cache
def rendered(form: str, language: str) -> bytes:
    return RENDERER.render(a_sheet(CAUSES[form](language=language)))


@pytest.mark.parametrize(("form", "language"), ALL)
def test_a_paper_reads_as_it_always_did(form: str, language: str) -> None:
    golden = PAPERS / f"{form}.{language}.txt"

    assert text(rendered(form, language)) == golden.read_text(encoding="utf-8")


def test_a_receipt_says_where_the_dossier_was_handed_in() -> None:
    sheet = a_sheet(a_dossier_accepted(receiving_point="ttpvhcc_tinh", language="fr"))

    said = text(RENDERER.render(sheet))

    assert "Nơi nộp hồ sơ" in said
    assert "Déposé à" in said
    assert sheet.content["handed_in_at"]["vi"] in " ".join(said.split())


@pytest.mark.parametrize(("form", "language"), ALL)
def test_a_paper_looks_as_it_always_did(form: str, language: str) -> None:
    before = goldens(PAPERS, f"{form}.{language}")

    now = pictures(rendered(form, language))

    assert len(now) == len(before)
    assert [looks_like(*each) for each in zip(now, before, strict=True)] == [
        True for _ in now
    ]


@pytest.mark.parametrize(("form", "language"), ALL)
def test_a_paper_lasts_and_can_be_read_aloud(form: str, language: str) -> None:
    with pikepdf.open(BytesIO(rendered(form, language))) as pdf:
        root = pdf.Root
        assert pdf.pdf_version == "1.7"
        assert root.Lang == "vi"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert "/StructTreeRoot" in root
        assert "/OutputIntents" in root
        assert fonts_without_file(pdf) == []
        described = [str(each.get("/Alt", "")) != "" for each in figures(pdf)]
        assert described == [True] * (1 if form in ONE_CODE else 2)


@pytest.mark.parametrize("form", CAUSES)
def test_one_piece_of_metadata_names_both_standards(form: str) -> None:
    with pikepdf.open(BytesIO(rendered(form, "vi"))) as pdf:
        xmp = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())

    rdf = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
    assert len(list(xmp.iter(rdf))) == 1
    assert said(xmp, "http://www.aiim.org/pdfa/ns/id/") == {
        "part": "3",
        "conformance": "A",
    }
    assert said(xmp, "http://www.aiim.org/pdfua/ns/id/") == {"part": "1"}


@pytest.mark.parametrize("form", CAUSES)
def test_tables_tell_which_cells_are_headings(form: str) -> None:
    with pikepdf.open(BytesIO(rendered(form, "vi"))) as pdf:
        kinds = [str(each.get("/S", "")) for each in elements(pdf)]

    assert kinds.count("/H1") == 1
    assert kinds.count("/TH") > 0


def test_the_same_paper_is_the_same_file() -> None:
    sheet = a_sheet(a_decision_approved())

    assert RENDERER.render(sheet) == RENDERER.render(sheet)


def test_a_hostile_name_is_only_a_name() -> None:
    name = '<img src="http://127.0.0.1:9/x"><script>1</script> {{ unit }} &amp;'
    message = a_decision_approved(presentation=a_presentation(name=name))

    found = text(RENDERER.render(a_sheet(message)))

    assert '<img src="http://127.0.0.1:9/x"><script>1</script>' in " ".join(
        found.split()
    )
    assert "{{ unit }} &amp;" in found


@pytest.mark.parametrize(
    "page",
    [
        '<img src="http://127.0.0.1:9/x" alt="">',
        '<img src="file:///etc/passwd" alt="">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x">',
        "<style>@import url(http://127.0.0.1:9/x)</style>",
        "<style>@font-face{font-family:x;src:url(file:///etc/passwd)}</style>",
        '<link rel="attachment" href="file:///etc/passwd">',
        '<object data="file:///etc/passwd"></object>',
        "<style>p{background:url(http://127.0.0.1:9/x)}</style><p>x</p>",
    ],
)
def test_nothing_outside_is_fetched_even_by_a_careless_template(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []
    monkeypatch.setattr(
        "weasyprint.urls.URLFetcher.fetch",
        lambda fetcher, url, headers=None: fetched.append(url),
    )

    pdf = printed(f"<html lang=vi><title>x</title><body>{page}</body></html>")

    assert fetched == []
    with pikepdf.open(BytesIO(pdf)) as found:
        assert "/AF" not in found.Root


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "file:///etc/passwd", "x.png"])
def test_the_fetcher_denies_all_but_what_the_page_itself_holds(url: str) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        OnlyInline().fetch(url)


def test_a_refusal_in_words_alone_and_without_a_name_is_still_a_paper() -> None:
    """The form was hardly begun, and no reason of the list fits."""
    nameless = a_presentation(name=None, phone=None, email=None, address=None)
    message = a_dossier_refused(reasons=[], presentation=nameless)

    found = text(RENDERER.render(a_sheet(message)))

    assert "(chưa ghi tên)" in found
    assert "None" not in found
    assert "Đề nghị nộp hồ sơ tại Sở Xây dựng." in found


@pytest.mark.parametrize("form", ["decision", "refusal"])
def test_a_paper_asked_for_before_its_form_grew_is_still_made(form: str) -> None:
    sheet = a_sheet(CAUSES[form](language="vi"))
    new = ("branch", "by_delegation", "filed_at")
    before = {key: each for key, each in sheet.content.items() if key not in new}

    assert RENDERER.html(replace(sheet, content=before)) == RENDERER.html(sheet)


def test_long_content_runs_over_pages_and_none_is_lost() -> None:
    rows = SAMPLE["rows"][1:] * 12
    articles = "\n".join(f"Điều {n}. Nội dung." for n in range(40))
    message = a_decision_approved(
        presentation=a_presentation(rows=rows),
        text=Personal("citizen-1", articles),
        language="fr",
    )

    found = text(RENDERER.render(a_sheet(message)))

    assert found.count("Chiều cao công trình") == 12
    assert "Điều 39." in found
    assert "Page 1/" in found


def test_long_names_and_sixty_papers_run_over_pages_with_their_headings() -> None:
    """The widest things people write: nothing is cut, every page says whose it is."""
    name = "Nguyễn Phúc Thị Hoàng Ngân Quỳnh Anh " * 4
    paper = SAMPLE["documents"][0]
    papers = [
        paper | {"name": {"vi": f"Giấy tờ số {number}: {name}"}} for number in range(60)
    ]
    message = a_dossier_accepted(
        presentation=a_presentation(name=name, address="x" * 300),
        documents=papers,
        language="en",
    )

    found = text(RENDERER.render(a_sheet(message)))

    assert " ".join(found.split()).count("Giấy tờ số") == 60
    pages = found.count("Mẫu số 01")
    assert pages > 5
    assert found.count("Tên giấy tờ") >= pages - 3
    assert found.count("Page ") == pages


def test_every_fixed_text_is_used_and_every_text_used_is_there() -> None:
    code = [*TEMPLATES.glob("*.html"), *TEMPLATES.parent.glob("*.py")]
    source = "\n".join(file.read_text(encoding="utf-8") for file in code)
    built = (
        *("channel.", "return-place.", "law.", "supplement.clock."),
        *("title.", "stop.ground.", "stop.fees.", "method.", "payment."),
    )

    unused = [
        key for key in OWN if f'"{key}"' not in source and not key.startswith(built)
    ]

    assert [key for key in unused if f"'{key}'" not in source] == []


def elements(pdf: pikepdf.Pdf) -> list[Any]:
    objects: list[Any] = list(pdf.objects)
    dictionaries = [each for each in objects if isinstance(each, pikepdf.Dictionary)]
    return [each for each in dictionaries if each.get("/Type") == "/StructElem"]


def figures(pdf: pikepdf.Pdf) -> list[Any]:
    return [each for each in elements(pdf) if each.get("/S") == "/Figure"]


def fonts_without_file(pdf: pikepdf.Pdf) -> list[str]:
    objects: list[Any] = list(pdf.objects)
    return [
        str(each.FontName)
        for each in objects
        if isinstance(each, pikepdf.Dictionary)
        and each.get("/Type") == "/FontDescriptor"
        and not {"/FontFile2", "/FontFile3"} & set(each.keys())
    ]


def said(xmp: Any, namespace: str) -> dict[str, str]:
    return dict(_said(xmp, f"{{{namespace}}}"))


def _said(xmp: Any, prefix: str) -> Iterator[tuple[str, str]]:
    for each in xmp.iter():
        if str(each.tag).startswith(prefix):
            yield each.tag.removeprefix(prefix), each.text
        for name, value in each.attrib.items():
            if name.startswith(prefix):
                yield name.removeprefix(prefix), value
