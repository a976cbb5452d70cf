from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from services.signing.application import SigningApplication
from services.signing.domain import Paper
from services.signing.errors import (
    CorrespondenceNotFoundError,
    PaperNotFoundError,
    PaperNotIssuedError,
    PapersAwayError,
    RegisterNotFoundError,
)
from shared.errors import NotAllowedError
from shared.personal import Erased
from tests.builders import an_applicant, an_officer
from tests.builders.signing import (
    CODE,
    DOSSIER,
    NOW,
    UNIT,
    a_decision_approved,
    a_dossier_accepted,
    a_dossier_opened,
    a_dossier_refused,
    a_dossier_submitted,
    a_payment_recorded,
    a_processing_stopped,
    a_requested_paper,
    a_result_withdrawn,
    a_signing,
    a_step_opened,
    the_last_paper,
)
from tests.fakes import MemoryKeys
from tests.fakes_signing import MemoryStore

APPLICANT = an_applicant()
CLERK = an_officer("clerk")


def issued(signing: SigningApplication, paper: Paper) -> Paper:
    """As the worker leaves it."""
    pdf = b"sealed"
    digest = "4e3bbed5e64cb24d5d7eb0b9cf3a4ac7ca5bbf6a31ca77c5e2ab8b1fd19e2d24"
    signing.store.put(digest, pdf)
    paper.issue(sha256=digest, size=len(pdf), level="B-T", issued_at=NOW)
    signing.save(paper)
    return paper


def test_its_tables_are_those_of_signing() -> None:
    """The library names an application after its class, unless that says otherwise."""
    assert SigningApplication.name == "signing"


def test_a_message_heard_twice_makes_one_paper() -> None:
    signing = a_signing()
    a_requested_paper(signing)

    signing.handle(a_dossier_accepted())

    assert len(signing.papers(DOSSIER, by=APPLICANT)) == 1
    assert len(signing.register(UNIT, "receipt", 2026, by=CLERK)["entries"]) == 1


def test_papers_are_listed_as_they_became_due() -> None:
    signing = a_signing()
    a_requested_paper(signing)
    signing.handle(a_decision_approved())

    papers = signing.papers(DOSSIER, by=APPLICANT)

    assert [each["kind"] for each in papers] == ["receipt", "decision"]
    assert [each["number"] for each in papers] == ["01/2026-TN", "01/GPXD"]


def test_the_year_of_a_number_is_the_year_at_the_office() -> None:
    signing = a_signing()
    new_year = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)  # midnight in Viet Nam

    a_requested_paper(signing, a_dossier_accepted(occurred_at=new_year))

    assert the_last_paper(signing).number == "01/2027-TN"


def test_an_applicant_sees_his_papers_and_a_stranger_does_not() -> None:
    signing = a_signing()
    paper = a_requested_paper(signing)

    assert signing.paper(paper.id, by=APPLICANT)["number"] == "01/2026-TN"
    for question in (signing.paper, signing.verify_paper):
        with pytest.raises(NotAllowedError):
            question(paper.id, by=an_applicant("citizen-2"))
    with pytest.raises(NotAllowedError):
        signing.papers(DOSSIER, by=an_applicant("citizen-2"))


def test_a_unit_sees_papers_once_it_has_a_step() -> None:
    signing = a_signing()
    a_requested_paper(signing)
    reviewer = an_officer("reviewer", agency="so_xay_dung")
    with pytest.raises(NotAllowedError):
        signing.papers(DOSSIER, by=reviewer)

    signing.handle(a_step_opened(unit="so_xay_dung"))

    assert len(signing.papers(DOSSIER, by=reviewer)) == 1


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(PaperNotFoundError):
        a_signing().paper(uuid4(), by=APPLICANT)


def test_a_paper_about_an_unknown_dossier_waits_for_a_person() -> None:
    signing = a_signing()

    with pytest.raises(CorrespondenceNotFoundError):
        signing.handle(a_dossier_accepted())

    assert not signing.has_handled(a_dossier_accepted())


def test_a_paper_that_is_not_issued_cannot_be_verified() -> None:
    signing = a_signing()
    paper = a_requested_paper(signing)

    with pytest.raises(PaperNotIssuedError):
        signing.verify_paper(paper.id, by=APPLICANT)


def test_a_file_with_another_hash_is_not_the_paper() -> None:
    """Though its seal holds: only the log knows which file counts."""
    signing = a_signing()
    paper = issued(signing, a_requested_paper(signing))

    found = signing.verify_paper(paper.id, by=APPLICANT)

    assert found["signature_valid"]
    assert not found["hash_matches"]
    assert not found["valid"]


def test_a_file_that_is_gone_is_not_the_paper_either() -> None:
    store = MemoryStore()
    signing = a_signing(store=store)
    paper = issued(signing, a_requested_paper(signing))
    store.files.clear()

    assert not signing.verify_paper(paper.id, by=APPLICANT)["valid"]


