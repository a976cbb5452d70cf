"""Each address of a case, the queue and the law, and what its service is ordered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from shared.errors import Refused
from tests.builders import an_officer
from tests.builders.portal import DOSSIER, a_key, a_portal

CASE = f"/api/v1/cases/{DOSSIER}"
STEP = f"{CASE}/steps/review"
REST = {"reason": "Chờ bản án", "legal_basis": "Điều 9"}
NAME = {"vi": "Lệ phí", "en": "Fee", "fr": "Frais"}
CONSULTATION = {"units": ["stc"], "question": "?", "value": 3, "unit": "working_day"}
PAYMENT = {"step": "review", "amount": 5, "name": NAME, "legal_basis": "Điều 5"}
EXTENSION = {"value": 2, "unit": "day", "reason": "Mưa lũ"}

ORDERS: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    (f"{STEP}/sending-back", {"note": "Sai"}, "send_back", {"step": "review"}),
    (f"{CASE}/recall", {"step": "review"}, "recall", {}),
    (f"{CASE}/suspension", REST, "suspend", {}),
    (f"{CASE}/resumption", {}, "resume", {"note": ""}),
    (f"{CASE}/stop", REST, "stop", {}),
    (f"{CASE}/withdrawal-decision", {"granted": True}, "decide_withdrawal", {}),
    (f"{STEP}/consultations", CONSULTATION, "consult", {"step": "review"}),
    (f"{STEP}/cancellation", {"reason": "Thôi"}, "cancel_consultation", {}),
    (f"{STEP}/opinions", {"text": "Đồng ý"}, "give_opinion", {"step": "review"}),
    (f"{CASE}/payment-request", PAYMENT, "ask_payment", {}),
    (f"{CASE}/supplement-leave", {"legal_basis": "Đ"}, "allow_supplement", {}),
    (f"{CASE}/result-withdrawal", REST, "withdraw_result", {}),
    (f"{CASE}/extension", EXTENSION, "propose_extension", {}),
    (f"{CASE}/extension-approval", {}, "approve_extension", {}),
    (f"{CASE}/extension-rejection", {"reason": "Không"}, "reject_extension", {}),
]


@pytest.mark.parametrize(("path", "body", "method", "more"), ORDERS)
def test_an_order_about_a_case_reaches_workflow_as_it_was_given(
    path: str, body: dict[str, Any], method: str, more: dict[str, Any]
) -> None:
    portal, key = a_portal(), a_key()

    answer = portal.program(an_officer("reviewer")).post(path, json=body, headers=key)

    [order] = portal.bus.orders
    assert answer.status_code == 200
    assert order.method == f"workflow.{method}"
    assert order.key == UUID(key["Idempotency-Key"])
    expected = {"case_id": DOSSIER, **body, **more}
    assert expected.items() <= order.arguments.items()


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (f"{CASE}/suspension", {"reason": "Chờ bản án"}),
        (f"{CASE}/suspension", REST | {"reason": ""}),
        (f"{CASE}/suspension", REST | {"reason": "x" * 1001}),
        (f"{STEP}/consultations", CONSULTATION | {"units": []}),
        (f"{STEP}/consultations", CONSULTATION | {"value": 0}),
        (f"{STEP}/consultations", CONSULTATION | {"unit": "fortnight"}),
        (f"{CASE}/payment-request", PAYMENT | {"amount": 0}),
        (f"{CASE}/payment-request", PAYMENT | {"name": {"vi": "Lệ phí"}}),
        (f"{CASE}/extension", EXTENSION | {"value": 1000}),
        (f"{CASE}/recall", {"step": "review", "surprise": 1}),
    ],
)
def test_an_order_that_cannot_be_meant_is_refused_here(
    path: str, body: dict[str, Any]
) -> None:
    portal = a_portal()

    answer = portal.program(an_officer("reviewer")).post(
        path, json=body, headers=a_key()
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["errors"][0]["message"]
    assert portal.bus.orders == []


def test_an_officer_is_named_by_their_user_name_or_subject() -> None:
    portal = a_portal()
    program = portal.program(an_officer("unit_leader"))
    away = {"since": "2026-12-01", "until": "2026-12-05", "deputy": "staff:hoa"}

    program.post(f"{STEP}/co-handlers", json={"officer": "lan"}, headers=a_key())
    program.post("/api/v1/absences", json=away | {"officer": "lan"}, headers=a_key())

    one, other = portal.bus.orders
    assert one.arguments["officer"] == "staff:lan"
    assert (other.arguments["officer"], other.arguments["deputy"]) == (
        "staff:lan",
        "staff:hoa",
    )


def test_the_filters_of_the_queue_reach_workflow() -> None:
    portal = a_portal({"workflow.queue": {"items": [], "next": None, "counts": {}}})
    chosen = "due=overdue&q=giay+phep&applicant=001099012345&procedure=permit&status=4"

    answer = portal.program(an_officer("reviewer")).get(f"/api/v1/queue?{chosen}")

    [(method, asked)] = portal.bus.questions
    assert (answer.status_code, method) == (200, "workflow.queue")
    assert (asked["due"], asked["q"], asked["status"]) == ("overdue", "giay phep", 4)
    assert asked["applicant"].startswith("citizen:")
    assert asked["procedure"] == "permit"


def test_many_steps_are_taken_at_once_and_each_says_what_became_of_it() -> None:
    told = [{"case_id": str(DOSSIER), "step": "review", "ok": True}]
    portal = a_portal({"workflow.bulk": told})
    items = [{"case_id": str(DOSSIER), "step": "review"}]
    program = portal.program(an_officer("reviewer"))

    answer = program.post(
        "/api/v1/queue/bulk", json={"action": "claim", "items": items}, headers=a_key()
    )
    too_many = program.post(
        "/api/v1/queue/bulk",
        json={"action": "claim", "items": items * 501},
        headers=a_key(),
    )

    assert answer.json() == {"items": told}
    assert too_many.status_code == 422
    assert len(portal.bus.orders) == 1


def test_a_notice_and_a_decree_have_an_id_that_follows_from_their_key() -> None:
    portal, key = a_portal(), a_key()
    program = portal.program(an_officer("manager"))
    notice = {"date": "2026-12-31", "kind": "off", "legal_notice": "CĐ 12"}

    answers = [
        program.post("/api/v1/calendar-notices", json=notice, headers=key)
        for _ in range(2)
    ]

    assert [each.status_code for each in answers] == [201, 201]
    ids = {str(order.arguments["notice_id"]) for order in portal.bus.orders}
    assert ids == {answers[0].json()["id"]}


def test_a_decree_says_whom_it_concerns() -> None:
    portal = a_portal()
    decree = {"selection": {"units": ["stc"]}, "effect": "freeze", "legal_basis": "NQ"}

    answer = portal.program(an_officer("manager")).post(
        "/api/v1/decrees", json=decree, headers=a_key()
    )

    [order] = portal.bus.orders
    assert answer.status_code == 201
    assert order.arguments["selection"]["units"] == ["stc"]


def test_who_came_second_is_told_who_was_first_and_when() -> None:
    first = [{"by": "staff:hoa", "at": "2026-11-20T05:00:00+00:00"}]
    refused = Refused("step-claimed", "Taken.", first)
    portal = a_portal({"workflow.claim_step": refused})

    answer = portal.program(an_officer("reviewer")).post(
        f"{STEP}/claim", headers=a_key()
    )

    assert answer.json()["errors"] == first
