from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from smpplib.gsm import GSM_CHARACTER_TABLE, gsm_encode

from services.notifications.gsm7 import BASIC, EXTENSION, folded, shortened, units


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Đã nhận hồ sơ của Ông/Bà", "Da nhan ho so cua Ong/Ba"),
        ("đường Nguyễn Trãi, phường Ea Kly", "duong Nguyen Trai, phuong Ea Kly"),
        ("e\u0302\u0301", "e"),  # ế, letter by letter
    ],
)
def test_vietnamese_loses_its_accents(text: str, plain: str) -> None:
    assert folded(text, plain=True) == plain


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("récépissé, déjà, où", "récépissé, déjà, où"),
        ("reçu, être, œuvre, l’île, Noël", "recu, etre, oeuvre, l'ile, Noel"),  # noqa: RUF001 -- the letter meant
        ("À l’École", "A l'École"),  # noqa: RUF001 -- the letter meant
        ("« avis » – §5 : 3€", '" avis " - par.5 : 3EUR'),  # noqa: RUF001 -- the letter meant
        ("{a} [b] ~ ^ | \\ `", "(a) (b) -  / / '"),
        ("好", "?"),
    ],
)
def test_french_keeps_what_the_alphabet_holds(text: str, sent: str) -> None:
    assert folded(text) == sent


def test_some_signs_take_two_units() -> None:
    assert units("a€[") == 5


def test_a_letter_outside_the_alphabet_is_no_text_message() -> None:
    with pytest.raises(UnicodeError):
        units("ạ")


def test_our_alphabet_is_that_of_the_protocol() -> None:
    assert set(GSM_CHARACTER_TABLE) - {"\x1b", "`"} == (BASIC | EXTENSION) - {"§", "\f"}


@settings(deadline=None)
@given(st.text(), st.booleans())
def test_any_text_is_packed_one_unit_for_each_letter(text: str, plain: bool) -> None:
    packed = folded(text, plain=plain)

    assert units(packed) == len(packed) == len(gsm_encode(packed))
    assert "".join(GSM_CHARACTER_TABLE[each] for each in gsm_encode(packed)) == packed


@settings(deadline=None)
@given(st.text(), st.booleans())
def test_folding_twice_changes_nothing(text: str, plain: bool) -> None:
    once = folded(text, plain=plain)

    assert folded(once, plain=plain) == once


@settings(deadline=None)
@given(st.text(), st.integers(min_value=0, max_value=200))
def test_a_cut_text_fits(text: str, room: int) -> None:
    assert len(shortened(text, room)) <= room


def test_a_cut_is_seen() -> None:
    assert shortened("plans, sections", 9) == "plans.."
    assert shortened("plans", 5) == "plans"
