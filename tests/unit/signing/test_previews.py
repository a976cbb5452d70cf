from __future__ import annotations

import json
from typing import Any

import pytest

from services.signing.errors import PaperErasedError
from services.signing.sheets import sheet
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.signing import (
    CODE,
    DOSSIER,
    NOW,
    SAMPLE,
    UNIT,
    a_decision_approved,
    a_dossier_accepted,
    a_dossier_opened,
    a_presentation,
    a_signing,
    the_directory,
    the_last_paper,
)

REVIEWER = an_officer("reviewer")


def a_draft(**named: Any) -> dict[str, Any]:
    """As workflow tells it."""
    return {
        "dossier_id": str(DOSSIER),
        "case_id": "00000000-0000-0000-0000-000000000008",
        "code": CODE,
        "procedure": "house-building-permit",
        "procedure_code": "1.013225",
        "procedure_name": SAMPLE["procedure"],
        "legal_basis": SAMPLE["legal_basis"],
        "outcome": SAMPLE["permit"],
        "unit": UNIT,
        "language": "vi",
        "received_at": NOW.isoformat(),
        "due_at": NOW.isoformat(),
        "proposed_by": "officer-7",
        "approved_by": "officer-9",
        "approver": "Phạm Quốc Bảo",
        "text": SAMPLE["text"],
        "presentation": a_presentation().value,
        "applicant": "citizen-1",
        "on_behalf_of": None,
        **named,
    }


def test_a_preview_is_the_paper_as_it_will_be_but_for_number_and_seal() -> None:
    signing = a_signing()
    signing.handle(a_dossier_opened())
    signing.handle(a_dossier_accepted())

    drawn = signing.preview(DOSSIER, a_draft(), by=REVIEWER)["html"]

    signing.handle(a_decision_approved(3))
    real = sheet(
        the_last_paper(signing),
        the_directory(),
        public_url="https://dichvu.daklak.example.vn",
        sealed_by="Guichet demo",
        sealed_at=NOW,
    )
    printed = signing.pages.html(real)
    unlike = [line for line in printed.splitlines() if line not in drawn]
    own = ("01/GPXD", "Guichet demo", "<body ")  # the footer says that it is a draft
    assert [line for line in unlike if not any(each in line for each in own)] == []


def test_a_preview_says_in_three_languages_that_it_is_a_draft() -> None:
    signing = a_signing()
    signing.handle(a_dossier_opened())

    drawn = signing.preview(DOSSIER, a_draft(), by=REVIEWER)["html"]

    for mark in ("BẢN NHÁP", "DRAFT", "PROJET"):
        assert mark in drawn
    assert "Phạm Quốc Bảo" in drawn


def test_looking_keeps_nothing_and_spends_no_number() -> None:
    signing = a_signing()
    signing.handle(a_dossier_opened())
    before = signing.recorder.max_notification_id()

    signing.preview(DOSSIER, a_draft(), by=REVIEWER)

    assert signing.recorder.max_notification_id() == before


def test_a_refusal_is_previewed_as_the_letter_it_will_be() -> None:
    signing = a_signing()
    signing.handle(a_dossier_opened())
    refusal = {**SAMPLE["permit"], "kind": "refuse", "number_format": None}

    drawn = signing.preview(DOSSIER, a_draft(outcome=refusal), by=REVIEWER)

    assert SAMPLE["text"].splitlines()[0] in drawn["html"]


def test_strangers_and_applicants_see_no_draft() -> None:
    signing = a_signing()
    signing.handle(a_dossier_opened())

    for by in (
        an_applicant(),
        an_officer("reviewer", agency="ca_xa"),
        an_officer("cashier"),
    ):
        with pytest.raises(NotAllowedError):
            signing.preview(DOSSIER, a_draft(), by=by)


def test_of_a_forgotten_applicant_nothing_can_be_drawn() -> None:
    signing = a_signing()
    signing.handle(a_dossier_opened())

    with pytest.raises(PaperErasedError):
        signing.preview(DOSSIER, a_draft(presentation=None), by=REVIEWER)


def test_a_draft_can_be_told_over_the_bus() -> None:
    assert json.loads(json.dumps(a_draft())) == a_draft()
