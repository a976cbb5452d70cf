"""The dashboard as managers and auditors meet it: figures, lists, spreadsheets."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.portal.spreadsheets import cell
from tests.builders import an_officer
from tests.builders.portal import DOSSIER, NOON, APortal, Browser, a_portal
from tests.unit.portal.test_pages import LANGUAGES

COUNTS = {
    "received": 5,
    "ended": 4,
    "ended_on_time": 2,
    "ended_late": 2,
    "late_with_apology": 1,
    "open": 1,
    "open_overdue": 0,
}
ROW = {"unit": "ubnd_xa", "procedure": "certified-copy", "channel": "online"} | COUNTS
TREND = {"by": "day", "items": [{"begins": "2026-11-20"} | COUNTS]}
STEP = {
    "procedure": "certified-copy",
    "step": "review",
    "unit": "ubnd_xa",
    "name": {"vi": "Thẩm định", "en": "Review", "fr": "Instruction"},
    "waiting": 3,
    "done": 4,
    "half": 1.25,
    "most": None,
}
CASE = {
    "case_id": str(DOSSIER),
    "dossier_id": str(DOSSIER),
    "code": "H15.66-261116-0001",
    "unit": "ubnd_xa",
    "procedure": "certified-copy",
    "channel": "online",
    "received_at": NOON.isoformat(),
    "due_at": NOON.isoformat(),
    "ended": None,
    "is_late": True,
    "has_apology": False,
}
TOLD: dict[str, Any] = {
    "workflow.statistics": {"rows": [ROW], "total": COUNTS},
    "workflow.trend": TREND,
    "workflow.bottlenecks": [STEP],
    "workflow.figured_cases": {"items": [CASE], "next": None},
}


def an_office(role: str, unit: str = "ubnd_xa") -> tuple[APortal, Browser]:
    portal = a_portal(dict(TOLD))
    return portal, portal.person(an_officer(role, agency=unit))


def asked(portal: APortal, method: str) -> list[dict[str, Any]]:
    return [what for name, what in portal.bus.questions if name == f"workflow.{method}"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_has_a_name_and_its_table_behind(language: str) -> None:
    _, browser = an_office("manager")

    text = browser.get(f"/{language}/staff/dashboard").text

    assert text.count('role="img"') == text.count("<desc") == 6
    assert text.count("<details") == 5
    assert "style=" not in text


def test_what_half_of_them_took_is_written_as_people_do() -> None:
    _, browser = an_office("manager")

    assert ">1,2<" in browser.get("/vi/staff/dashboard").text
    assert ">1.2<" in browser.get("/en/staff/dashboard").text


def test_figures_are_of_this_month_unless_other_days_are_named() -> None:
    portal, browser = an_office("auditor")

    browser.get("/vi/staff/dashboard")
    browser.get("/vi/staff/dashboard?since=2026-01-01&until=x")

    month, year = asked(portal, "statistics")
    assert (month["since"], month["until"]) == (date(2026, 11, 1), date(2026, 11, 20))
    assert year["since"] == date(2026, 1, 1)


def test_days_in_the_wrong_order_are_turned_around() -> None:
    portal, browser = an_office("auditor")

    browser.get("/vi/staff/dashboard?since=2026-11-19&until=2026-11-02")

    [found] = asked(portal, "trend")
    assert (found["since"], found["until"]) == (date(2026, 11, 2), date(2026, 11, 19))


def test_a_manager_begins_at_their_unit_and_an_auditor_everywhere() -> None:
    portal, browser = an_office("manager")
    browser.get("/vi/staff/dashboard")
    browser.get("/vi/staff/dashboard?unit=all")
    audited, auditor = an_office("auditor")
    auditor.get("/vi/staff/dashboard")

    assert [each["unit"] for each in asked(portal, "statistics")] == ["ubnd_xa", None]
    assert asked(audited, "statistics")[0]["unit"] is None


def test_a_number_leads_to_its_dossiers_and_from_there_to_the_case() -> None:
    portal, browser = an_office("manager")
    whole = browser.get("/en/staff/dashboard").text
    list_address = "/en/staff/dashboard/dossiers?since=2026-11-01"
    assert f'href="{list_address}' in whole

    listed = browser.get(
        f"{list_address}&name=open&step=review&receiver=ubnd_xa&after=x"
    ).text

    assert f"/en/staff/cases/{DOSSIER}" in listed
    [wanted] = asked(portal, "figured_cases")
    assert (wanted["name"], wanted["step"]) == ("open", "review")
    assert (wanted["receiver"], wanted["after"]) == ("ubnd_xa", "x")


def test_a_count_that_is_none_is_taken_for_what_was_received() -> None:
    portal, browser = an_office("manager")

    browser.get("/vi/staff/dashboard/dossiers?name=drop")

    assert asked(portal, "figured_cases")[0]["name"] == "received"


@pytest.mark.parametrize(("language", "separator"), [("vi", ";"), ("en", ",")])
def test_spreadsheets_open_with_our_letters_in_columns(
    language: str, separator: str
) -> None:
    _, browser = an_office("manager")

    answer = browser.get(f"/{language}/staff/dashboard.csv")

    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, row = answer.text.lstrip("\ufeff").splitlines()
    assert head.count(separator) == row.count(separator) == 9
    assert row.endswith(separator.join("5422110"))
    assert "attachment" in answer.headers["content-disposition"]


def test_a_list_is_downloaded_with_all_its_pages() -> None:
    portal, browser = an_office("manager")

    answer = browser.get("/vi/staff/dashboard/dossiers.csv?name=open")

    assert "H15.66-261116-0001" in answer.text
    assert asked(portal, "figured_cases")[0]["limit"] == 200


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_is_never_calculated(text: str) -> None:
    assert cell(text, "vi") == f"'{text}"


def test_numbers_stay_numbers() -> None:
    assert [cell(each, "vi") for each in (-1, 1.5, None)] == ["-1", "1,5", ""]


def test_an_empty_time_says_so() -> None:
    portal, browser = an_office("manager")
    nothing = {"rows": [], "total": dict.fromkeys(COUNTS, 0)}
    portal.bus.answers |= {
        "workflow.statistics": nothing,
        "workflow.bottlenecks": [],
        "workflow.figured_cases": {"items": [], "next": None},
    }

    assert "app-empty" in browser.get("/fr/staff/dashboard").text
    assert "app-empty" in browser.get("/fr/staff/dashboard/dossiers").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_money_ratings_and_complaints_stand_beside_the_figures(language: str) -> None:
    portal, browser = an_office("manager")
    portal.views.rated = [{}] * 7
    portal.views.complained = [{}] * 2

    html = browser.get(f"/{language}/staff/dashboard").text

    assert any(each in html for each in ("90.000", "90,000", "90 000", "90\u202f000"))
    assert f"/{language}/staff/ratings" in html
    assert f"/{language}/staff/complaints" in html


def test_how_a_few_rated_is_not_told() -> None:
    portal, browser = an_office("manager")
    portal.views.rated = [{}] * 4

    html = browser.get("/en/staff/dashboard").text

    assert "too few" in html
    assert "4.5" not in html
