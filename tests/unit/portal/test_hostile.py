"""What a hostile or clumsy asker sends is refused, and never a bug of ours."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from services.portal import answers
from services.portal.attempts import OF_ACCOUNT, OF_ADDRESS, Attempts
from services.portal.errors import TooManyAttemptsError
from services.portal.frame import METHODS
from services.portal.pages.own_cookies import inside
from tests.builders import an_officer
from tests.builders.portal import DOSSIER, Clock, a_citizen, a_key, a_portal

ANSWERS = f"/api/v1/dossiers/{DOSSIER}/answers"
DEEP = b'{"answers": {"a": ' + b"[" * 200 + b"]" * 200 + b"}}"
QUEUE: dict[str, Any] = {
    "items": [],
    "counts": {"open": 0, "mine": 0, "unassigned": 0},
    "next": None,
}


@pytest.mark.parametrize(
    "body",
    [
        b'{"answers": {"a": "\\u0000"}}',
        b'{"answers": {"a": "\\ud800"}}',
        b'{"answers": {"a": NaN}}',
        b'{"answers": {"a": 1e999}}',
        b'{"answers": ' + b"[" * 100_000,
        b'{"answers": {"a": ' + b"9" * 5000 + b"}}",
        b"\xff\xfe",
        DEEP,
    ],
    ids=lambda body: body[:30],
)
def test_a_body_that_nothing_can_store_reaches_no_service(body: bytes) -> None:
    portal = a_portal()

    answer = portal.program(a_citizen()).put(
        ANSWERS,
        content=body,
        headers={**a_key(), "Content-Type": "application/json"},
    )

    assert 400 <= answer.status_code < 500
    assert portal.bus.orders == []


def test_what_the_database_cannot_compare_is_the_askers_mistake() -> None:
    portal = a_portal()

    async def tracked(code: str) -> None:
        raise psycopg.DataError("text fields cannot contain NUL")

    portal.views.tracked = tracked  # type: ignore[method-assign]

    assert portal.browser().get("/vi/t/%00").status_code == 422


@pytest.mark.parametrize("seen", ["²", "-1", "9" * 400, "x", "%00"])
def test_a_queue_behind_a_place_that_is_none_is_shown_all_the_same(seen: str) -> None:
    portal = a_portal({"workflow.queue": QUEUE})
    officer = an_officer("reviewer")

    assert portal.person(officer).get(f"/vi/staff/queue?seen={seen}").is_success


@pytest.mark.parametrize("entered", ["²", "--1", "9" * 5000, "1-2", "nan?"])
def test_a_number_that_is_none_stays_what_was_entered(entered: str) -> None:
    assert answers.read("integer", entered) == entered


def test_methods_nobody_knows_are_counted_as_one() -> None:
    browser = a_portal().browser()

    for _ in range(3):
        browser.request(f"X{uuid4().hex}", "/live")

    known = {*METHODS, "other"}
    told = browser.get("/metrics").text.split('method="')[1:]
    assert {each.partition('"')[0] for each in told} <= known


def test_guesses_at_once_are_counted_before_any_is_answered() -> None:
    attempts = Attempts(Clock())

    def guess(number: int) -> bool:
        try:
            attempts.begin("lan", "1.2.3.4")
        except TooManyAttemptsError:
            return False
        return True

    with ThreadPoolExecutor(1) as pool:
        assert sum(pool.map(guess, range(50))) == OF_ACCOUNT


def test_who_signs_in_often_and_rightly_is_never_stopped() -> None:
    attempts = Attempts(Clock())

    for _ in range(2 * OF_ADDRESS):
        attempts.begin("lan", "1.2.3.4")
        attempts.succeeded("lan", "1.2.3.4")


@pytest.mark.parametrize(
    "next",
    [
        "https://evil.test",
        "//evil.test",
        "/\\evil.test",
        "/\t/evil.test",
        "/vi\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "vi/",
        "/ok\\..",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(next: str) -> None:
    assert inside(next) == ""


def test_a_dossier_gets_an_id_that_nothing_else_could_have() -> None:
    portal = a_portal({"intake.dossier": {"version": 1}})

    portal.program(a_citizen()).post(
        "/api/v1/dossiers", json={"procedure": "certified-copy"}, headers=a_key()
    )

    [order] = portal.bus.orders
    assert UUID(str(order.arguments["dossier_id"])).version == 4
