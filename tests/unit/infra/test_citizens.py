"""The people of the demonstration could exist, and every check lets them pass."""

from __future__ import annotations

from datetime import date

import pytest

from infra.standins.citizens import CITIZENS, Citizen

PEOPLE = pytest.mark.parametrize("citizen", CITIZENS.values(), ids=list(CITIZENS))


@PEOPLE
def test_the_personal_number_tells_century_sex_and_year(citizen: Citizen) -> None:
    century_and_sex, year = int(citizen.personal_id[3]), int(citizen.personal_id[4:6])
    born = date.fromisoformat(citizen.birthdate)

    assert len(citizen.personal_id) == 12
    assert 1900 + 100 * (century_and_sex // 2) + year == born.year
    assert century_and_sex % 2 == (citizen.gender == "female")


@PEOPLE
def test_their_phone_receives(citizen: Citizen) -> None:
    """Numbers that end in 000 and 999 are kept for failures."""
    assert not citizen.phone_number.endswith(("000", "999"))


def test_no_two_share_a_number() -> None:
    for field in ("personal_id", "phone_number", "email"):
        known = {getattr(each, field) for each in CITIZENS.values()}

        assert len(known) == len(CITIZENS)
