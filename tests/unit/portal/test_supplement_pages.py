"""Answering a supplement: only what was asked, with its reason, kept when refused."""

from __future__ import annotations

import re
from typing import Any

import pytest

from shared.errors import Refused
from tests.builders.filing_pages import HERE, PAPER, PERMIT, a_filing, form_of, wrong
from tests.builders.portal import a_citizen

REASON = {"vi": "Chữ mờ", "en": "Hard to read", "fr": "Illisible"}
ASKED: dict[str, Any] = {
    "stage": "intake",
    "items": [
        {
            "kind": "document",
            "key": "XD01",
            "name": PAPER["name"],
            "reason": REASON,
            "note": "",
        },
        {
            "kind": "field",
            "key": "full_name",
            "name": {"vi": "Họ tên", "en": "Full name", "fr": "Nom"},
            "reason": REASON,
            "note": "As on the card",
        },
    ],
    "answer_by": "2026-11-25T10:00:00+00:00",
    "is_expired": False,
    "brought": [],
}
PAGE = f"{HERE}/supplement"


def a_table(name: str) -> dict[str, Any]:
    label = {"vi": "Người", "en": "People", "fr": "Personnes"}
    own = {"label": label, "required": False}
    column = {"name": "name", "type": "text", **own}
    return {"name": name, "type": "table", "columns": [column], **own}


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_only_what_was_asked_stands_on_the_page(language: str) -> None:
    _, browser = a_filing(status=5, supplement=ASKED)

    html = browser.get(PAGE.replace("/en/", f"/{language}/")).text

    assert REASON[language] in html
    assert "25/11/2026" in html
    assert 'name="f-full_name"' in html
    assert html.count("data-field=") == 1
    assert html.count("<h1") == 1


@pytest.mark.parametrize(("brought", "said"), [([], "Not yet"), (["XD01"], "Brought")])
def test_a_paper_is_brought_when_it_came_after_it_was_asked_for(
    brought: list[str], said: str
) -> None:
    _, browser = a_filing(status=5, supplement=ASKED | {"brought": brought})

    html = browser.get(PAGE).text

    assert re.findall(r"govuk-tag[^>]*>\s*([^<]+?)\s*<", html) == [said]


def test_what_is_sent_is_answered_first_and_then_handed_in() -> None:
    portal, browser = a_filing(status=5, supplement=ASKED)
    form = form_of(browser.get(PAGE).text)

    answer = browser.post(PAGE, data=form | {"f-full_name": "Mai Lan", "go": "send"})

    assert answer.headers["location"].startswith(f"{HERE}?done=answered")
    assert [each.method for each in portal.bus.orders] == [
        "intake.give_answers",
        "intake.answer_supplement",
    ]
    assert portal.bus.orders[0].arguments["answers"] == {"full_name": "Mai Lan"}


def test_what_was_typed_stays_when_something_is_still_missing() -> None:
    portal, browser = a_filing(status=5, supplement=ASKED)
    form = form_of(browser.get(PAGE).text)
    portal.bus.answers["intake.answer_supplement"] = Refused(
        "supplement-incomplete", "Not everything."
    )

    answer = browser.post(PAGE, data=form | {"f-full_name": "Mai Lan", "go": "send"})

    assert answer.status_code == 422
    assert 'value="Mai Lan"' in answer.text


def test_typing_is_kept_by_itself_and_shown_again_on_any_device() -> None:
    portal, browser = a_filing(status=5, supplement=ASKED)
    html = browser.get(PAGE).text

    answer = browser.post(f"{PAGE}/draft", data={"f-full_name": "Mai L"})
    other = portal.person(a_citizen()).get(PAGE.replace("/en/", "/fr/")).text

    assert f'data-autosave="{PAGE}/draft"' in html
    assert "filing" in html.partition("</main>")[2]
    for cause in ("network", "server", "sign-in"):
        assert f'data-cause="{cause}"' in html
    assert answer.json() == {"saved": True, "at": "12:00"}
    assert 'value="Mai L"' in other
    assert "Enregistré à 12:00" in other
    assert portal.bus.orders == []


