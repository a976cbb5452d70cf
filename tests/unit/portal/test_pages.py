from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.portal import (
    DOSSIER,
    NOON,
    PASSWORD,
    APortal,
    Browser,
    a_citizen,
    a_portal,
    a_row,
    an_account,
)

LANGUAGES = ("vi", "en", "fr")
STEP: dict[str, Any] = {
    "step": "review",
    "step_id": "review",
    "name": {"vi": "Thẩm tra", "en": "Review", "fr": "Instruction"},
    "unit": "ubnd_xa",
    "role": "reviewer",
    "state": "open",
    "signature": None,
    "outcome": None,
    "opened_at": NOON.isoformat(),
    "finished_at": None,
    "assignee": None,
    "outcomes": [
        {"code": "ok", "label": {"vi": "Đạt", "en": "OK", "fr": "OK"}, "effect": ""},
        {"code": "no", "label": {"vi": "Không", "en": "No", "fr": "Non"}, "effect": ""},
    ],
    "facts": [],
    "allowed": ["claim_step", "finish_step", "propose_result", "ask_supplement"],
}
CASE: dict[str, Any] = {
    "id": str(DOSSIER),
    "version": 3,
    "dossier_id": str(DOSSIER),
    "code": "H15.217-261120-0001",
    "procedure_name": {"vi": "Cấp bản sao", "en": "Copy", "fr": "Copie"},
    "due_at": NOON.isoformat(),
    "status": 4,
    "steps": [STEP],
    "answers": {"full_name": "Nguyễn <b>Mai</b>"},
}
QUEUE: dict[str, Any] = {
    "items": [
        {
            "case_id": str(DOSSIER),
            "dossier_id": str(DOSSIER),
            "code": "H15.217-261120-0001",
            "procedure_name": CASE["procedure_name"],
            "step": "review",
            "step_name": STEP["name"],
            "role": "reviewer",
            "assignee": None,
            "due_at": "2026-11-19T10:00:00+00:00",
            "status": 4,
        }
    ],
    "next": None,
    "counts": {"open": 1, "mine": 0, "unassigned": 1},
}


def hidden(html: str) -> dict[str, str]:
    """What the first form of a page carries without showing it."""
    pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', html)
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, unescape(value))
    return found


def an_officers_portal() -> tuple[APortal, Browser]:
    answers = {"workflow.queue": QUEUE, "workflow.case": CASE, "audit.history": []}
    portal = a_portal(answers)
    return portal, portal.person(an_officer("reviewer", subject="staff:lan"))


def test_the_front_door_opens_in_the_readers_language() -> None:
    browser = a_portal().browser()

    answers = [
        browser.get("/", headers={"Accept-Language": wish})
        for wish in ("fr-FR,fr;q=0.9", "de, en;q=0.5", "zh")
    ]

    assert [each.headers["location"] for each in answers] == ["/fr/", "/en/", "/vi/"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_page_says_what_happens_next_and_nothing_personal(
    language: str,
) -> None:
    portal = a_portal()
    portal.views.rows = [a_row()]

    answer = portal.browser().get(f"/{language}/t/BHWSGQMZSVVN")

    assert answer.status_code == 200
    assert f'<html lang="{language}" ' in answer.text
    assert "H15.217-261120-0001" in answer.text
    assert "21/11/2026 12:00" in answer.text
    assert "citizen:1" not in answer.text


def test_the_last_line_of_the_timeline_is_marked_as_the_present() -> None:
    portal = a_portal()
    portal.views.rows = [a_row()]
    line = {"type": "dossier.accepted.v1", "occurred_at": NOON, "name": None}
    portal.views.lines = [line | {"step": None, "unit": "ubnd_xa", "role": None}] * 2

    html = portal.browser().get("/en/t/BHWSGQMZSVVN").text

    assert html.count('<li aria-current="step">') == 1
    assert html.count("The dossier was accepted") == 2


def test_an_unknown_code_is_shown_again_to_be_corrected() -> None:
    answer = a_portal().browser().get("/vi/t/WR0NG")

    assert answer.status_code == 404
    assert 'value="WR0NG"' in answer.text


def test_who_is_not_signed_in_is_sent_to_where_one_does_that() -> None:
    browser = a_portal().browser()

    mine = browser.get("/vi/dossiers")
    staff = browser.get("/fr/staff/queue")

    assert mine.headers["location"] == "/vi/sign-in?next=/vi/dossiers"
    assert staff.headers["location"] == "/fr/staff/sign-in?next=/fr/staff/queue"


def test_an_officer_signs_in_by_the_form() -> None:
    portal = a_portal()
    an_account(portal.parts.accounts)
    browser = portal.browser()
    form = hidden(browser.get("/vi/staff/sign-in?next=/vi/staff/queue").text)

    answer = browser.post(
        "/vi/staff/sign-in", data={**form, "username": "lan", "password": PASSWORD}
    )

    assert answer.headers["location"] == "/vi/staff/queue"
    assert "guichet_session" in browser.cookies


@pytest.mark.parametrize("next", ["https://evil.test", "//evil.test", "/\\evil.test"])
def test_nobody_is_led_elsewhere_after_signing_in(next: str) -> None:
    browser = a_portal().browser()

    form = hidden(browser.get("/vi/staff/sign-in", params={"next": next}).text)

    assert form["next"] == ""


def test_a_wrong_password_is_told_and_the_name_is_kept() -> None:
    portal = a_portal()
    browser = portal.browser()
    form = hidden(browser.get("/en/staff/sign-in").text)

    answer = browser.post(
        "/en/staff/sign-in", data={**form, "username": "lan", "password": "guess"}
    )

    assert answer.status_code == 401
    assert 'value="lan"' in answer.text
    assert "<title>Error: " in answer.text
    assert "guess" not in answer.text


@pytest.mark.parametrize(
    ("changed", "headers"),
    [
        ({"form_token": "forged"}, {}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"Origin": "https://evil.test"}),
    ],
    ids=str,
)
def test_a_form_from_elsewhere_does_nothing_and_is_shown_filled(
    changed: dict[str, str], headers: dict[str, str]
) -> None:
    portal = a_portal()
    an_account(portal.parts.accounts)
    browser = portal.browser()
    form = hidden(browser.get("/en/staff/sign-in").text)
    entered = {"username": "lan", "password": PASSWORD}

    answer = browser.post(
        "/en/staff/sign-in", data=form | entered | changed, headers=headers
    )

    assert answer.status_code == 422
    assert 'value="lan"' in answer.text
    assert "guichet_session" not in browser.cookies


