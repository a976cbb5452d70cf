from __future__ import annotations

import pytest

from shared.foreign_words import english, french
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
    ("number", "english_words", "french_words"),
    [
        (0, "zero", "zéro"),
        (21, "twenty-one", "vingt et un"),
        (71, "seventy-one", "soixante et onze"),
        (80, "eighty", "quatre-vingts"),
        (81, "eighty-one", "quatre-vingt-un"),
        (99, "ninety-nine", "quatre-vingt-dix-neuf"),
        (101, "one hundred and one", "cent un"),
        (200, "two hundred", "deux cents"),
        (1_100, "one thousand one hundred", "mille cent"),
        (24_014, "twenty-four thousand and fourteen", "vingt-quatre mille quatorze"),
        (80_000, "eighty thousand", "quatre-vingt mille"),
        (200_000, "two hundred thousand", "deux cent mille"),
        (3_000_000, "three million", "trois millions"),
        (2_000_000_080, "two billion and eighty", "deux milliards quatre-vingts"),
        (-5, "minus five", "moins cinq"),
    ],
)
def test_a_number_is_read_in_english_and_in_french(
    number: int, english_words: str, french_words: str
) -> None:
    assert english(number) == english_words
    assert french(number) == french_words


@pytest.mark.parametrize(
    ("amount", "language", "words"),
    [
        (75_000, "en", "Seventy-five thousand Vietnamese dong"),
        (75_000, "fr", "Soixante-quinze mille dongs"),
        (2_000_000, "fr", "Deux millions de dongs"),
        (0, "fr", "Zéro dong"),
    ],
)
def test_an_amount_is_written_in_the_language_of_the_receipt(
    amount: int, language: str, words: str
) -> None:
    assert amount_words(amount, language) == words


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