def test_saved_for_later_it_is_kept_right_or_wrong_and_nothing_is_sent() -> None:
    portal, browser = a_filing(status=5, supplement=ASKED)
    form = form_of(browser.get(PAGE).text)

    answer = browser.post(PAGE, data=form | {"f-full_name": "1 2", "go": "keep"})

    assert answer.headers["location"] == f"{PAGE}?done=kept"
    assert portal.bus.orders == []
    assert 'value="1 2"' in browser.get(PAGE).text


def test_what_was_typed_and_refused_is_there_when_the_page_is_opened_again() -> None:
    portal, browser = a_filing(status=5, supplement=ASKED)
    form = form_of(browser.get(PAGE).text)
    refusal = Refused("form-invalid", "no", [wrong("full_name")])
    portal.bus.answers["intake.give_answers"] = refusal

    browser.post(PAGE, data=form | {"f-full_name": "1 2", "go": "send"})

    assert 'value="1 2"' in browser.get(PAGE).text


def test_what_was_sent_is_kept_as_typed_no_more() -> None:
    portal, browser = a_filing(status=5, supplement=ASKED)
    form = form_of(browser.get(PAGE).text)
    browser.post(f"{PAGE}/draft", data={"f-full_name": "Mai L"})

    browser.post(PAGE, data=form | {"f-full_name": "Mai Lan", "go": "send"})

    assert portal.parts.drafts.known == {}  # type: ignore[attr-defined]


def test_another_request_begins_with_nothing_typed() -> None:
    portal, browser = a_filing(status=5, supplement=ASKED)
    browser.post(f"{PAGE}/draft", data={"f-full_name": "Mai L"})

    portal.bus.answers["intake.dossier"]["supplement"] = ASKED | {"stage": "review"}

    assert "Mai L" not in browser.get(PAGE).text


def test_nothing_is_kept_of_what_nobody_asked() -> None:
    portal, browser = a_filing(status=4)

    answer = browser.post(f"{PAGE}/draft", data={"f-full_name": "x"})

    assert answer.status_code == 409
    assert portal.parts.drafts.known == {}  # type: ignore[attr-defined]


def test_nothing_is_kept_of_who_may_not_answer() -> None:
    you = {"is_applicant": False, "powers": ["read"]}
    portal, browser = a_filing(status=5, supplement=ASKED, you=you)
    elsewhere = {"Sec-Fetch-Site": "cross-site"}

    reader = browser.post(f"{PAGE}/draft", data={"f-full_name": "x"})
    strange = browser.post(
        f"{PAGE}/draft", data={"f-full_name": "Mallory"}, headers=elsewhere
    )

    assert [reader.status_code, strange.status_code] == [403, 401]
    assert portal.parts.drafts.known == {}  # type: ignore[attr-defined]


def test_where_only_papers_are_asked_there_is_nothing_to_keep() -> None:
    papers = ASKED | {"items": ASKED["items"][:1]}
    _, browser = a_filing(status=5, supplement=papers)

    html = browser.get(PAGE).text

    assert "data-autosave" not in html
    assert "autosave-failed" not in html


def test_a_row_more_keeps_what_was_typed() -> None:
    people = {"kind": "field", "key": "people", "name": {}, "reason": REASON}
    items = [ASKED["items"][1], people | {"note": ""}]
    portal, browser = a_filing(status=5, supplement=ASKED | {"items": items})
    known = portal.views.definitions[PERMIT]["definition"]
    fields = [*known["fields"], a_table("people")]
    portal.views.definitions[PERMIT]["definition"] = known | {"fields": fields}
    portal.bus.answers["intake.form"]["visible"].append("people")
    form = form_of(browser.get(PAGE).text)

    answer = browser.post(
        PAGE, data=form | {"f-full_name": "Mai L", "go": "add:people"}
    )
    html = browser.get(PAGE).text

    assert answer.headers["location"] == f"{PAGE}#f-people-1"
    assert 'name="f-people-1-name"' in html
    assert 'value="Mai L"' in html
    assert portal.bus.orders == []


def test_when_nothing_is_asked_the_page_leads_to_the_dossier() -> None:
    _, browser = a_filing(status=4)

    assert browser.get(PAGE).headers["location"] == HERE
