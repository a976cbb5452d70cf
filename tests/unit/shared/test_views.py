"""Sheets that are printed and not sealed: their text, their look, their pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from shared.printing.pdf import pdf
from shared.printing.phrases import COMMON, Text3, say
from shared.printing.views import View, data, fragment, whole
from tests.builders import an_applicant
from tests.builders.signing import (
    CODE,
    DOSSIER,
    NOW,
    SAMPLE,
    a_requested_paper,
    a_signing,
    the_directory,
)
from tests.printed import goldens, looks_like, pictures, text

SHEETS = Path(__file__).parent / "sheets"
DIRECTORY = the_directory()
PRINTING = Path("shared/printing")
AT = NOW.isoformat()
PERMIT: Text3 = SAMPLE["permit"]["title"]
HOPS = [
    ("ttpvhcc_xa", "Trần Văn Minh", "Lê Thị Lan", say("on-time"), ""),
    ("phong_kt_xa", "Lê Thị Lan", "Phạm Quốc Bảo", say("late"), "Chờ ý kiến"),
    ("ubnd_xa", "Phạm Quốc Bảo", "", {"vi": ""}, ""),
]


@cache
def a_receipt() -> dict[str, Any]:
    signing = a_signing()
    a_requested_paper(signing)
    return signing.receipt(DOSSIER, by=an_applicant())


def a_view(kind: str, language: str, content: dict[str, Any]) -> View:
    is_register = kind == "register"
    return View(
        kind=kind,
        unit=DIRECTORY.unit("ubnd_xa"),
        language=language,
        dated=NOW,
        content=content,
        subject=say("title.register") if is_register else SAMPLE["procedure"],
        code=None if is_register else CODE,
        tracking_url="https://dichvu.daklak.example.vn/vi/t/TRACK7",
    )


def control() -> dict[str, Any]:
    hops = [
        {"unit": DIRECTORY.unit(unit).name, "at": AT, "deliverer": by, "receiver": to}
        | {"result": result, "remark": remark}
        for unit, by, to, result, remark in HOPS
    ]
    return a_receipt() | {"hops": hops}


def register(count: int = 14) -> dict[str, Any]:
    line = {
        "procedure": SAMPLE["procedure"],
        "papers": 4,
        "owner": "Nguyễn Thị Bích Hằng",
        "address": "Thôn 4, xã Ea Kly, tỉnh Đắk Lắk; 0905 123 456",
        "agency": DIRECTORY.unit("phong_kt_xa").name,
        **{f"{each}_at": AT for each in ("received", "due", "transferred", "result")},
        "returned_at": None,
        "way": "counter",
        "remark": say("late"),
    }
    lines = [line | {"code": f"H15.217-261120-{n:04}"} for n in range(1, count + 1)]
    days = {"since": date(2026, 11, 1), "until": date(2026, 11, 30)}
    return days | {"lines": lines}


def processing() -> dict[str, Any]:
    act = {
        "at": AT,
        "handler": "Lê Thị Lan",
        "action": SAMPLE["procedure"],
        "outcome": say("on-time"),
        "next": DIRECTORY.unit("ubnd_xa").name,
        "deadline": AT,
    }
    return a_receipt() | {"acts": [act] * 3}


def handover() -> dict[str, Any]:
    line = {
        "code": CODE,
        "subject": SAMPLE["procedure"],
        "result": PERMIT,
        "number": "01/GPXD",
        "owner": "Nguyễn Thị Bích Hằng",
        "address": "Thôn 4, xã Ea Kly, tỉnh Đắk Lắk",
        "has_fee": True,
        "by_post": False,
    }
    return {"lines": [line]}


def result() -> dict[str, Any]:
    return {
        "owner": "Nguyễn Thị Bích Hằng",
        "returner": "Trần Văn Minh",
        "receiver": "Nguyễn Thị Bích Hằng",
        "phone": "0905 123 456",
        "result": PERMIT,
        "number": "01/GPXD",
        "returned_at": AT,
    }


CONTENTS: dict[str, Callable[[], dict[str, Any]]] = {
    each.__name__: each for each in (control, register, processing, handover, result)
}
ALL = [(kind, language) for kind in CONTENTS for language in ("vi", "en", "fr")]


@cache
def printed(kind: str, language: str) -> bytes:
    return pdf(whole(a_view(kind, language, CONTENTS[kind]()), DIRECTORY))


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_sheet_reads_as_it_always_did(kind: str, language: str) -> None:
    golden = SHEETS / f"{kind}.{language}.txt"

    assert text(printed(kind, language)) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_a_sheet_looks_as_it_always_did(kind: str, language: str) -> None:
    before = goldens(SHEETS, f"{kind}.{language}")

    now = pictures(printed(kind, language))

    assert len(now) == len(before)
    assert all(looks_like(*each) for each in zip(now, before, strict=True))


def test_a_register_of_sixty_lines_repeats_its_headings_on_every_page() -> None:
    found = text(pdf(whole(a_view("register", "vi", register(60)), DIRECTORY)))

    pages = found.count("Mẫu số 07")
    assert pages > 3
    assert found.count("Mã hồ sơ") == pages
    assert found.count("H15.217-261120-") == 60


def test_a_register_lies_on_its_side_and_a_control_sheet_stands() -> None:
    [lying, *_] = pictures(printed("register", "vi"))
    [standing, *_] = pictures(printed("control", "vi"))

    assert lying.width > lying.height
    assert standing.width < standing.height


def test_a_sheet_without_any_dossier_says_so() -> None:
    page = whole(a_view("register", "en", register(0)), DIRECTORY)

    assert "No dossier was received in this period." in page


def test_what_a_machine_reads_from_a_sheet_names_nobody() -> None:
    view = a_view("control", "vi", control())

    assert data(view) == f"06|H15.217|{CODE}|20261120091500"
    assert data(a_view("register", "vi", register())) == ""


@pytest.mark.parametrize("kind", CONTENTS)
def test_on_a_screen_a_sheet_has_neither_pictures_nor_a_style_of_its_own(
    kind: str,
) -> None:
    part = fragment(a_view(kind, "fr", CONTENTS[kind]()), DIRECTORY)

    assert "<img" not in part
    assert "style" not in part
    assert part.count("<h1") == 1


def test_a_hostile_name_is_only_a_name_on_a_sheet_too() -> None:
    content = result() | {"owner": "<script>1</script>"}

    part = fragment(a_view("result", "vi", content), DIRECTORY)

    assert "&lt;script&gt;1&lt;/script&gt;" in part
    assert "<script>" not in part


def test_what_stands_on_a_sheet_is_not_in_its_repr() -> None:
    assert "Hằng" not in repr(a_view("result", "vi", result()))


def test_a_sheet_is_dated_by_the_calendar_of_the_office() -> None:
    eve = datetime.fromisoformat("2026-12-31T17:30:00+00:00")
    view = View("result", DIRECTORY.unit("ubnd_xa"), "vi", eve, result(), PERMIT)

    assert "ngày 01 tháng 01 năm 2027" in whole(view, DIRECTORY)


def test_every_common_text_is_used() -> None:
    files = [
        file
        for folder in (PRINTING, Path("services/signing"), Path("services/portal"))
        for file in (*folder.rglob("*.py"), *folder.rglob("*.html"))
    ]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    built = ("title.", "papers.", "legal-time.", "column.", "way.")

    unused = [key for key in COMMON if f'"{key}"' not in source]

    assert [key for key in unused if not key.startswith(built)] == []
