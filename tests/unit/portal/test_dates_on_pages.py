"""Why a date is what it is: for everybody in words, for those it concerns in full."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shared.errors import Refused
from tests.builders.portal import (
    DOSSIER,
    NOON,
    APortal,
    a_citizen,
    a_portal,
    a_row,
)
from tests.unit.portal.test_case_pages import CLOCK

CODE = "BHWSGQMZSVVN"
CONTENT: dict[str, Any] = {
    "id": str(DOSSIER),
    "version": 1,
    "status": 2,
    "documents": [],
    "fees": [],
    "supplement": None,
}


def a_dossiers_portal(row: dict[str, Any], **content: Any) -> APortal:
    portal = a_portal({"intake.dossier": CONTENT | content, "audit.history": []})
    portal.views.rows = [a_row() | row]
    return portal


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("vi", "ngày làm việc thay đổi theo văn bản"),
        ("en", "a legal notice changed the working days"),
        ("fr", "un avis légal a modifié les jours ouvrés"),
    ],
)
def test_everybody_reads_that_a_date_moved_and_why(language: str, why: str) -> None:
    moved = {"due_at": NOON + timedelta(days=2), "due_reason": "calendar"}
    portal = a_dossiers_portal(moved)

    html = portal.browser().get(f"/{language}/t/{CODE}").text

    assert "22/11/2026 12:00" in html
    assert "21/11/2026 12:00" in html
    assert why in html
    assert portal.bus.questions == []


def test_a_line_of_the_timeline_names_the_new_date() -> None:
    portal = a_dossiers_portal({})
    line = {"type": "due-date.moved.v1", "occurred_at": NOON, "name": None}
    moved = {"due_at": NOON + timedelta(days=3), "reason": "payment"}
    portal.views.lines = [
        line | moved | {"step": None, "unit": "ubnd_xa", "role": None}
    ]

    html = portal.browser().get(f"/en/t/{CODE}").text

    assert "23/11/2026 12:00" in html
    assert "the time until the payment came does not count" in html


def test_who_is_signed_in_reads_the_whole_explanation() -> None:
    portal = a_dossiers_portal({})
    portal.bus.answers["workflow.case_of"] = {"clock": CLOCK}
    citizen = portal.person(a_citizen())

    public = citizen.get(f"/vi/t/{CODE}").text
    own = citizen.get(f"/vi/dossiers/{DOSSIER}").text
    asked = portal.program(a_citizen()).get(f"/api/v1/dossiers/{DOSSIER}").json()

    assert "Nhận lúc 09:00" in public
    assert "Nhận lúc 09:00" in own
    assert asked["clock"] == CLOCK


def test_a_stranger_who_is_signed_in_reads_what_everybody_reads() -> None:
    portal = a_dossiers_portal({})
    portal.bus.answers["workflow.case_of"] = Refused("not-allowed", "No.")

    answer = portal.person(a_citizen("citizen:2")).get(f"/vi/t/{CODE}")

    assert answer.status_code == 200
    assert "Vì sao là ngày này?" not in answer.text


def test_a_stopped_dossier_says_that_nobody_acts_any_more() -> None:
    portal = a_dossiers_portal({"status": 8, "is_stopped": True})

    html = portal.browser().get(f"/en/t/{CODE}").text

    assert "has come to its end without a result" in html
    assert "The work on the dossier is suspended." not in html


def test_the_owner_reads_why_a_dossier_rests_and_that_a_wish_is_pending() -> None:
    resting = {
        "reason": "Chờ bản án",
        "legal_basis": "Điều 9",
        "since": NOON.isoformat(),
        "by": "staff:hoa",
    }
    portal = a_dossiers_portal({"status": 8}, is_withdrawal_asked=True)
    portal.bus.answers["workflow.case_of"] = {"suspension": resting}

    html = portal.person(a_citizen()).get(f"/vi/dossiers/{DOSSIER}").text

    assert "Chờ bản án" in html
    assert "Điều 9" in html
    assert "Ông/Bà đã xin rút hồ sơ." in html
    assert "staff:hoa" not in html


def test_a_withdrawn_paper_is_marked_and_not_offered() -> None:
    portal = a_dossiers_portal({})
    title = {"vi": "Quyết định", "en": "Decision", "fr": "Décision"}
    portal.bus.answers["signing.papers"] = [
        {
            "id": "p1",
            "kind": "decision",
            "title": title,
            "number": "1/QĐ",
            "state": "withdrawn",
            "issued_at": NOON.isoformat(),
            "unit": "stc",
            "sha256": "f" * 64,
        }
    ]

    html = portal.person(a_citizen()).get(f"/en/dossiers/{DOSSIER}").text

    assert "WITHDRAWN, no longer valid" in html
    assert "/api/v1/papers/p1/content" not in html
