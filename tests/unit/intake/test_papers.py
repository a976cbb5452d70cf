from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.domain import documents
from services.intake.errors import (
    DocumentUnknownError,
    DossierNotReceivableError,
    FileUnknownError,
    NothingRecordedError,
    ReasonMissingError,
    TooManyFilesError,
    VerdictUnknownError,
)
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.intake import (
    a_complete_dossier,
    a_file_checked,
    a_submitted_dossier,
    an_accepted_dossier,
    an_intake,
    an_open_dossier,
    bring_a_file,
    front_desk,
    happened,
    rules,
    the_dossier,
)

PERMIT, LICENCE = "house-building-permit", "driving-licence-exchange"
SEEN = {"manner": "shown", "originals": 1, "copies": 0}


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT, LICENCE, "interlinked-birth")


def state(intake: IntakeApplication, dossier_id: UUID, document: str = "XD01") -> str:
    return documents.state(the_dossier(intake, dossier_id).papers[document])


def test_a_file_counts_once_it_was_checked(intake: IntakeApplication) -> None:
    dossier_id, file_id = an_open_dossier(intake), uuid4()

    intake.attach_document(dossier_id, "XD01", file_id, by=an_applicant())
    before = state(intake, dossier_id)
    intake.handle(a_file_checked(dossier_id, file_id))

    assert (before, state(intake, dossier_id)) == ("being-checked", "clean")


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({"verdict": "quarantined"}, "malware"),
        ({"media_type": "text/html"}, "file-kind"),
        ({"size": 11 * 1024 * 1024}, "file-too-large"),
    ],
)
def test_a_file_that_cannot_be_used_is_rejected_with_its_reason(
    found: dict[str, object], reason: str, intake: IntakeApplication
) -> None:
    dossier_id, file_id = an_open_dossier(intake), uuid4()
    intake.attach_document(dossier_id, "XD01", file_id, by=an_applicant())

    intake.handle(a_file_checked(dossier_id, file_id, **found))  # type: ignore[arg-type]

    [file] = the_dossier(intake, dossier_id).papers["XD01"]["files"].values()
    assert (file["state"], file["reason"]) == ("rejected", reason)
    assert state(intake, dossier_id) == "rejected"


def test_attaching_the_same_file_twice_is_one_fact(intake: IntakeApplication) -> None:
    dossier_id, file_id = an_open_dossier(intake), uuid4()

    first = intake.attach_document(dossier_id, "XD01", file_id, by=an_applicant())
    second = intake.attach_document(dossier_id, "XD01", file_id, by=an_applicant())

    assert first == second
    assert happened(intake, dossier_id) == ["Opened", "FileAttached"]


def test_a_file_that_was_taken_back_is_of_no_interest(
    intake: IntakeApplication,
) -> None:
    dossier_id, file_id, by = an_open_dossier(intake), uuid4(), an_applicant()
    intake.attach_document(dossier_id, "XD01", file_id, by=by)

    intake.detach_document(dossier_id, "XD01", file_id, by=by)
    intake.handle(a_file_checked(dossier_id, file_id))

    assert happened(intake, dossier_id)[-1] == "FileDetached"
    assert state(intake, dossier_id) == "missing"


def test_what_is_not_there_cannot_be_taken_back(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)

    with pytest.raises(FileUnknownError):
        intake.detach_document(dossier_id, "XD01", uuid4(), by=an_applicant())


def test_a_document_takes_only_so_many_files(intake: IntakeApplication) -> None:
    dossier_id, by = an_open_dossier(intake), an_applicant()
    for _ in range(20):
        intake.attach_document(dossier_id, "XD01", uuid4(), by=by)

    with pytest.raises(TooManyFilesError):
        intake.attach_document(dossier_id, "XD01", uuid4(), by=by)


def test_a_document_that_nobody_asks_for_is_refused(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake)

    for document in ("ZZ99", "full_name"):
        with pytest.raises(DocumentUnknownError):
            intake.attach_document(dossier_id, document, uuid4(), by=an_applicant())


def test_a_file_of_the_form_becomes_its_answer(intake: IntakeApplication) -> None:
    dossier_id, file_id = an_open_dossier(intake, LICENCE), uuid4()
    intake.attach_document(dossier_id, "photo", file_id, by=an_applicant())

    photo = a_file_checked(
        dossier_id, file_id, document="photo", media_type="image/jpeg"
    )
    intake.handle(photo)

    answers = intake.dossier(dossier_id, by=an_applicant())["answers"]
    assert answers["photo"]["sha256"] == photo.sha256


