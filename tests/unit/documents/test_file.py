from __future__ import annotations

from uuid import uuid4

import pytest

from services.documents.domain import (
    SENTENCES,
    File,
    FileState,
    Finding,
)
from services.documents.errors import (
    FileHereError,
    FileNameError,
    FileNotReadyError,
    FileNotReceivedError,
    FileQuarantinedError,
    FileTooLargeError,
    MediaTypeError,
)
from shared.errors import DomainError, NotAllowedError
from shared.personal import Erased, Personal
from tests.builders import an_applicant, events
from tests.builders.documents import (
    DOSSIER,
    a_declaration,
    a_file,
    a_received_file,
    found,
)


def test_a_declared_file_waits_for_its_bytes() -> None:
    file = File.declare(uuid4(), DOSSIER, a_declaration(), by=an_applicant())

    assert events(file) == ["Declared"]
    assert file.state == FileState.DECLARED
    assert file.brought_by == "citizen-1"


def test_the_name_belongs_to_who_brings_the_file() -> None:
    assert a_file(name="ảnh.pdf").name == Personal("citizen-1", "ảnh.pdf")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\Users\\An\\plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\u202efdp.exe\n.pdf", "abfdp.exe.pdf"),
    ],
)
def test_a_name_is_a_name_alone(name: str, plain: str) -> None:
    assert a_file(name=name).name == Personal("citizen-1", plain)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"name": "folder/"}, FileNameError),
        ({"name": "x" * 201}, FileNameError),
        ({"media_type": "text/html"}, MediaTypeError),
        ({"size": 200_000_001}, FileTooLargeError),
    ],
)
def test_what_cannot_be_taken_is_refused_before_it_is_sent(
    said: dict[str, object], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        a_file(**said)


def test_only_who_declared_a_file_brings_it() -> None:
    file = a_file()

    with pytest.raises(NotAllowedError):
        file.receive(size=3, by=an_applicant("citizen-2"))

    assert events(file) == []


def test_a_file_comes_once() -> None:
    file = a_received_file()

    with pytest.raises(FileHereError):
        file.receive(size=3, by=an_applicant())

    assert events(file) == []


def test_an_accepted_file_can_be_fetched() -> None:
    file = a_received_file()

    file.accept(found(size=3))

    file.require_accepted()
    assert events(file) == ["Accepted"]
    assert file.sha256 == "f" * 64


def test_a_file_in_quarantine_says_why_and_cannot_be_fetched() -> None:
    file = a_received_file()

    file.quarantine(Finding.INFECTED, found())

    assert file.finding == "infected"
    assert events(file) == ["Quarantined"]
    with pytest.raises(FileQuarantinedError):
        file.require_accepted()


def test_a_file_that_was_not_looked_into_cannot_be_fetched() -> None:
    for file in (a_file(), a_received_file()):
        with pytest.raises(FileNotReadyError):
            file.require_accepted()


def test_a_verdict_is_given_once() -> None:
    file = a_received_file()
    file.accept(found())
    file.collect_events()

    with pytest.raises(FileNotReceivedError):
        file.quarantine(Finding.INFECTED, found())

    assert events(file) == []


@pytest.mark.parametrize(
    ("name", "fetched_as"),
    [("plan.PDF", "plan.PDF"), ("plan.exe", "plan.exe.pdf"), ("plan", "plan.pdf")],
)
def test_its_ending_tells_what_it_really_is(name: str, fetched_as: str) -> None:
    assert a_file(name=name).file_name == fetched_as


def test_a_file_outlives_the_name_its_forgotten_bringer_gave_it() -> None:
    file = a_file()

    file.name = Erased("citizen-1")

    assert file.file_name == "site-plan.pdf"
    assert file.brought_by == "citizen-1"


@pytest.mark.parametrize("finding", Finding)
def test_every_finding_says_in_three_languages_what_to_do(finding: Finding) -> None:
    assert set(SENTENCES[finding]) == {"vi", "en", "fr"}
    assert all(text.count(".") >= 2 for text in SENTENCES[finding].values())
