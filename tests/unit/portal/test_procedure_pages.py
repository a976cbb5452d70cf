"""Procedures as an administrator meets them: versions, differences, publishing."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from services.portal.differences import differences, shown
from shared.directory import CATALOGUE
from tests.builders import an_officer
from tests.builders.portal import APortal, Browser, a_portal
from tests.unit.portal.test_pages import LANGUAGES, hidden

HERE = "/vi/staff/admin/procedures"
SLUG = "certified-copy"
FAULT = {
    "path": "$.steps[0].agency",
    "code": "agency",
    "message": {"vi": "Không có cơ quan này", "en": "No such agency", "fr": "Inconnu"},
    "suggestion": {"vi": "ubnd_xa", "en": "ubnd_xa", "fr": "ubnd_xa"},
}


def a_definition() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((CATALOGUE / f"{SLUG}.json").read_text())
    return content


def a_second() -> dict[str, Any]:
    second = deepcopy(a_definition())
    second["version"] = {"number": 2, "valid_from": "2026-11-01", "valid_to": None}
    second["documents"] = []
    second["fields"][0]["max_length"] = 50
    second["steps"].append({**second["steps"][0], "id": "again"})
    return second


def an_office(*roles: str) -> tuple[APortal, Browser]:
    portal = a_portal({"intake.check_procedures": []})
    portal.views.definitions = {
        number: {
            "slug": SLUG,
            "version": definition["version"]["number"],
            "valid_from": date(2026, 7, int(number)),
            "valid_to": None,
            "definition": definition,
        }
        for number, definition in (("2", a_second()), ("1", a_definition()))
    }
    return portal, portal.person(an_officer(*roles))


@pytest.mark.parametrize("language", LANGUAGES)
def test_versions_and_what_changed_are_told_in_every_language(language: str) -> None:
    _, browser = an_office("manager")

    listed = browser.get(f"/{language}/staff/admin/procedures").text
    changed = browser.get(f"/{language}/staff/admin/procedures/{SLUG}").text

    assert f"/{language}/staff/admin/procedures/{SLUG}" in listed
    assert "<del>200</del>" in changed
    assert "<ins>50</ins>" in changed


def test_a_preview_asks_as_applicants_are_asked() -> None:
    portal, browser = an_office("administrator")
    portal.views.definitions[SLUG] = portal.views.definitions["1"]

    shown = browser.get(f"/en/staff/admin/procedures/{SLUG}/1").text

    asked = [each["name"] for each in a_definition()["fields"]]
    assert asked
    assert [name for name in asked if f'name="f-{name}' not in shown] == []
    assert "Page 1" in shown
    assert "govuk-radios" in shown
    assert "<form" not in shown.split("<main", 1)[1].split("</main", 1)[0]


def test_what_was_added_removed_and_changed_is_found() -> None:
    found = {(each.part, each.kind) for each in differences(a_definition(), a_second())}

    assert found == {
        ("documents", "removed"),
        ("fields", "changed"),
        ("steps", "added"),
    }


def test_values_are_said_and_not_spelled() -> None:
    values = (True, None, {"vi": "Có", "en": "With"}, ["a", "b"])

    assert [shown(each, "en") for each in values] == ["Yes", "None", "With", "a, b"]


def test_they_are_for_administrators_and_managers() -> None:
    portal, manager = an_office("manager")
    reviewer = portal.person(an_officer("reviewer", subject="staff:binh"))

    assert reviewer.get(HERE).status_code == 403
    assert manager.get(f"{HERE}/publish").status_code == 403


def test_every_fault_is_shown_with_its_place_and_nothing_published() -> None:
    portal, browser = an_office("administrator")
    portal.bus.answers["intake.check_procedures"] = [FAULT]
    form = hidden(browser.get(f"{HERE}/publish").text)

    answer = browser.post(f"{HERE}/publish", data={**form, "content": "{}"})

    assert "$.steps[0].agency" in answer.text
    assert "Không có cơ quan này" in answer.text
    assert portal.bus.orders == []


def test_what_is_no_json_is_refused_and_stays() -> None:
    _, browser = an_office("administrator")
    form = hidden(browser.get(f"{HERE}/publish").text)

    answer = browser.post(f"{HERE}/publish", data={**form, "content": "{oh"})

    assert answer.status_code == 422
    assert "{oh" in answer.text


def test_a_version_is_published_after_its_difference_was_seen() -> None:
    portal, browser = an_office("administrator")
    portal.views.definitions[SLUG] = portal.views.definitions["1"]
    form = hidden(browser.get(f"{HERE}/publish").text)
    content = json.dumps(a_second())

    looked = browser.post(f"{HERE}/publish", data={**form, "content": content})
    assert "<ins>50</ins>" in looked.text
    assert portal.bus.orders == []
    sure = {"content": content, "confirmed": "yes", "is_emergency": "yes"}
    answer = browser.post(f"{HERE}/publish", data={**hidden(looked.text), **sure})

    assert answer.headers["location"] == f"{HERE}?done=published"
    [order] = portal.bus.orders
    assert order.arguments == {"definitions": [a_second()], "is_emergency": True}
