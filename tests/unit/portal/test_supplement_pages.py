"""Answering a supplement: only what was asked, with its reason, kept when refused."""

from __future__ import annotations

from typing import Any

import pytest

from shared.errors import Refused
from tests.builders.filing_pages import HERE, PAPER, a_filing, form_of

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
}
PAGE = f"{HERE}/supplement"


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_only_what_was_asked_stands_on_the_page(language: str) -> None:
    _, browser = a_filing(status=5, supplement=ASKED)

    html = browser.get(PAGE.replace("/en/", f"/{language}/")).text

    assert REASON[language] in html
    assert "25/11/2026" in html
    assert 'name="f-full_name"' in html
    assert html.count("data-field=") == 1


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


def test_when_nothing_is_asked_the_page_leads_to_the_dossier() -> None:
    _, browser = a_filing(status=4)

    assert browser.get(PAGE).headers["location"] == HERE
