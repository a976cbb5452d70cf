"""A case on an officer's table: why its date, whom it waits for, what may be done."""

from __future__ import annotations

from typing import Any

import pytest

from services.portal.pages.case_commands import COMMANDS
from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.portal import DOSSIER, NOON, APortal, Browser, a_portal
from tests.unit.portal.test_pages import CASE, STEP, hidden

HERE = f"/vi/staff/cases/{DOSSIER}"
TEXT = {"vi": "Nhận lúc 09:00", "en": "Received at 09:00", "fr": "Reçu à 09:00"}
CLOCK = {
    "due_at": "2026-11-25T10:00:00+00:00",
    "original_due_at": "2026-11-24T10:00:00+00:00",
    "is_stopped": True,
    "since": NOON.isoformat(),
    "reasons": ["supplement"],
    "light": "stopped",
    "remaining_minutes": 960,
    "is_late": False,
    "explanation": [{"code": "received", "text": TEXT}],
}
WAITING = {
    "step": "review",
    "name": STEP["name"],
    "unit": "stc",
    "role": "reviewer",
    "assignee": None,
    "since": NOON.isoformat(),
    "deadline_at": None,
}


def a_table(**more: Any) -> tuple[APortal, Browser]:
    everything = {"allowed": [*STEP["allowed"], *COMMANDS]}
    case = CASE | everything | {"steps": [STEP | everything]} | more
    portal = a_portal({"workflow.case": case, "audit.history": []})
    return portal, portal.person(an_officer("reviewer", subject="staff:lan"))


def test_the_page_says_why_this_date_and_whom_the_case_waits_for() -> None:
    _, browser = a_table(clock=CLOCK, waiting_for=[WAITING])

    html = browser.get(HERE).text

    assert "Nhận lúc 09:00" in html
    assert "25/11/2026 17:00" in html
    assert "24/11/2026 17:00" in html
    assert "chờ bổ sung hồ sơ" in html
    assert "Đang chờ" in html


def test_only_what_is_allowed_now_has_a_button() -> None:
    only_claimed = STEP | {"allowed": ["claim_step"]}
    _, browser = a_table(allowed=["suspend"], steps=[only_claimed])

    html = browser.get(HERE).text

    assert f"{HERE}/commands/suspend" in html
    assert f"{HERE}/commands/stop" not in html
    assert f"{HERE}/commands/consult" not in html


@pytest.mark.parametrize(
    ("name", "entered", "ordered"),
    [
        (
            "consult",
            {
                "step": "review",
                "units": ["stc", "ubnd_xa"],
                "question": "Có đúng quy hoạch?",
                "value": "3",
                "unit": "working_day",
            },
            {"units": ["stc", "ubnd_xa"], "value": 3, "step": "review"},
        ),
        ("suspend", {"reason": "Chờ", "legal_basis": "Đ9"}, {"reason": "Chờ"}),
        ("resume", {"note": ""}, {"note": ""}),
        ("decide_withdrawal", {"granted": "no"}, {"granted": False, "reason": ""}),
        (
            "ask_payment",
            {"step": "r", "amount": "50.000", "name": "Lệ phí", "legal_basis": "Đ5"},
            {"amount": 50_000, "name": dict.fromkeys(("vi", "en", "fr"), "Lệ phí")},
        ),
        ("add_co_handler", {"step": "r", "officer": "hoa"}, {"officer": "staff:hoa"}),
        ("recall", {"step": "review"}, {"step": "review"}),
        ("approve_extension", {}, {}),
    ],
)
def test_a_command_is_read_from_its_form(
    name: str, entered: dict[str, Any], ordered: dict[str, Any]
) -> None:
    portal, browser = a_table()
    form = hidden(browser.get(HERE).text)

    answer = browser.post(f"{HERE}/commands/{name}", data={**form, **entered})

    [order] = portal.bus.orders
    assert answer.headers["location"].startswith(f"{HERE}?done=do_{name}")
    assert order.method == f"workflow.{name}"
    assert ordered.items() <= order.arguments.items()


