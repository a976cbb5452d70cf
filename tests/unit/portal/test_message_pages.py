"""The pages on which applicants and offices write each other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import an_officer
from tests.builders.portal import DOSSIER, APortal, a_citizen, a_key, a_portal, a_row

TEXT = "Bao giờ <b>xong</b>?"


def a_conversation(**named: Any) -> dict[str, Any]:
    message = {
        "number": 1,
        "by_kind": "citizen",
        "is_own": False,
        "is_by_applicant": True,
        "unit": None,
        "name": "",
        "text": TEXT,
        "files": [],
        "written_at": "2026-11-20T03:00:00+00:00",
        "is_read": False,
    }
    found = {"messages": [message], "side": "staff", "may_write": True, "unread": 1}
    return found | named


def a_portal_with(found: dict[str, Any]) -> APortal:
    portal = a_portal({"intake.conversation": found})
    portal.views.rows = [a_row(has_news_for_staff=True)]
    return portal


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_an_officer_reads_and_it_is_noted(language: str) -> None:
    portal = a_portal_with(a_conversation())
    officer = portal.person(an_officer("reviewer"))

    answer = officer.get(f"/{language}/staff/dossiers/{DOSSIER}/messages")

    assert answer.status_code == 200
    assert "Bao giờ &lt;b&gt;xong&lt;/b&gt;?" in answer.text
    assert [each.method for each in portal.bus.orders] == ["intake.read_messages"]


def test_what_was_read_before_is_not_noted_again() -> None:
    portal = a_portal_with(a_conversation(unread=0, side="citizen"))

    answer = portal.person(a_citizen()).get(f"/vi/dossiers/{DOSSIER}/messages")

    assert answer.status_code == 200
    assert portal.bus.orders == []


def test_who_may_only_read_gets_no_form() -> None:
    found = a_conversation(side="citizen", may_write=False, unread=0)
    portal = a_portal_with(found)

    answer = portal.person(a_citizen()).get(f"/en/dossiers/{DOSSIER}/messages")

    assert "<textarea" not in answer.text
    assert "has not let you write" in answer.text


def test_dossiers_about_which_somebody_wrote_are_listed() -> None:
    portal = a_portal_with(a_conversation())

    answer = portal.person(an_officer("reviewer")).get("/en/staff/messages")

    assert f"/en/staff/dossiers/{DOSSIER}/messages" in answer.text


def test_a_program_writes_a_message() -> None:
    portal = a_portal_with(a_conversation())
    address = f"/api/v1/dossiers/{DOSSIER}/conversation"

    answer = portal.program(a_citizen()).post(
        address, json={"text": "Xin hỏi"}, headers=a_key()
    )

    assert answer.status_code == 200
    assert portal.bus.orders[0].arguments == {
        "dossier_id": DOSSIER,
        "text": "Xin hỏi",
        "files": [],
    }


def test_what_is_typed_is_kept_only_for_our_own_page() -> None:
    portal = a_portal_with(a_conversation())
    address = f"/vi/dossiers/{DOSSIER}/messages/unsent"

    answer = portal.person(a_citizen()).post(address, data={"text": "Kính gửi"})

    assert answer.status_code == 403
