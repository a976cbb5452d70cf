"""How printed pages say dates, times and amounts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from shared.directory import Directory
from shared.printing import wording
from shared.printing.phrases import COMMON, pick

DIRECTORY = Directory.load()


def test_every_common_text_is_there_in_three_languages() -> None:
    assert {tuple(text) for text in COMMON.values()} == {("vi", "en", "fr")}


def test_a_day_in_january_or_february_has_two_digits() -> None:
    unit, carnival = DIRECTORY.unit("ubnd_xa"), datetime(2026, 2, 3, 18, tzinfo=UTC)

    said = wording.place_and_date(unit, carnival)

    assert said == {
        "vi": "Ea Kly, ngày 04 tháng 02 năm 2026",
        "en": "Ea Kly, 4 February 2026",
        "fr": "Ea Kly, le 4 février 2026",
    }


def test_from_march_on_the_month_stands_as_it_is() -> None:
    unit, day = DIRECTORY.unit("ubnd_xa"), datetime(2026, 3, 4, tzinfo=UTC)

    assert "tháng 3 năm" in wording.place_and_date(unit, day)["vi"]


@pytest.mark.parametrize(
    ("unit", "place"),
    [("ubnd_xa", "Ea Kly"), ("so_xay_dung", "Đắk Lắk"), ("c06", "Hà Nội")],
)
def test_papers_are_dated_where_their_unit_is(unit: str, place: str) -> None:
    assert wording.locality(DIRECTORY.unit(unit)) == place


def test_times_are_told_as_the_clock_of_the_office_shows_them() -> None:
    said = wording.moment("2026-11-20T02:15:00+00:00")

    assert said["vi"] == "09 giờ 15 phút, ngày 20/11/2026"
    assert said["fr"] == "20/11/2026 à 09 h 15"


def test_a_seal_shows_its_time_to_the_second_with_the_zone() -> None:
    moment = datetime(2026, 11, 20, 2, 15, 7, tzinfo=UTC)

    assert wording.second(moment) == "20/11/2026 09:15:07 +07:00"


def test_amounts_are_grouped_as_each_language_does() -> None:
    assert wording.amount(1234567) == {
        "vi": "1.234.567 đồng",
        "en": "1,234,567 VND",
        "fr": "1\u202f234\u202f567 VND",
    }


def test_the_legal_time_names_its_unit() -> None:
    assert wording.legal_time({"value": 7, "unit": "working_day"})["vi"] == (
        "07 ngày làm việc"
    )
    assert wording.legal_time({"value": 0, "unit": "same_day"})["en"] == (
        "The same working day"
    )


def test_a_text_that_lacks_a_language_falls_back_to_vietnamese() -> None:
    assert pick({"vi": "Có"}, "fr") == "Có"