@pytest.mark.parametrize(
    ("name", "entered", "status"),
    [
        ("suspend", {"reason": "Chờ"}, 422),
        ("consult", {"question": "?", "value": "3", "unit": "day"}, 422),
        ("propose_extension", {"value": "ba", "unit": "day", "reason": "Mưa"}, 422),
        ("open_dossier", {}, 404),
    ],
)
def test_a_command_that_is_not_complete_orders_nothing(
    name: str, entered: dict[str, Any], status: int
) -> None:
    portal, browser = a_table()
    form = hidden(browser.get(HERE).text)

    answer = browser.post(f"{HERE}/commands/{name}", data={**form, **entered})

    assert answer.status_code == status
    assert portal.bus.orders == []


def test_who_came_second_reads_who_was_first_and_keeps_their_words() -> None:
    portal, browser = a_table()
    first = [{"by": "staff:hoa", "at": NOON.isoformat()}]
    portal.bus.answers["workflow.send_back"] = Refused("step-not-open", "No.", first)
    form = hidden(browser.get(HERE).text)
    entered = {"step": "review", "note": "Thiếu trang 2"}

    html = browser.post(f"{HERE}/commands/send_back", data={**form, **entered}).text

    assert "staff:hoa đã thực hiện lúc 20/11/2026 12:00." in html
    assert "Thiếu trang 2" in html


def test_the_list_one_came_from_goes_with_the_case() -> None:
    portal, browser = a_table()
    beside = {"case_id": str(DOSSIER), "step": "verify", "code": "H15"}
    portal.bus.answers["workflow.neighbours"] = {"previous": None, "next": beside}

    html = browser.get(f"{HERE}?due=overdue&step=review").text

    asked = next(given for name, given in portal.bus.questions if "neigh" in name)
    assert (asked["due"], asked["step"]) == ("overdue", "review")
    assert f'href="{HERE}?due=overdue&amp;step=verify"' in html
    assert 'href="/vi/staff/queue?due=overdue"' in html


def test_a_supplement_asks_for_several_things_at_once() -> None:
    asking = {"code": "s", "label": TEXT, "effect": "supplement"}
    portal, browser = a_table(steps=[STEP | {"outcomes": [asking]}])
    form = hidden(browser.get(HERE).text)
    ticked = {
        "item": ["document:TP01", "field:full_name"],
        "reason.document:TP01": "unreadable",
        "note.field:full_name": "Ghi đủ họ tên",
        "note": "Trước ngày hẹn",
    }

    browser.post(f"{HERE}/steps/review/supplement", data={**form, **ticked})

    [order] = portal.bus.orders
    paper, field = order.arguments["items"]
    assert (paper["kind"], paper["key"]) == ("document", "TP01")
    assert paper["reason"]["vi"] == "Mờ, không đọc được"
    assert field["reason"]["vi"] == "Ghi đủ họ tên"


def test_a_supplement_without_a_reason_is_not_asked_for() -> None:
    portal, browser = a_table()
    form = hidden(browser.get(HERE).text)

    answer = browser.post(
        f"{HERE}/steps/review/supplement", data={**form, "item": ["document:TP01"]}
    )

    assert answer.status_code == 422
    assert portal.bus.orders == []


OPEN_SINCE = {"unit": "so_xay_dung", "since": "2026-11-20T08:00:00+07:00"}
FIRST = {"by": "staff:hoa", "since": "2026-11-20T08:15:00+07:00"}


@pytest.mark.parametrize(
    ("code", "told", "shown"),
    [
        ("step-not-open", {"state": "done", "outcome": "ok", **FIRST}, "08:15"),
        ("step-claimed", {**FIRST, "assignee": "staff:hoa"}, "staff:hoa"),
        ("status-forbids", {"status": 8, **FIRST}, "staff:hoa"),
        ("status-forbids", {"status": 8}, 'role="alert"'),
        ("consultation-open", {**OPEN_SINCE, "deadline_at": None}, "08:00"),
        ("step-claimed", {"by": "staff:hoa", "since": None}, 'role="alert"'),
    ],
)
def test_a_refusal_as_workflow_tells_it_is_shown_and_what_was_entered_stays(
    code: str, told: dict[str, Any], shown: str
) -> None:
    portal, browser = a_table()
    portal.bus.answers["workflow.send_back"] = Refused(code, "No.", [told])
    form = hidden(browser.get(HERE).text)
    entered = {"step": "review", "note": "Xem lại trang 2"}

    answer = browser.post(f"{HERE}/commands/send_back", data={**form, **entered})

    assert answer.status_code == 422
    assert shown in answer.text
    assert "Xem lại trang 2" in answer.text
