"""Finding a procedure, and learning what it needs before one begins."""

from __future__ import annotations

import pytest

from tests.builders.filing_pages import (
    LANGUAGES,
    PERMIT,
    a_filing,
    form_of,
)
from tests.builders.intake import a_definition


def test_procedures_are_found_by_plain_words_and_by_what_happened() -> None:
    portal, browser = a_filing()
    portal.views.definitions["other"] = {
        "slug": "certified-copy",
        "version": 1,
        "definition": a_definition("certified-copy"),
    }

    by_event = browser.get("/en/procedures?event=driving").text
    building = browser.get("/en/procedures?event=building").text

    assert "0 procedures" in by_event or "certified-copy" not in by_event
    assert f"/en/procedures/{PERMIT}" in building
    assert "before work begins" in building


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_page_leads_to_every_life_event_and_sector(language: str) -> None:
    _, browser = a_filing()

    html = browser.get(f"/{language}/").text

    assert f'action="/{language}/procedures"' in html
    assert f"/{language}/procedures?event=having-a-child" in html
    assert f"/{language}/procedures/{PERMIT}" in html
    assert f"/{language}/procedures?agency=" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_procedure_is_told_plainly_and_how_long_it_took(language: str) -> None:
    portal, browser = a_filing()
    portal.views.took = {"n": 12, "half": 6, "most": 9}

    html = browser.get(f"/{language}/procedures/{PERMIT}").text

    assert f"/{language}/procedures/{PERMIT}/eligibility" in html
    assert " 6 " in html
    assert " 9 " in html
    assert "37" in html  # the fee


def test_of_few_cases_nothing_is_said() -> None:
    portal, browser = a_filing()
    portal.views.took = {"n": 4, "half": 6, "most": 9}

    assert "nine in ten" not in browser.get(f"/en/procedures/{PERMIT}").text


def test_an_answer_that_leads_elsewhere_says_where_to() -> None:
    _, browser = a_filing()
    here = f"/en/procedures/{PERMIT}/eligibility"

    first = browser.get(here).text
    stopped = browser.get(f"{here}?asked=holds_land&holds_land=no").text
    unanswered = browser.get(f"{here}?asked=holds_land").text
    through = browser.get(f"{here}?holds_land=yes&has_begun=no").text

    assert "Question 1 of 2" in first
    assert "Ask the land office" in stopped
    assert "Choose Yes or No" in unanswered
    assert "You can apply" in through


def test_beginning_leads_to_the_list_of_what_is_to_be_done() -> None:
    portal, browser = a_filing()
    html = browser.get(f"/en/procedures/{PERMIT}").text

    answer = browser.post(f"/en/procedures/{PERMIT}", data=form_of(html))

    assert answer.status_code == 303
    assert answer.headers["location"].endswith("/tasks")
    assert portal.bus.orders[0].method == "intake.open_dossier"