def test_the_front_desk_records_papers_it_saw(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake, PERMIT, "counter")

    intake.record_paper(dossier_id, "XD01", SEEN, by=front_desk())

    assert state(intake, dossier_id) == "recorded"


def test_a_record_says_how_many(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake, PERMIT, "counter")

    for counts in ({"originals": 0}, {"originals": -1, "copies": 2}):
        with pytest.raises(NothingRecordedError):
            intake.record_paper(dossier_id, "XD01", SEEN | counts, by=front_desk())


def test_an_applicant_records_nothing_but_an_electronic_confirmation(
    intake: IntakeApplication,
) -> None:
    dossier_id, by = an_open_dossier(intake, "interlinked-birth"), an_applicant()
    confirmed = {"manner": "confirmation", "originals": 0, "copies": 0}

    intake.record_paper(dossier_id, "KS05", confirmed, by=by)
    with pytest.raises(NotAllowedError):
        intake.record_paper(dossier_id, "KS01", SEEN, by=by)

    assert state(intake, dossier_id, "KS05") == "recorded"
    assert "KS01" not in the_dossier(intake, dossier_id).papers


def test_the_front_desk_judges_a_document_with_its_reason(
    intake: IntakeApplication,
) -> None:
    dossier_id = a_submitted_dossier(intake)

    intake.assess_document(
        dossier_id, "XD01", "unreadable", reason="mờ", by=front_desk()
    )

    seen = intake.dossier(dossier_id, by=an_applicant())["documents"]
    [paper] = [each for each in seen if each["code"] == "XD01"]
    assert (paper["verdict"], paper["reason"]) == ("unreadable", "mờ")


def test_a_new_file_has_not_been_judged(intake: IntakeApplication) -> None:
    dossier_id = a_complete_dossier(intake, PERMIT, "counter")
    desk = front_desk()
    intake.assess_document(dossier_id, "XD01", "wrong", reason="khác", by=desk)

    bring_a_file(intake, dossier_id, "XD01", by=desk)

    assert the_dossier(intake, dossier_id).papers["XD01"]["verdict"] is None


def test_a_judgement_is_complete_or_refused(intake: IntakeApplication) -> None:
    dossier_id, desk = a_submitted_dossier(intake), front_desk()

    with pytest.raises(ReasonMissingError):
        intake.assess_document(dossier_id, "XD01", "wrong", reason=" ", by=desk)
    with pytest.raises(VerdictUnknownError):
        intake.assess_document(dossier_id, "XD01", "lovely", reason="x", by=desk)
    with pytest.raises(DocumentUnknownError):
        intake.assess_document(dossier_id, "ZZ99", "accepted", reason="", by=desk)

    assert "DocumentAssessed" not in happened(intake, dossier_id)


def test_only_the_front_desk_judges_and_only_before_acceptance(
    intake: IntakeApplication,
) -> None:
    submitted, accepted = a_submitted_dossier(intake), an_accepted_dossier(intake)

    for by in (an_applicant(), front_desk("ca_xa"), an_officer("reviewer")):
        with pytest.raises(NotAllowedError):
            intake.assess_document(submitted, "XD01", "accepted", reason="", by=by)
    with pytest.raises(DossierNotReceivableError):
        intake.assess_document(accepted, "XD01", "accepted", reason="", by=front_desk())


@pytest.mark.parametrize(
    ("manner", "channel", "later"),
    [
        ("upload", "online", False),
        ("shown", "online", True),
        ("shown", "counter", False),
        ("handed_over", "counter", True),
        ("confirmation", "online", False),
    ],
)
def test_originals_are_shown_where_there_is_a_counter(
    manner: str, channel: str, later: bool
) -> None:
    document = rules().definition["documents"][0] | {"manner": manner}

    assert documents.comes_later(document, channel) is later


def test_what_came_is_listed_as_it_came(intake: IntakeApplication) -> None:
    dossier_id = an_open_dossier(intake, PERMIT, "counter")
    bring_a_file(intake, dossier_id, "XD01", by=front_desk())
    intake.record_paper(dossier_id, "XD02", SEEN, by=front_desk())

    papers = the_dossier(intake, dossier_id).papers
    first, second = documents.handed_in(rules().definition["documents"], papers)

    assert (first["manner"], len(first["files"])) == ("upload", 1)
    assert (second["manner"], second["files"]) == ("shown", [])
