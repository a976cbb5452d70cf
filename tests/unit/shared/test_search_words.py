from __future__ import annotations

import pytest

from shared.search_words import folded, search_words


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Giấy phép  xây DỰNG", "giay phep xay dung"),
        ("Đăng ký thường trú", "dang ky thuong tru"),
        ("Extrait de casier, n° 1 à délivrer", "extrait de casier, n° 1 a delivrer"),
    ],
)
def test_words_are_found_without_their_marks(written: str, plain: str) -> None:
    assert folded(written) == plain


def test_the_parts_of_a_code_are_words_and_each_counts_once() -> None:
    assert search_words("H15.66-261116-0066, số 66") == [
        *("h15", "66", "261116", "0066", "so")
    ]