def test_while_the_store_is_away_one_is_asked_to_come_again() -> None:
    store = MemoryStore()
    signing = a_signing(store=store)
    paper = issued(signing, a_requested_paper(signing))
    store.away = True

    with pytest.raises(PapersAwayError):
        signing.verify_paper(paper.id, by=APPLICANT)


def test_a_result_that_was_called_back_is_shown_as_withdrawn_with_its_reason() -> None:
    signing = a_signing()
    paper = issued(signing, a_requested_paper(signing, a_decision_approved()))

    signing.handle(a_result_withdrawn(paper.id))

    [shown] = signing.papers(DOSSIER, by=APPLICANT)
    assert (shown["state"], shown["number"]) == ("withdrawn", "01/GPXD")
    assert shown["withdrawal"]["reason"] == "Sai số thửa đất"
    assert shown["withdrawal"]["legal_basis"] == "Decree 118/2025/ND-CP"


def test_a_seal_that_holds_does_not_make_a_withdrawn_paper_count() -> None:
    signing = a_signing()
    paper = issued(signing, a_requested_paper(signing, a_decision_approved()))
    signing.handle(a_result_withdrawn(paper.id))

    found = signing.verify_paper(paper.id, by=APPLICANT)

    assert found["signature_valid"]
    assert not found["valid"]
    assert "withdrawn on 20/11/2026" in found["withdrawal"]["sentence"]["en"]
    assert "Sai số thửa đất" in found["withdrawal"]["sentence"]["vi"]


def test_why_a_paper_was_withdrawn_is_forgotten_with_its_person() -> None:
    keys = MemoryKeys()
    signing = a_signing(keys=keys)
    paper = issued(signing, a_requested_paper(signing, a_decision_approved()))
    signing.handle(a_result_withdrawn(paper.id))

    keys.erase("citizen-1")

    [shown] = signing.papers(DOSSIER, by=APPLICANT)
    assert (shown["state"], shown["withdrawal"]["reason"]) == ("withdrawn", None)


def test_a_second_approval_makes_a_new_paper_under_a_new_number() -> None:
    signing = a_signing()
    first = issued(signing, a_requested_paper(signing, a_decision_approved()))
    signing.handle(a_result_withdrawn(first.id))

    signing.handle(a_decision_approved(7))

    papers = signing.papers(DOSSIER, by=APPLICANT)
    assert [each["number"] for each in papers] == ["01/GPXD", "02/GPXD"]
    assert [each["state"] for each in papers] == ["withdrawn", "requested"]


def test_a_stopped_dossier_is_told_what_is_given_back_and_what_was_paid() -> None:
    signing = a_signing()
    a_requested_paper(signing)
    signing.handle(a_payment_recorded(3))

    signing.handle(a_processing_stopped())

    said = json.loads(the_last_paper(signing).require_content())
    assert [each["originals"] for each in said["documents"]] == [1, 0, 0]
    assert said["paid"] == 215000


def test_a_refusal_after_acceptance_names_the_code_and_the_hour_of_filing() -> None:
    signing = a_signing()
    signing.handle(a_dossier_opened())
    signing.handle(a_dossier_submitted())
    signing.handle(a_dossier_accepted(3))

    signing.handle(a_dossier_refused(4, channel="online"))

    refusal = the_last_paper(signing)
    assert refusal.code == CODE
    assert json.loads(refusal.require_content())["filed_at"] == NOW.isoformat()


def test_what_a_forgotten_person_handed_in_is_not_recalled() -> None:
    keys = MemoryKeys()
    signing = a_signing(keys=keys)
    a_requested_paper(signing)
    keys.erase("citizen-1")

    signing.handle(a_processing_stopped(presentation=Erased("citizen-1")))

    assert the_last_paper(signing).content == Erased("citizen-1")


def test_a_register_shows_what_was_given_from_a_number_on() -> None:
    signing = a_signing()
    for number in range(3):
        dossier = UUID(int=number)
        signing.handle(a_dossier_opened(2 * number, dossier_id=dossier))
        signing.handle(a_dossier_accepted(2 * number + 1, dossier_id=dossier))

    found = signing.register(UNIT, "receipt", 2026, after=1, by=CLERK)

    assert [each["number"] for each in found["entries"]] == ["02/2026-TN", "03/2026-TN"]
    assert found["entries"][0]["paper_id"]


def test_a_register_in_which_no_number_was_given_is_not_there() -> None:
    with pytest.raises(RegisterNotFoundError):
        a_signing().register(UNIT, "receipt", 1999, by=CLERK)


def test_a_register_is_closed_to_applicants() -> None:
    signing = a_signing()
    a_requested_paper(signing)

    with pytest.raises(NotAllowedError):
        signing.register(UNIT, "receipt", 2026, by=APPLICANT)


def test_forgetting_a_person_empties_their_papers() -> None:
    keys = MemoryKeys()
    signing = a_signing(keys=keys)
    a_requested_paper(signing)

    keys.erase("citizen-1")

    assert the_last_paper(signing).content == Erased("citizen-1")
