from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.signing.domain import Correspondence, Paper, Register, Withdrawal
from services.signing.errors import PaperErasedError, PaperNotIssuedError
from shared.errors import NotAllowedError
from shared.personal import Erased, Personal
from tests.builders import an_applicant, an_officer, events
from tests.builders.signing import NOW, UNIT, a_decision_approved, a_paper

PAPER = UUID(int=3)
SEALED = {"sha256": "f" * 64, "size": 9, "level": "B-T", "issued_at": NOW}

CALLED_BACK = Withdrawal(
    Personal("citizen-1", "Sai số thửa đất"), "Decree 118/2025/ND-CP", "officer-9", NOW
)


def a_register() -> Register:
    register = Register(unit=UNIT, series="receipt", year=2026)
    register.collect_events()
    return register


def test_numbers_follow_each_other_and_are_never_given_twice() -> None:
    register = a_register()

    given = [register.give_number(PAPER, "{n}/{yyyy}-TN") for _ in range(11)]

    assert given[:2] == ["01/2026-TN", "02/2026-TN"]
    assert given[-1] == "11/2026-TN"
    assert events(register) == ["NumberGiven"] * 11


def test_a_number_may_name_the_book_it_stands_in() -> None:
    number = a_register().give_number(PAPER, "{n}, quyển số {book}/{yyyy}-SCT/BS")

    assert number == "01, quyển số 1/2026-SCT/BS"


def test_a_unit_has_one_register_for_a_series_and_year() -> None:
    ours, next_year = (
        Register.create_id(UNIT, "receipt", year) for year in (2026, 2027)
    )

    assert ours == a_register().id
    assert ours != next_year


@pytest.mark.parametrize("role", ["clerk", "manager"])
def test_those_who_keep_a_register_read_it(role: str) -> None:
    a_register().require_readable(an_officer(role))


def test_auditors_read_every_register() -> None:
    a_register().require_readable(an_officer("auditor", agency="inspectorate"))


def test_a_register_is_closed_to_everybody_else() -> None:
    strangers = [
        an_applicant(),
        an_officer("reviewer"),
        an_officer("clerk", agency="so_xay_dung"),
    ]

    for stranger in strangers:
        with pytest.raises(NotAllowedError):
            a_register().require_readable(stranger)


def test_what_causes_a_paper_causes_one() -> None:
    first = Paper.create_id("intake", 5, "receipt")

    assert first == Paper.create_id("intake", 5, "receipt")
    assert first != Paper.create_id("intake", 6, "receipt")
    assert first != Paper.create_id("workflow", 5, "receipt")


def test_a_sealed_paper_is_issued() -> None:
    paper = a_paper()

    paper.issue(**SEALED)  # type: ignore[arg-type]  # four different types

    assert events(paper) == ["Issued"]
    assert paper.summary["state"] == "issued"
    assert paper.require_hash() == "f" * 64


def test_the_first_sealed_file_counts_and_no_other() -> None:
    paper = a_paper()
    paper.issue(**SEALED)  # type: ignore[arg-type]  # four different types
    paper.collect_events()

    paper.issue(sha256="0" * 64, size=1, level="B-T", issued_at=NOW)

    assert events(paper) == []
    assert paper.sha256 == "f" * 64


def test_a_requested_paper_has_no_file_yet() -> None:
    paper = a_paper()

    with pytest.raises(PaperNotIssuedError):
        paper.require_hash()

    assert paper.summary["state"] == "requested"
    assert paper.summary["issued_at"] is None


def test_what_hinders_a_paper_is_said_once_and_forgotten_when_it_is_there() -> None:
    paper = a_paper()

    paper.report_hindrance("token-away")
    paper.report_hindrance("token-away")
    shown = paper.hindrance
    paper.report_hindrance("store-away")
    paper.issue(**SEALED)  # type: ignore[arg-type]  # four different types
    paper.report_hindrance("store-away")

    assert shown == "token-away"
    assert events(paper) == ["Hindered", "Hindered", "Issued"]
    assert paper.hindrance is None


def test_a_paper_is_dated_by_what_caused_it() -> None:
    eve = datetime(2026, 12, 31, 16, 59, tzinfo=UTC)  # one minute before midnight

    paper = a_paper(a_decision_approved(occurred_at=eve))

    assert paper.dated == eve


def test_a_paper_that_is_called_back_keeps_its_number_and_says_why() -> None:
    paper = a_paper(a_decision_approved())
    paper.issue(**SEALED)  # type: ignore[arg-type]  # four different types

    paper.withdraw(CALLED_BACK)
    paper.withdraw(CALLED_BACK)

    assert events(paper) == ["Issued", "Withdrawn"]
    assert paper.state == "withdrawn"
    assert paper.number == "01/GPXD"


def test_a_paper_that_was_called_back_is_never_issued() -> None:
    paper = a_paper(a_decision_approved())
    paper.withdraw(CALLED_BACK)

    paper.issue(**SEALED)  # type: ignore[arg-type]  # four different types

    assert events(paper) == ["Withdrawn"]


def test_a_paper_about_a_forgotten_person_can_no_longer_be_made() -> None:
    paper = a_paper()
    paper.content = Erased("citizen-1")

    with pytest.raises(PaperErasedError):
        paper.require_content()


def test_what_a_paper_says_belongs_to_its_applicant() -> None:
    paper = a_paper()

    assert isinstance(paper.content, Personal)
    assert paper.content.subject == "citizen-1"
    assert isinstance(paper.officer, Personal)
    assert paper.officer.subject == "officer-7"


def test_a_correspondence_lists_its_papers_in_order() -> None:
    correspondence = Correspondence(dossier_id=UUID(int=7), tracking_code="TRACK7")
    first, second = UUID(int=1), UUID(int=2)

    correspondence.add(first)
    correspondence.add(second)

    assert correspondence.papers == [first, second]
    assert events(correspondence) == ["Begun", "PaperAdded", "PaperAdded"]