def test_the_queue_says_in_words_what_is_late() -> None:
    _, browser = an_officers_portal()

    html = browser.get("/vi/staff/queue").text

    assert "Quá hạn" in html
    assert "Nhận việc" in html


def test_a_citizen_sees_no_queue() -> None:
    portal = a_portal()

    answer = portal.person(a_citizen()).get("/vi/staff/queue")

    assert answer.status_code == 403
    assert portal.bus.questions == []


def test_an_officer_claims_a_step_and_sees_it_in_the_case() -> None:
    portal, browser = an_officers_portal()
    form = hidden(browser.get("/vi/staff/queue").text)
    row = {"case_id": str(DOSSIER), "step": "review"}

    answer = browser.post("/vi/staff/queue", data=form | row)

    [order] = portal.bus.orders
    assert (order.method, order.arguments["step"]) == ("workflow.claim_step", "review")
    assert answer.headers["location"].startswith(f"/vi/staff/cases/{DOSSIER}?")
    assert "done=claimed&seen=7" in answer.headers["location"]


def test_what_an_applicant_wrote_is_text_and_nothing_else() -> None:
    _, browser = an_officers_portal()

    html = browser.get(f"/vi/staff/cases/{DOSSIER}").text

    assert "Nguyễn &lt;b&gt;Mai&lt;/b&gt;" in html


def test_a_step_is_finished_with_its_outcome_and_its_note() -> None:
    portal, browser = an_officers_portal()
    form = hidden(browser.get(f"/vi/staff/cases/{DOSSIER}").text)
    said = {"outcome": "ok", "note": "Đủ điều kiện."}

    answer = browser.post(
        f"/vi/staff/cases/{DOSSIER}/steps/review/completion", data=form | said
    )

    [order] = portal.bus.orders
    assert answer.status_code == 303
    assert order.method == "workflow.finish_step"
    assert order.arguments["note"] == "Đủ điều kiện."
    assert str(order.key) == form["key"]


@pytest.mark.parametrize("outcome", ["", "ok"])
def test_a_refused_form_keeps_what_was_written(outcome: str) -> None:
    portal, browser = an_officers_portal()
    portal.bus.answers["workflow.finish_step"] = Refused("step-claimed", "Taken.")
    form = hidden(browser.get(f"/vi/staff/cases/{DOSSIER}").text)
    said = {"outcome": outcome, "note": "Đã kiểm tra kỹ."}

    answer = browser.post(
        f"/vi/staff/cases/{DOSSIER}/steps/review/completion", data=form | said
    )

    assert answer.status_code == 422
    assert "Đã kiểm tra kỹ." in answer.text
    assert f'value="{form["key"]}"' in answer.text


def test_a_service_that_is_away_leaves_the_rest_of_the_page() -> None:
    portal = a_portal({"audit.history": Refused("not-allowed", "No.")})
    portal.views.rows = [a_row()]
    content = {"id": str(DOSSIER), "status": 2, "documents": [], "fees": []}
    portal.bus.answers["intake.dossier"] = content | {"supplement": None}

    html = portal.person(a_citizen()).get(f"/en/dossiers/{DOSSIER}").text

    assert "H15.217-261120-0001" in html
    assert "cannot be verified right now" in html


def test_a_strangers_dossier_is_not_shown() -> None:
    refused = Refused("not-allowed", "No.")
    portal = a_portal({"intake.dossier": refused})
    portal.views.rows = [a_row()]

    answer = portal.person(a_citizen("citizen:2")).get(f"/en/dossiers/{DOSSIER}")

    assert answer.status_code == 403
    assert "H15.217-261120-0001" not in answer.text


def test_signing_out_ends_the_session_here() -> None:
    _, browser = an_officers_portal()
    form = hidden(browser.get("/vi/staff/queue").text)

    answer = browser.post("/vi/sign-out", data=form)

    assert answer.headers["location"] == "/vi/?done=signed_out"
    assert browser.get("/vi/staff/queue").status_code == 303
