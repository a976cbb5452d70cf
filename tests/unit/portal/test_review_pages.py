"""Deciding: drafts, what is new, several approvals, seals."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import UUID

import pytest

from services.portal.pages.staff_approvals import compared
from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.portal import (
    DOSSIER,
    NOON,
    APortal,
    Browser,
    a_citizen,
    a_key,
    a_portal,
    an_account,
)
from tests.unit.portal.test_pages import CASE, QUEUE, STEP, hidden

HERE = f"/vi/staff/cases/{DOSSIER}"
AT = f"{HERE}/steps/review"
LANGUAGES = ("vi", "en", "fr")
NAMED = {"vi": "Giấy phép", "en": "Permit", "fr": "Permis"}
PROPOSAL = {
    "outcome": "granted",
    "kind": "grant",
    "title": NAMED,
    "text": "Đủ điều kiện.",
    "proposed_by": "staff:hoa",
    "proposed_at": NOON.isoformat(),
    "on_behalf_of": None,
}
TEXT_CHANGED = {"what": "text", "before": "Cấp hai tầng.", "after": "Cấp ba tầng."}
APPROVAL = QUEUE["items"][0] | {
    "step": "sign",
    "lane": 1,
    "version": 9,
    "proposal": PROPOSAL,
    "hindrance": None,
    "seen_version": 7,
    "seen_at": NOON.isoformat(),
    "since": NOON.isoformat(),
    "difference": [TEXT_CHANGED, {"what": "paper", "name": NAMED}],
}
SIGN = STEP | {
    "step": "sign",
    "signature": "authority",
    "allowed": ["finish_step"],
    "outcomes": STEP["outcomes"][:1],
}
DEED = {
    "topic": "workflow.case.result-proposed",
    "by": "staff:hoa",
    "kind": "staff",
    "at": NOON.isoformat(),
    "name": STEP["name"],
}


def a_desk(**answers: Any) -> tuple[APortal, Browser]:
    portal = a_portal(
        {
            "workflow.case": CASE
            | {"proposable": [{"code": "granted", "title": NAMED}]},
            "workflow.queue": QUEUE,
            "audit.history": [],
            "workflow.approvals": {"items": [APPROVAL], "next": None},
            **answers,
        }
    )
    roles = ("reviewer", "agency_leader")
    return portal, portal.person(an_officer(*roles, subject="staff:lan"))


def entered(browser: Browser, address: str = HERE, **more: Any) -> dict[str, Any]:
    form = hidden(browser.get(address).text)
    return {name: form[name] for name in ("form_token", "key")} | more


# --- what is new ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_leader_reads_what_changed_since_he_looked(language: str) -> None:
    _, browser = a_desk()

    html = browser.get(f"/{language}/staff/approvals").text

    assert "<del>hai</del><ins>ba</ins>" in html
    new = {"vi": "bổ sung giấy tờ", "en": "handed in", "fr": "a remis"}[language]
    assert re.search(rf"{new}</strong>\W*{NAMED[language]}", html)
    assert f"/{language}/staff/cases/{DOSSIER}/steps/sign/preview" in html


def test_what_he_may_not_sign_says_why_and_cannot_be_ticked() -> None:
    own = APPROVAL | {"hindrance": "same-person"}
    _, browser = a_desk(**{"workflow.approvals": {"items": [own], "next": None}})

    html = browser.get("/vi/staff/approvals").text

    assert 'name="item"' not in html
    assert "Chưa ký được" in html


def test_a_text_is_compared_word_by_word() -> None:
    assert compared("a b c", "a d c") == [
        ("same", "a "),
        ("out", "b"),
        ("in", "d"),
        ("same", " c"),
    ]


def test_opening_a_case_to_sign_remembers_the_version_and_shows_what_is_new() -> None:
    news = {
        "version": 3,
        "seen_version": 1,
        "seen_at": NOON.isoformat(),
        "since": NOON.isoformat(),
        "difference": [TEXT_CHANGED],
    }
    case = CASE | {"steps": [SIGN]}
    portal, browser = a_desk(**{"workflow.case": case, "workflow.difference": news})

    html = browser.get(HERE).text

    assert "<ins>ba</ins>" in html
    [order] = portal.bus.orders
    assert order.method == "workflow.look_at"
    assert order.arguments == {"case_id": str(DOSSIER), "version": 3}


def test_who_does_not_sign_leaves_no_trace_of_looking() -> None:
    portal, browser = a_desk()

    browser.get(HERE)

    assert portal.bus.orders == []


# --- several at once ---


def test_several_results_are_signed_as_they_were_seen_each_with_its_result() -> None:
    told = [
        {"case_id": str(DOSSIER), "step": "sign", "ok": True, "position": 7},
        {
            "case_id": str(UUID(int=9)),
            "step": "sign",
            "ok": False,
            "code": "stale-version",
            "message": "",
        },
    ]
    portal, browser = a_desk(**{"workflow.approve_each": told})
    form = entered(
        browser,
        "/vi/staff/approvals",
        item=[f"{DOSSIER}~9~sign", f"{UUID(int=9)}~4~sign"],
        code=[f"{UUID(int=9)}~H15-9"],
    )

    html = browser.post("/vi/staff/approvals", data=form).text

    [order] = portal.bus.orders
    assert order.arguments["items"] == [
        {"case_id": str(DOSSIER), "version": 9, "step": "sign"},
        {"case_id": str(UUID(int=9)), "version": 4, "step": "sign"},
    ]
    assert "1 trên 2" in html
    assert "Đã ký duyệt." in html
    assert "H15-9" in html


def test_who_has_to_prove_it_is_asked_once_for_all_and_keeps_the_ticks() -> None:
    refused = {"ok": False, "code": "step-up-needed", "message": "Prove it."}
    told = [{"case_id": str(DOSSIER), "step": "sign", **refused}]
    _, browser = a_desk(**{"workflow.approve_each": told})
    form = entered(browser, "/vi/staff/approvals", item=[f"{DOSSIER}~9~sign"])

    answer = browser.post("/vi/staff/approvals", data=form)

    assert answer.status_code != 303
    assert f'value="{DOSSIER}~9~sign"' in answer.text


def test_nothing_chosen_signs_nothing() -> None:
    portal, browser = a_desk()

    answer = browser.post(
        "/vi/staff/approvals", data=entered(browser, "/vi/staff/approvals")
    )

    assert answer.status_code == 422
    assert portal.bus.orders == []


# --- drafts and conflicts ---


def test_a_decision_is_seen_as_a_paper_before_it_is_proposed() -> None:
    portal, browser = a_desk(
        **{
            "workflow.draft_decision": {"dossier_id": str(DOSSIER)},
            "signing.preview": {"html": "<p>BẢN NHÁP</p>"},
        }
    )
    form = entered(browser, outcome="granted", text="Cấp.")

    answer = browser.post(f"{AT}/preview", data=form)

    assert answer.headers["content-type"] == "application/pdf"
    assert "BẢN NHÁP" in answer.text
    asked = dict(portal.bus.questions)["workflow.draft_decision"]
    assert (asked["outcome"], asked["text"]) == ("granted", "Cấp.")
    assert portal.bus.orders == []


def test_what_cannot_be_drafted_says_why_beside_what_was_written() -> None:
    _, browser = a_desk(
        **{"workflow.draft_decision": Refused("nothing-proposed", "Nothing.")}
    )

    html = browser.post(f"{AT}/preview", data=entered(browser, text="Cấp.")).text

    assert 'role="alert"' in html
    assert ">Cấp.</textarea>" in html


def test_who_comes_second_reads_what_was_done_and_sends_it_again() -> None:
    portal, browser = a_desk(**{"workflow.meanwhile": {"version": 4, "deeds": [DEED]}})
    an_account(portal.parts.accounts, "hoa")
    form = entered(browser, seen="3", outcome="granted", text="Cấp.")

    answer = browser.post(f"{AT}/proposal", data=form)

    assert answer.status_code == 409
    assert "Lê Thị Lan, 20/11/2026 12:00" in answer.text
    assert ">Cấp.</textarea>" in answer.text
    assert portal.bus.orders == []


def test_a_form_without_news_is_sent_at_once() -> None:
    portal, browser = a_desk(**{"workflow.meanwhile": {"version": 3, "deeds": []}})

    browser.post(
        f"{AT}/proposal",
        data=entered(browser, seen="3", outcome="granted", text="Cấp."),
    )

    [order] = portal.bus.orders
    assert order.method == "workflow.propose_result"


def test_deciding_goes_on_to_the_next_case_of_the_list() -> None:
    beside = {"case_id": str(UUID(int=9)), "step": "review", "code": "H15-9"}
    portal, browser = a_desk()
    portal.bus.answers["workflow.neighbours"] = {"previous": None, "next": beside}
    form = entered(browser, outcome="ok", note="", then="next")

    there = browser.post(f"{AT}/completion?due=overdue&step=review", data=form)
    portal.bus.answers["workflow.neighbours"] = {"previous": None, "next": None}
    form = entered(browser, outcome="ok", note="", then="next")
    back = browser.post(f"{AT}/completion?due=overdue&step=review", data=form)

    found = there.headers["location"]
    assert found.startswith(f"/vi/staff/cases/{UUID(int=9)}?due=overdue&step=review")
    assert "done=decided_next" in found
    assert back.headers["location"].startswith("/vi/staff/queue?due=overdue")


# --- seals, digest ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clerk_sees_what_waits_what_failed_and_the_next_numbers(
    language: str,
) -> None:
    paper = {
        "paper_id": str(UUID(int=3)),
        "dossier_id": str(DOSSIER),
        "number": "05/GPXD",
        "title": NAMED,
        "code": "H15-1",
        "dated": NOON.isoformat(),
        "hindrance": "token-away",
        "hindered_at": NOON.isoformat(),
        "issued_at": NOON.isoformat(),
    }
    series = {
        "series": "decision",
        "year": 2026,
        "number": "05/2026/KQ",
        "next": 6,
        "given_at": NOON.isoformat(),
    }
    found = {
        "unit": "ubnd_xa",
        "waiting": [paper],
        "sealed": [paper],
        "series": [series],
    }
    _, browser = a_desk(**{"signing.sealing": found})

    html = browser.get(f"/{language}/staff/sealing").text

    assert "05/2026/KQ" in html
    assert "<strong>06</strong>" in html
    assert html.count(NAMED[language]) == 2


def test_an_officer_says_where_the_morning_letter_goes() -> None:
    portal, browser = a_desk()
    an_account(portal.parts.accounts)
    address = "/fr/staff/digest"
    form = entered(browser, address, email="lan@example.vn", language="fr")

    browser.post(address, data=form | {"wants_digest": "yes"})
    wrong = browser.post(
        address, data=entered(browser, address, email="lan@", language="fr")
    )

    account = portal.parts.accounts.find_account("lan")
    assert account
    assert account.contact.email == "lan@example.vn"
    assert account.contact.is_written_to
    assert wrong.status_code == 422
    assert 'value="lan@"' in wrong.text


def test_citizens_see_none_of_it() -> None:
    portal, _ = a_desk()
    citizen = portal.person(a_citizen())

    for page in ("approvals", "sealing", "phrases", "digest"):
        assert citizen.get(f"/vi/staff/{page}").status_code == 403
    assert json.dumps(portal.bus.questions, default=str) == "[]"


def test_programs_may_do_the_same() -> None:
    portal, _ = a_desk(
        **{
            "workflow.draft_decision": {"dossier_id": str(DOSSIER)},
            "signing.preview": {"html": "<p>BẢN NHÁP</p>"},
        }
    )
    program = portal.program(an_officer("agency_leader", subject="staff:lan"))
    at = f"/api/v1/cases/{DOSSIER}"
    phrase = {"purpose": "note", "name": "Mờ", "text": "Bản quét mờ."}

    drawn = program.post(f"{at}/steps/sign/preview", json={}, headers=a_key())
    program.put(f"{at}/seen", json={"version": 3}, headers=a_key())
    program.put(f"/api/v1/phrases/{UUID(int=5)}", json=phrase, headers=a_key())
    signed = {"items": [{"case_id": str(DOSSIER), "step": "sign", "version": 9}]}
    program.post("/api/v1/approvals", json=signed, headers=a_key())

    assert "BẢN NHÁP" in drawn.text
    assert [each.method for each in portal.bus.orders] == [
        "workflow.look_at",
        "workflow.keep_phrase",
        "workflow.approve_each",
    ]
