"""The QR code of identity cards, as scanners type it."""

from __future__ import annotations

import pytest

from services.portal.counter import card
from services.portal.counter.errors import CardContradictsError, CardUnreadableError
from tests.builders.portal import the_directory

GOOD = (
    "066190123456|241234567|Nguyễn Thị Mai|05031990|Nữ|"
    "12 Lê Lợi, Ea Kly, Đắk Lắk|20052021"
)


def test_a_card_says_who_somebody_is() -> None:
    found = card.read(GOOD, the_directory())

    assert (found.number, found.old_number) == ("066190123456", "241234567")
    assert found.name == "Nguyễn Thị Mai"
    assert (found.born.isoformat(), found.sex) == ("1990-03-05", "female")
    assert found.issued is not None
    assert found.issued.isoformat() == "2021-05-20"


def test_it_fills_in_the_form() -> None:
    directory = the_directory()

    found = card.answers(card.read(GOOD, directory), directory)

    assert found == {
        "full_name": "Nguyễn Thị Mai",
        "personal_id": "066190123456",
        "birth_date": "1990-03-05",
        "gender": "female",
        "residence": {
            "street": "12 Lê Lợi",
            "commune_code": "24496",
            "province_code": "66",
            "address_text_old": None,
        },
    }


@pytest.mark.parametrize(
    "written",
    [
        GOOD.replace("Nguyễn", "Nguyễn"),  # marks apart from their letters
        GOOD + "|Nguyễn Văn Ba|Trần Thị Tư",  # newer cards say more
        GOOD.rpartition("|")[0],  # and some less
        f"  {GOOD}\r\n",
        GOOD.replace("|241234567|", "||"),
        GOOD.replace("Nữ", "nữ"),
        GOOD.replace("Ea Kly, Đắk Lắk", "Xã Ea Kly, Tỉnh Đắk Lắk"),
    ],
)
def test_cards_are_written_in_several_ways(written: str) -> None:
    directory = the_directory()

    found = card.answers(card.read(written, directory), directory)

    assert found["full_name"] == "Nguyễn Thị Mai"
    assert found["residence"]["commune_code"] == "24496"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "066190123456",
        "https://guichet.example/vi/t/BHWSGQMZSVVN",
        "|||||||",
        GOOD.replace("066190123456", "66190123456"),
        GOOD.replace("066190123456", "066190I23456"),
        GOOD.replace("05031990", "31021990"),
        GOOD.replace("05031990", "1990-03-05"),
        GOOD.replace("|Nữ|", "|X|"),
        GOOD.replace("Nguyễn Thị Mai", " "),
    ],
)
def test_what_is_no_card_is_refused(written: str) -> None:
    with pytest.raises(CardUnreadableError):
        card.read(written, the_directory())


@pytest.mark.parametrize(
    "written",
    [
        GOOD.replace("05031990", "05031989"),
        GOOD.replace("05031990", "05032090"),
        GOOD.replace("|Nữ|", "|Nam|"),
        GOOD.replace("066190123456", "000190123456"),
    ],
)
def test_a_card_that_contradicts_its_number_is_refused(written: str) -> None:
    with pytest.raises(CardContradictsError):
        card.read(written, the_directory())


def test_an_address_of_three_tiers_is_kept_as_it_stands() -> None:
    directory = the_directory()
    written = GOOD.replace(
        "12 Lê Lợi, Ea Kly, Đắk Lắk",
        "5/2 Y Jút, Tân Lợi, Thành phố Buôn Ma Thuột, Đắk Lắk",
    )

    found = card.answers(card.read(written, directory), directory)

    assert found["residence"] == {
        "street": "5/2 Y Jút",
        "commune_code": None,
        "province_code": "66",
        "address_text_old": "5/2 Y Jút, Tân Lợi, Thành phố Buôn Ma Thuột, Đắk Lắk",
    }


def test_a_card_without_an_address_leaves_it_open() -> None:
    directory = the_directory()
    written = GOOD.replace("12 Lê Lợi, Ea Kly, Đắk Lắk", "")

    assert card.answers(card.read(written, directory), directory)["residence"] is None


@pytest.mark.parametrize(
    ("issued", "commune"), [("20052026", "24133"), ("20052021", None)]
)
def test_only_cards_since_the_reform_name_communes_of_today(
    issued: str, commune: str | None
) -> None:
    directory = the_directory()
    address = "5/2 Y Jút, Buôn Ma Thuột, Đắk Lắk"
    written = GOOD.replace("12 Lê Lợi, Ea Kly, Đắk Lắk", address)

    read = card.read(written.replace("20052021", issued), directory)

    found = card.answers(read, directory)["residence"]
    assert found["commune_code"] == commune
    assert found["street"] == "5/2 Y Jút"
    assert found["address_text_old"] == (None if commune else address)
