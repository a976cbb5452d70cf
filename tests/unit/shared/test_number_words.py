from __future__ import annotations

import pytest

from shared.number_words import amount_words, date_words, number_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (110, "một trăm mười"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (2_026, "hai nghìn không trăm hai mươi sáu"),
        (24_014, "hai mươi tư nghìn không trăm mười bốn"),
        (150_000, "một trăm năm mươi nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (2_000_000_000_000, "hai nghìn tỷ"),
        (-5, "âm năm"),
    ],
)
def test_a_number_is_read_as_people_read_it(number: int, words: str) -> None:
    assert number_words(number) == words


def test_the_south_says_it_otherwise() -> None:
    assert number_words(105, zero_tens="lẻ") == "một trăm lẻ năm"


def test_an_amount_begins_with_a_capital_and_names_the_currency() -> None:
    assert amount_words(150_000) == "Một trăm năm mươi nghìn đồng"


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (
            "2026-11-21",
            "Ngày hai mươi mốt tháng mười một năm hai nghìn không trăm hai mươi sáu",
        ),
        ("1990-04", "Tháng tư năm một nghìn chín trăm chín mươi"),
        ("1990", "Năm một nghìn chín trăm chín mươi"),
    ],
)
def test_a_date_is_written_out_as_far_as_it_is_known(date: str, words: str) -> None:
    assert date_words(date) == words
