from __future__ import annotations

from eventsourcing.persistence import Tracking

from services.documents.domain import Finding
from services.documents.publisher import translate
from shared.contracts.documents import FileChecked, FileReceived
from tests.builders import an_applicant
from tests.builders.documents import DOSSIER, a_file, a_received_file, found

PLACE = Tracking("documents", 7)


def test_an_arrived_file_is_told_to_who_looks_into_it() -> None:
    file = a_file()
    file.receive(size=3, by=an_applicant())
    [event] = file.collect_events()

    [message] = translate(event, PLACE)

    assert isinstance(message, FileReceived)
    assert (message.source, message.position) == ("documents", 7)
    assert (message.dossier_id, message.file_id) == (DOSSIER, file.id)


def test_an_accepted_file_is_told_as_what_it_is() -> None:
    file = a_received_file()
    file.accept(found(size=5))
    [event] = file.collect_events()

    [message] = translate(event, PLACE)

    assert isinstance(message, FileChecked)
    assert (message.verdict, message.reason) == ("accepted", None)
    assert (message.document, message.size) == ("site-plan", 5)


def test_a_quarantined_file_is_told_with_its_reason() -> None:
    file = a_received_file()
    file.quarantine(Finding.ENCRYPTED, found())
    [event] = file.collect_events()

    [message] = translate(event, PLACE)

    assert isinstance(message, FileChecked)
    assert (message.verdict, message.reason) == ("quarantined", "encrypted")


def test_a_declaration_is_nobody_elses_business() -> None:
    assert list(translate(object(), PLACE)) == []
