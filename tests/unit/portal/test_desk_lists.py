"""The lists of the front desk: the day, calls, results, and what a receipt finds."""

from __future__ import annotations

from uuid import UUID

import pytest

from services.portal.counter import lists
from tests.builders.portal import DOSSIER, NOON, a_row
from tests.unit.portal.test_desk_pages import HERE, a_desk, content
from tests.unit.portal.test_pages import hidden


def test_todays_list_holds_what_the_desk_serves_and_nothing_of_persons() -> None:
    portal, browser = a_desk()
    portal.views.listings[lists.RECEIVED] = [a_row(channel="counter")]

    html = browser.get(f"{HERE}/today").text

    _, given = portal.views.listings_asked[0]
    assert "H15.217-261120-0001" in html
    assert {"ttpvhcc_xa", "ubnd_xa"} <= set(given["units"])
    assert "ttpvhcc_tinh" not in given["units"]


def test_a_call_is_noted_and_leaves_the_list() -> None:
    row = a_row(template="supplement", ids=[UUID(int=4)], ways=["sms"], failed_at=NOON)
    portal, browser = a_desk(**{"intake.dossier": content()})
    portal.views.listings[lists.CALLS] = [row]
    html = browser.get(f"{HERE}/calls").text

    browser.post(
        f"{HERE}/calls/{UUID(int=4)}",
        data=hidden(html) | {"reached": "true", "note": "Hẹn thứ hai"},
    )

    [order] = portal.bus.orders
    assert "tel:" in html
    assert order.arguments["is_reached"] is True
    assert order.method == "notifications.note_call"


def test_results_are_found_without_marks() -> None:
    portal, browser = a_desk("return_officer")
    portal.views.listings[lists.READY] = [
        a_row(result_channel="counter", status_at=NOON)
    ]

    assert "H15.217-261120-0001" in browser.get(f"{HERE}/results?q=ban+sao").text
    assert "H15.217-261120-0001" not in browser.get(f"{HERE}/results?q=xe").text


@pytest.mark.parametrize(
    "scanned",
    ["BHWSGQMZSVVN", "https://x.vn/vi/t/BHWSGQMZSVVN", "H15.217-261120-0001"],
)
def test_a_receipt_in_the_hand_opens_its_dossier(scanned: str) -> None:
    portal, browser = a_desk()
    portal.views.rows = [a_row()]

    answer = browser.get(f"{HERE}/lookup", params={"code": scanned})

    assert answer.headers["location"] == f"{HERE}/dossiers/{DOSSIER}"


def test_what_is_not_known_is_said() -> None:
    _, browser = a_desk()

    answer = browser.get(f"{HERE}/lookup", params={"code": "nothing"})

    assert answer.status_code == 404
    assert 'value="nothing"' in answer.text
