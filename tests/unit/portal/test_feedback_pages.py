"""Pages of ratings and complaints."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from shared.actor import Actor
from tests.builders import an_officer
from tests.builders.portal import DOSSIER, NOON, APortal, a_citizen, a_portal, a_row

COMPLAINT = uuid4()
LANGUAGES = ["vi", "en", "fr"]


def a_complaint(**named: Any) -> dict[str, Any]:
    complaint = {
        "id": str(COMPLAINT),
        "subject": "delay",
        "text": "Chờ <lâu>",
        "outcome": None,
        "answer": "",
        "unit": None,
        "lodged_at": NOON.isoformat(),
        "answer_by": NOON.isoformat(),
        "answered_at": None,
    }
    return complaint | named


def a_portal_with(*complaints: dict[str, Any], **named: Any) -> APortal:
    found = {
        "subjects": ["delay", "other"],
        "may_answer": True,
        "may_complain": True,
        "complaints": list(complaints),
    }
    dossier = {"id": str(DOSSIER), "status": 10, "rating": None}
    portal = a_portal({"intake.complaints": found | named, "intake.dossier": dossier})
    portal.views.rows = [a_row()]
    row = {
        "id": COMPLAINT,
        "dossier_id": DOSSIER,
        "subject": "delay",
        "procedure": "certified-copy",
        "procedure_name": None,
        "unit": "ubnd_xa",
        "code": "H15",
        "tracking_code": "X",
        "answer_by": NOON,
        "answered_at": None,
        "outcome": None,
    }
    portal.views.complained = [row]
    figure = {"procedure": "certified-copy", "unit": "ubnd_xa"}
    portal.views.rated = [
        figure | {"count": 4, "average": 1.0, "satisfied": 0.0},
        figure | {"count": 5, "average": 4.2, "satisfied": 80.0},
    ]
    return portal


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_it_is_there_in_every_language(language: str) -> None:
    portal = a_portal_with(a_complaint())
    citizen, manager = portal.person(a_citizen()), portal.person(an_officer("manager"))

    answers = [
        citizen.get(f"/{language}/dossiers/{DOSSIER}/rating"),
        citizen.get(f"/{language}/dossiers/{DOSSIER}/complaint"),
        manager.get(f"/{language}/staff/complaints"),
        manager.get(f"/{language}/staff/complaints/{DOSSIER}"),
        manager.get(f"/{language}/staff/ratings"),
    ]

    assert [each.status_code for each in answers] == [200] * 5
    assert "Chờ &lt;lâu&gt;" in answers[1].text


def test_a_figure_of_a_few_is_not_shown() -> None:
    html = a_portal_with().person(an_officer("manager")).get("/en/staff/ratings").text

    assert "too few" in html
    assert "4.2" in html
    assert "1.0" not in html


@pytest.mark.parametrize(
    "by",
    [an_officer("reviewer"), an_officer("front_desk", agency="ttpvhcc_xa")],
    ids=lambda by: by.roles[0],
)
def test_complaints_are_listed_for_who_answers_them(by: Actor) -> None:
    answer = a_portal_with().person(by).get("/en/staff/complaints")

    assert answer.status_code == 403


def test_a_leader_sees_those_of_their_unit() -> None:
    portal = a_portal_with()

    portal.person(an_officer("unit_leader")).get("/en/staff/complaints")
    head = an_officer("unit_leader", agency="ttpvhcc_xa")
    portal.person(head).get("/en/staff/complaints")

    assert portal.views.asked == [["ubnd_xa"], None]
