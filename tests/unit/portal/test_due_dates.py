from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders.portal import APortal, a_portal

HERE = "/api/v1/due-date"
FRIDAY = "2026-11-20T10:00"
TIME = {"value": 2, "unit": "working_day", "cutoff": None, "due_time": "17:00"}


def asked(portal: APortal, **wanted: Any) -> dict[str, Any]:
    answer: dict[str, Any] = portal.browser().get(HERE, params=wanted).json()
    return answer


def test_everybody_may_ask_when_an_answer_is_due_and_reads_why() -> None:
    told = asked(a_portal(), received=FRIDAY, value=1, unit="working_day")

    assert told["due_at"] == "2026-11-23T17:00:00+07:00"
    assert told["explanation"][0]["code"] == "received"
    assert set(told["explanation"][0]["text"]) == {"vi", "en", "fr"}


def test_a_procedure_says_its_time_itself() -> None:
    portal = a_portal()
    portal.views.definitions["permit"] = {"definition": {"legal_time": TIME}}

    told = asked(portal, received="2026-11-23T10:00", procedure="permit")

    assert told["legal_time"] == {"value": 2, "unit": "working_day"}


def test_a_legal_notice_in_force_counts() -> None:
    portal = a_portal()
    portal.views.calendar = [
        {
            "date": date(2026, 11, 23),
            "kind": "off",
            "scope": "national",
            "scope_id": None,
            "legal_notice": "Công điện 12",
        }
    ]

    told = asked(portal, received=FRIDAY, value=1, unit="working_day")

    assert told["due_at"] > "2026-11-24"
    assert "Công điện 12" in str(told["explanation"])


def test_while_the_clock_stands_nobody_knows_the_date() -> None:
    stood = {"pause": "2026-11-20T11:00/-"}

    told = asked(a_portal(), received=FRIDAY, value=3, unit="working_day", **stood)

    assert told["due_at"] is None


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"received": FRIDAY}, "legal-time-missing"),
        ({"received": FRIDAY, "procedure": "none"}, "procedure-not-found"),
        (
            {"received": FRIDAY, "value": 1, "unit": "day", "office": "moon"},
            "unit-unknown",
        ),
        ({"received": "yesterday", "value": 1, "unit": "day"}, "invalid"),
        ({"received": "9999-12-31", "value": 9, "unit": "day"}, "invalid"),
        ({"received": FRIDAY, "value": 1, "unit": "day", "cutoff": "9"}, "invalid"),
        (
            {"received": FRIDAY, "value": 1, "unit": "day", "pause": "x/y"},
            "invalid",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused(wanted: dict[str, Any], code: str) -> None:
    assert asked(a_portal(), **wanted)["code"] == code
