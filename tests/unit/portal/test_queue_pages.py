"""The queue of officers: filtered, saved, shared out, many at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from services.portal.pages.filters import Filters
from tests.builders import an_officer
from tests.builders.portal import (
    DOSSIER,
    APortal,
    Browser,
    a_portal,
    an_account,
)
from tests.unit.portal.test_pages import QUEUE, hidden

HERE = "/vi/staff/queue"
PLACE = f"{DOSSIER}~review"


def a_leaders_portal(**answers: Any) -> tuple[APortal, Browser]:
    portal = a_portal({"workflow.queue": QUEUE, **answers})
    an_account(portal.parts.accounts)
    leader = an_officer("unit_leader", subject="staff:hoa")
    return portal, portal.person(leader)


def asked(portal: APortal) -> dict[str, Any]:
    """With what the queue was asked for."""
    return next(given for name, given in portal.bus.questions if "queue" in name)


def test_filters_stand_in_the_address_and_reach_workflow() -> None:
    portal, browser = a_leaders_portal()

    html = browser.get(f"{HERE}?view=mine&due=overdue&status=4&q=giấy+phép").text

    given = asked(portal)
    assert (given["mine"], given["due"], given["status"]) == (True, "overdue", 4)
    assert given["q"] == "giấy phép"
    assert 'value="giấy phép"' in html


@pytest.mark.parametrize("spoilt", ["status=99", "due=never", "status=x", "view=all"])
def test_a_filter_that_means_nothing_is_left_out(spoilt: str) -> None:
    portal, browser = a_leaders_portal()

    assert browser.get(f"{HERE}?{spoilt}").status_code == 200
    assert asked(portal) == {
        **Filters().arguments(),
        "after": None,
        "seen": None,
    }


def test_no_address_holds_a_personal_number() -> None:
    _, browser = a_leaders_portal()

    answer = browser.post(
        f"{HERE}/search", data={"applicant": "001099012345", "view": "mine"}
    )

    there = answer.headers["location"]
    assert there.startswith(f"{HERE}?view=mine&applicant=citizen%3A")
    assert "001099012345" not in there


def test_filters_are_kept_under_a_name_and_forgotten() -> None:
    portal, browser = a_leaders_portal(
        **{
            "workflow.views": [
                {"name": "Gấp", "filters": {"due": "soon", "mine": True}}
            ]
        }
    )
    html = browser.get(f"{HERE}?due=overdue").text
    form = hidden(html)

    browser.post(
        f"{HERE}/views?due=overdue", data=form | {"name": "Quá hạn", "action": ""}
    )
    browser.post(f"{HERE}/views", data=form | {"name": "Gấp", "action": "delete"})

    saved, deleted = portal.bus.orders
    assert saved.arguments == {"name": "Quá hạn", "filters": {"due": "overdue"}}
    assert (deleted.method, deleted.arguments) == (
        "workflow.delete_view",
        {"name": "Gấp"},
    )
    assert f'href="{HERE}?view=mine&amp;due=soon"' in html


def test_what_needs_attention_stands_above_the_queue() -> None:
    alert = {
        "kind": "overdue",
        "case_id": str(DOSSIER),
        "code": "H15.217-261120-0001",
        "due_at": "2026-11-19T10:00:00+00:00",
    }
    _, browser = a_leaders_portal(**{"workflow.alerts": [alert]})

    html = browser.get(HERE).text

    assert "Cần chú ý" in html
    assert f"/vi/staff/cases/{DOSSIER}" in html


def test_an_empty_queue_says_whether_filters_hide_something() -> None:
    empty = {"items": [], "next": None, "counts": QUEUE["counts"]}
    _, browser = a_leaders_portal(**{"workflow.queue": empty})

    assert "Không có việc nào đang chờ." in browser.get(HERE).text
    assert "Không có việc nào khớp" in browser.get(f"{HERE}?due=soon").text


def test_many_steps_are_taken_at_once_and_each_result_is_told() -> None:
    told = [
        {"case_id": str(DOSSIER), "step": "review", "ok": True},
        {
            "case_id": str(UUID(int=9)),
            "step": "review",
            "ok": False,
            "code": "step-claimed",
            "message": "",
        },
    ]
    portal, browser = a_leaders_portal(**{"workflow.bulk": told})
    form = hidden(browser.get(HERE).text)
    ticked = {"item": [PLACE, f"{UUID(int=9)}~review"], "action": "claim"}

    answer = browser.post(f"{HERE}/bulk", data={**form, **ticked})

    [order] = portal.bus.orders
    assert answer.status_code == 200
    assert "Đã thực hiện 1 trên 2 việc" in answer.text
    assert order.arguments["items"][0] == {"case_id": str(DOSSIER), "step": "review"}


def test_steps_are_shared_out_among_the_officers_that_were_ticked() -> None:
    portal, browser = a_leaders_portal(**{"workflow.distribute": []})
    html = browser.get(HERE).text
    chosen = {"item": [PLACE], "action": "distribute", "officer": ["lan"]}

    browser.post(f"{HERE}/bulk", data={**hidden(html), **chosen})

    assert "Lê Thị Lan" in html
    assert portal.bus.orders[0].arguments["officers"] == ["staff:lan"]


@pytest.mark.parametrize(
    "chosen",
    [{"action": "claim"}, {"action": "assign", "item": [PLACE]}, {"item": [PLACE]}],
)
def test_nothing_is_done_when_nothing_was_chosen(chosen: dict[str, Any]) -> None:
    portal, browser = a_leaders_portal()
    form = hidden(browser.get(HERE).text)

    answer = browser.post(f"{HERE}/bulk", data={**form, **chosen})

    assert answer.status_code == 422
    assert portal.bus.orders == []


def test_an_officer_is_called_by_their_name() -> None:
    mine = {**QUEUE["items"][0], "assignee": "staff:lan"}
    _, browser = a_leaders_portal(**{"workflow.queue": {**QUEUE, "items": [mine]}})

    assert "Lê Thị Lan" in browser.get(HERE).text
