from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.signing import wording
from services.signing.texts import TEXTS
from shared.directory import Directory
from shared.printing.wording import amount

UNIT = Directory.load().unit("ubnd_xa")


def test_every_text_is_there_in_three_languages() -> None:
    assert {tuple(text) for text in TEXTS.values()} == {("vi", "en", "fr")}


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        (datetime(2026, 11, 20, 2, tzinfo=UTC), 12, date(2027, 11, 20)),
        (datetime(2026, 12, 31, 2, tzinfo=UTC), 2, date(2027, 2, 28)),
        (datetime(2026, 1, 31, 2, tzinfo=UTC), 11, date(2026, 12, 31)),
    ],
)
def test_a_validity_ends_on_the_same_day_or_the_last_of_its_month(
    start: datetime, months: int, last: date
) -> None:
    assert wording.months_after(start, months) == last


def test_a_paper_without_end_is_in_force_from_its_date() -> None:
    assert wording.validity(None, datetime(2026, 1, 1, tzinfo=UTC)) == (
        wording.say("validity.open")
    )


@pytest.mark.parametrize(
    ("citation", "vi"),
    [
        ("Decree 175/2024/ND-CP", "Nghị định số 175/2024/NĐ-CP"),
        ("Decision 1025/QD-BCA", "Quyết định số 1025/QĐ-BCA"),
        ("Circular 16/2025/TT-BTC (fee)", "Thông tư số 16/2025/TT-BTC"),
        ("Resolution 66.18/2026/NQ-CP", "Nghị quyết số 66.18/2026/NQ-CP"),
        (
            "Circular 47/2019/TT-BTC, 64/2025/TT-BTC (fees)",
            "Thông tư số 47/2019/TT-BTC và số 64/2025/TT-BTC",
        ),
        (
            "Law on Construction 50/2014/QH13, amended 62/2020/QH14",
            "Luật Xây dựng số 50/2014/QH13, được sửa đổi, bổ sung theo số 62/2020/QH14",
        ),
        ("Law on Civil Status", "Luật Hộ tịch"),
        ("Law on Fishing 1/2020/QH14", "Luật Fishing số 1/2020/QH14"),
        ("An old custom", "An old custom"),
        ("Treaty 5/2001/XY", "Treaty 5/2001/XY"),
    ],
)
def test_laws_are_cited_as_vietnamese_papers_cite_them(citation: str, vi: str) -> None:
    assert wording.law(citation)["vi"] == vi


def test_papers_in_our_hands_are_given_back_and_files_are_not() -> None:
    name = {"vi": "Sổ đỏ", "en": "Title", "fr": "Titre"}
    paper = {"name": name, "originals": 1, "certified": 0, "copies": 2, "files": 0}
    file = paper | {"originals": 0, "copies": 0, "files": 3}

    assert "Sổ đỏ (03)" in wording.given_back([paper, file], UNIT)["vi"]
    assert wording.given_back([file], UNIT) == wording.say("stop.papers.none")


@pytest.mark.parametrize(
    ("refundable", "ending"),
    [([True], "back"), ([False], "kept"), ([True, False], "back"), ([None], "open")],
)
def test_what_was_paid_is_kept_or_paid_back_as_the_procedure_says(
    refundable: list[bool | None], ending: str
) -> None:
    fees = [{"refundable": each} for each in refundable]

    said = wording.fees_left(fees, 75000)

    assert said == wording.say(f"stop.fees.{ending}", amount=amount(75000))


def test_where_nothing_was_paid_nothing_is_kept() -> None:
    assert wording.fees_left([], 0) == wording.say("stop.fees.none")


def test_taxes_have_a_column_only_where_some_were_paid() -> None:
    assert wording.columns([{"kind": "phi"}]) == ["phi", "le_phi"]
    assert wording.columns([{"kind": "tax"}]) == ["phi", "le_phi", "tax"]


def test_a_way_to_pay_that_we_do_not_know_is_named_as_it_came() -> None:
    assert wording.method("cash")["vi"] == "Tiền mặt"
    assert wording.method("gold") == {"vi": "gold"}


def test_receipts_of_a_year_are_a_series() -> None:
    assert wording.symbol(datetime(2026, 12, 31, 17, tzinfo=UTC)) == "BL-27E"
