from __future__ import annotations

from eventsourcing.persistence import Tracking

from services.signing.publisher import translate
from shared.contracts.signing import PaperIssued, PaperRequested, PaperWithdrawn
from tests.builders.signing import (
    DOSSIER,
    NOW,
    a_decision_approved,
    a_dossier_accepted,
    a_requested_paper,
    a_result_withdrawn,
    a_signing,
)

PLACE = Tracking("signing", 4)


def test_a_requested_paper_is_told_without_what_it_says() -> None:
    signing = a_signing()
    paper = a_requested_paper(signing)
    [event] = signing.events.get(paper.id)

    [message] = translate(event, PLACE)

    assert isinstance(message, PaperRequested)
    assert (message.dossier_id, message.paper_id) == (DOSSIER, paper.id)
    assert message.position == 4


def test_an_issued_paper_is_told_with_its_hash() -> None:
    paper = a_requested_paper(a_signing(), a_dossier_accepted())
    paper.issue(sha256="f" * 64, size=9, level="B-T", issued_at=NOW)
    [event] = paper.collect_events()

    [message] = translate(event, PLACE)

    assert isinstance(message, PaperIssued)
    assert (message.kind, message.number) == ("receipt", "01/2026-TN")
    assert (message.sha256, message.size) == ("f" * 64, 9)


def test_what_hinders_a_paper_stays_with_us() -> None:
    paper = a_requested_paper(a_signing())
    paper.report_hindrance("token-away")
    [event] = paper.collect_events()

    assert list(translate(event, PLACE)) == []


def test_a_withdrawn_paper_is_told_by_its_legal_basis_and_not_by_what_was_written() -> (
    None
):
    signing = a_signing()
    paper = a_requested_paper(signing, a_decision_approved())
    signing.handle(a_result_withdrawn(paper.id))
    *_, event = signing.events.get(paper.id)

    [message] = translate(event, PLACE)

    assert isinstance(message, PaperWithdrawn)
    assert (message.kind, message.number) == ("decision", "01/GPXD")
    assert message.reason == "Decree 118/2025/ND-CP"
