"""What one can read in signing: the receipt of a dossier, and those of a period."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from services.signing import archive
from services.signing.application import SigningApplication
from services.signing.errors import ReceiptNotFoundError
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.signing import (
    CODE,
    DOSSIER,
    NOW,
    SAMPLE,
    UNIT,
    a_dossier_accepted,
    a_dossier_opened,
    a_dossier_refused,
    a_presentation,
    a_requested_paper,
    a_signing,
    the_directory,
)
from tests.fakes import MemoryKeys

DESK = an_officer("front_desk")
DAY = date(2026, 11, 20)


def received(signing: SigningApplication, number: int, at: datetime) -> None:
    dossier = UUID(int=100 + number)
    signing.clock = lambda: at
    signing.handle(a_dossier_opened(2 * number, dossier_id=dossier))
    accepted = {"dossier_id": dossier, "occurred_at": at, "received_at": at}
    signing.handle(a_dossier_accepted(2 * number + 1, code=str(number), **accepted))


def codes(
    signing: SigningApplication, since: date, until: date, after: str = ""
) -> list[str]:
    found = signing.receipts(UNIT, since, until, after=after, by=DESK)
    return [each["code"] for each in found["items"]]


def test_a_receipt_says_who_asked_for_what_and_what_was_handed_in() -> None:
    signing = a_signing()
    a_requested_paper(signing)

    found = signing.receipt(DOSSIER, by=an_applicant())

    assert (found["code"], found["number"]) == (CODE, "01/2026-TN")
    assert found["owner"] == "Nguyễn Thị Bích Hằng"
    assert len(found["documents"]) == 3
    assert found["legal_time"] == {"value": 7, "unit": "working_day"}


def test_a_receipt_does_not_repeat_the_number_of_a_persons_identity_card() -> None:
    signing = a_signing()
    a_requested_paper(signing)

    assert "066190001234" not in str(signing.receipt(DOSSIER, by=DESK))


def test_a_dossier_belongs_to_whom_its_applicant_acts_for() -> None:
    group = the_directory().common["field_groups"]["dossier_owner"]["label"]
    owner = {"group": group, "label": {"vi": "Chủ hồ sơ"}, "value": "Lê Văn Tám"}
    presented = a_presentation(rows=[*SAMPLE["rows"], owner])
    signing = a_signing()
    a_requested_paper(signing, a_dossier_accepted(presentation=presented))

    assert signing.receipt(DOSSIER, by=DESK)["owner"] == "Lê Văn Tám"


def test_a_dossier_that_was_not_received_has_no_receipt() -> None:
    signing = a_signing()
    a_requested_paper(signing, a_dossier_refused())

    with pytest.raises(ReceiptNotFoundError):
        signing.receipt(DOSSIER, by=an_applicant())


def test_of_a_forgotten_person_the_register_keeps_code_and_day() -> None:
    keys = MemoryKeys()
    signing = a_signing(keys=keys)
    a_requested_paper(signing)
    keys.erase("citizen-1")

    [line] = signing.receipts(UNIT, DAY, DAY, by=DESK)["items"]

    assert (line["code"], line["owner"]) == (CODE, None)
    assert line["applicant"]["name"] is None


def test_the_register_lists_what_was_received_on_its_days_and_no_other() -> None:
    signing = a_signing()
    for number in range(9):
        received(signing, number, NOW + timedelta(days=number // 2))

    assert codes(signing, date(2026, 11, 21), date(2026, 11, 22)) == [
        "2",
        "3",
        "4",
        "5",
    ]
    assert codes(signing, date(2026, 11, 24), date(2026, 12, 31)) == ["8"]
    assert codes(signing, date(2026, 11, 1), date(2026, 11, 19)) == []


def test_a_day_is_the_one_on_the_calendar_of_the_office() -> None:
    signing = a_signing()
    received(signing, 1, datetime(2026, 12, 31, 16, 59, tzinfo=UTC))
    received(signing, 2, datetime(2026, 12, 31, 17, 1, tzinfo=UTC))

    assert codes(signing, date(2026, 12, 31), date(2026, 12, 31)) == ["1"]
    assert codes(signing, date(2027, 1, 1), date(2027, 1, 1)) == ["2"]
    assert codes(signing, date(2026, 12, 31), date(2027, 1, 1)) == ["1", "2"]


def test_a_long_register_comes_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "PAGE", 2)
    signing = a_signing()
    for number in range(3):
        received(signing, number, NOW)

    first = signing.receipts(UNIT, DAY, DAY, by=DESK)
    assert [each["code"] for each in first["items"]] == ["0", "1"]
    assert codes(signing, DAY, DAY, after=first["next"]) == ["2"]
    assert codes(signing, DAY, DAY, after="spoilt") == ["0", "1"]


def test_a_unit_that_never_received_anything_has_an_empty_register() -> None:
    assert codes(a_signing(), DAY, DAY) == []


def test_the_register_is_closed_to_reviewers_and_other_units() -> None:
    strangers = [
        an_applicant(),
        an_officer("reviewer"),
        an_officer("front_desk", agency="so_xay_dung"),
    ]

    for stranger in strangers:
        with pytest.raises(NotAllowedError):
            a_signing().receipts(UNIT, DAY, DAY, by=stranger)
