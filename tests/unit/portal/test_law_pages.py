"""Absences, the working calendar and decrees, as officers meet them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import an_officer
from tests.builders.portal import DOSSIER, NOON, APortal, Browser, a_portal, an_account
from tests.unit.portal.test_pages import LANGUAGES, hidden

ABSENCE = {
    "absence_id": str(DOSSIER),
    "officer": "staff:lan",
    "since": "2026-11-20",
    "until": "2026-11-22",
    "deputy": "staff:hoa",
    "lasts": True,
}
NOTICE = {
    "notice_id": str(DOSSIER),
    "date": "2026-12-31",
    "kind": "off",
    "scope": "agency",
    "scope_id": "ubnd_xa",
    "legal_notice": "Công điện 12",
    "valid_from": NOON.isoformat(),
    "entered_by": "staff:lan",
    "is_revoked": False,
}
DECREE = {
    "decree_id": str(DOSSIER),
    "selection": {"units": ["ubnd_xa"], "received_from": "2026-11-01"},
    "effect": "extend",
    "legal_basis": "Nghị quyết 5",
    "since": NOON.isoformat(),
    "until": None,
    "value": 3,
    "unit": "working_day",
    "issued_by": "staff:lan",
    "is_in_force": True,
}
TOLD = {
    "workflow.absences": [ABSENCE],
    "workflow.calendar_notices": [NOTICE],
    "workflow.decrees": [DECREE],
}


def an_office(*roles: str) -> tuple[APortal, Browser]:
    portal = a_portal(dict(TOLD))
    an_account(portal.parts.accounts)
    return portal, portal.person(an_officer(*roles, subject="staff:hoa"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("absences", "Lê Thị Lan"),
        ("calendar", "Công điện 12"),
        ("decrees", "Nghị quyết 5"),
    ],
)
def test_the_list_is_there_in_every_language(
    language: str, page: str, shown: str
) -> None:
    _, browser = an_office("manager")

    answer = browser.get(f"/{language}/staff/{page}")

    assert answer.status_code == 200
    assert shown in answer.text


def test_a_leader_enters_an_absence_and_its_deputy() -> None:
    portal, browser = an_office("unit_leader")
    form = hidden(browser.get("/vi/staff/absences").text)
    away = {"officer": "lan", "since": "2026-12-01", "until": "05/12/2026"}

    answer = browser.post("/vi/staff/absences", data={**form, **away, "deputy": "lan"})

    [order] = portal.bus.orders
    assert answer.headers["location"].startswith("/vi/staff/absences?done=done")
    assert order.arguments == {
        "officer": "staff:lan",
        "since": date(2026, 12, 1),
        "until": date(2026, 12, 5),
        "deputy": "staff:lan",
    }


def test_a_day_that_is_none_is_refused_and_what_was_written_stays() -> None:
    portal, browser = an_office("reviewer")
    form = hidden(browser.get("/vi/staff/absences").text)

    answer = browser.post(
        "/vi/staff/absences", data={**form, "since": "2026-12-01", "until": "mai"}
    )

    assert answer.status_code == 422
    assert 'value="2026-12-01"' in answer.text
    assert portal.bus.orders == []


@pytest.mark.parametrize(("role", "may"), [("manager", True), ("reviewer", False)])
@pytest.mark.parametrize("page", ["calendar", "decrees"])
def test_only_who_may_publish_sees_the_form(page: str, role: str, may: bool) -> None:
    _, browser = an_office(role)

    assert ('name="legal_' in browser.get(f"/vi/staff/{page}").text) is may


@pytest.mark.parametrize(
    ("scope", "parts"),
    [
        ("national", ("national", None)),
        ("agency:ubnd_xa", ("agency", "ubnd_xa")),
    ],
)
def test_a_notice_names_its_day_and_where_it_holds(
    scope: str, parts: tuple[str, str | None]
) -> None:
    portal, browser = an_office("manager")
    form = hidden(browser.get("/vi/staff/calendar").text)
    notice = {"date": "2026-12-31", "kind": "off", "legal_notice": "CĐ 12"}

    browser.post("/vi/staff/calendar", data={**form, **notice, "scope": scope})

    [order] = portal.bus.orders
    assert order.method == "workflow.enter_calendar_notice"
    assert (order.arguments["scope"], order.arguments["scope_id"]) == parts


@pytest.mark.parametrize(
    ("entered", "told"),
    [
        (
            {"effect": "extend", "value": "3", "unit": "day", "units": ["ubnd_xa"]},
            {"value": 3, "unit": "day", "selection": {"units": ["ubnd_xa"]}},
        ),
        (
            {"effect": "freeze", "codes": "A1, A2\nA3"},
            {"selection": {"codes": ["A1", "A2", "A3"]}},
        ),
    ],
)
def test_a_decree_says_whom_it_concerns_and_what_it_does(
    entered: dict[str, Any], told: dict[str, Any]
) -> None:
    portal, browser = an_office("manager")
    form = hidden(browser.get("/vi/staff/decrees").text)

    browser.post("/vi/staff/decrees", data={**form, **entered, "legal_basis": "NQ 5"})

    [order] = portal.bus.orders
    assert order.method == "workflow.issue_decree"
    assert told.items() <= order.arguments.items()


@pytest.mark.parametrize(
    ("path", "method"),
    [
        (f"absences/{DOSSIER}/end", "end_absence"),
        (f"calendar/{DOSSIER}/revocation", "revoke_calendar_notice"),
        (f"decrees/{DOSSIER}/end", "end_decree"),
    ],
)
def test_what_was_entered_is_taken_back(path: str, method: str) -> None:
    portal, browser = an_office("manager")
    form = hidden(browser.get(f"/vi/staff/{path.partition('/')[0]}").text)
    why = {"officer": "staff:lan", "legal_notice": "CĐ 13", "legal_basis": "CĐ 13"}

    browser.post(f"/vi/staff/{path}", data={**form, **why})

    [order] = portal.bus.orders
    assert order.method == f"workflow.{method}"
