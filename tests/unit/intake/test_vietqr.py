from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.vietqr import (
    BankAccount,
    checksum,
    field,
    payload,
    purpose_of,
)

DIGITS = st.text("0123456789", min_size=6, max_size=19)
PUBLISHED = (
    "00020101021138570010A00000072701270006970403011200110123456780208QRIBFTTA"
    "53037045802VN6304"
)
WORDS = st.text("ABCXYZabcxyz0189.- ", max_size=25)


def fields(text: str) -> dict[str, str]:
    """What a banking app reads."""
    found = {}
    while text:
        length = int(text[2:4])
        found[text[:2]], text = text[4 : 4 + length], text[4 + length :]
    return found


def test_the_checksum_is_that_of_the_standard() -> None:
    assert f"{checksum('123456789'):04X}" == "29B1"
    assert f"{checksum(PUBLISHED):04X}" == "F4E5"


def test_a_code_without_an_amount_is_the_published_one() -> None:
    """Which says 12 of an account of 13 digits; ours says what there is."""
    account = BankAccount("970403", "0011012345678", "A")

    written = payload(account, purpose="")

    assert written[:-4] == PUBLISHED.replace("0112", "0113")


def test_a_code_with_an_amount_is_for_one_payment() -> None:
    account = BankAccount("970436", "0011001234567", "A")

    read = fields(payload(account, amount=37500, purpose="H15.217.01-261120-0001"))

    assert (read["01"], read["53"], read["54"]) == ("12", "704", "37500")
    assert fields(read["62"]) == {"08": "H15.217.01-261120-0001"}
    assert list(read) == ["00", "01", "38", "53", "54", "58", "62", "63"]


@given(DIGITS, DIGITS, st.integers(1, 10**9), WORDS)
def test_what_is_written_is_read_again(
    bin: str, number: str, amount: int, purpose: str
) -> None:
    text = payload(BankAccount(bin, number, "A"), amount=amount, purpose=purpose)

    read = fields(text)
    bank = fields(fields(read["38"])["01"])
    assert (bank["00"], bank["01"], int(read["54"])) == (bin, number, amount)
    assert fields(read.get("62", "")).get("08", "") == purpose
    assert read["63"] == f"{checksum(text[:-4]):04X}"


@given(st.data())
def test_a_code_misread_in_any_place_is_noticed(data: st.DataObject) -> None:
    text = payload(BankAccount("970436", "0011001234567", "A"), amount=1, purpose="X")
    place = data.draw(st.integers(0, len(text) - 5))
    other = data.draw(
        st.sampled_from("0123456789ABC").filter(lambda x: x != text[place])
    )
    misread = text[:place] + other + text[place + 1 :]

    assert f"{checksum(misread[:-4]):04X}" != misread[-4:]


def test_a_code_that_is_too_long_loses_its_signs_only() -> None:
    assert purpose_of("H15.217.01-261120-0001") == "H15.217.01-261120-0001"
    assert purpose_of("H15.217.010.012-261120-0001") == "H152170100122611200001"
    assert field("08", "AB") == "0802AB"
