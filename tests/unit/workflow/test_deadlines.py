"""The limits of a step: its own deadline, and the end of silence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.workflow.domain import Case
from services.workflow.domain.limits import limits_of
from services.workflow.domain.route import Opening
from services.workflow.domain.state import Act
from shared.clock import LOCAL
from tests.builders.workflow import (
    DUE,
    LATER,
    REVIEW,
    a_case,
    a_definition,
    a_route,
    a_step,
)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=LOCAL)


def limits(now: datetime = LATER, **step: Any) -> dict[str, Any]:
    """Of a step that opens now, a Tuesday at nine."""
    legal = {"parts": step.pop("parts", [])}
    definition = a_definition({**REVIEW, **step})
    definition["legal_time"] |= legal
    route = a_route(definition)
    opening = Opening("review", route.steps["review"], "ubnd_xa")
    return limits_of(opening, Act(route, now))


@pytest.mark.parametrize(
    ("minutes", "deadline"),
    [
        (60, at(17, 10)),
        (150, at(17, 11, 30)),
        (151, at(17, 13, 1)),
        (480, at(18, 9)),
        (480 * 5, at(25, 9)),  # a weekend and Culture Day between
        (0, None),
    ],
)
def test_a_step_has_working_minutes_from_its_opening(
    minutes: int, deadline: datetime | None
) -> None:
    assert limits(duration_minutes=minutes)["deadline_at"] == deadline


def test_an_agency_has_the_part_of_the_time_that_the_law_gives_it() -> None:
    found = limits(parts=[{"agency": "ubnd_xa", "value": 2}])

    assert found["deadline_at"] == at(19, 17)


@pytest.mark.parametrize(
    ("value", "unit", "ends"),
    [
        (12, "day", at(30, 17)),  # the 29th is a Sunday
        (5, "working_day", at(25, 17)),
        (1, "working_day", at(18, 17)),
    ],
)
def test_silence_is_counted_from_the_opening_by_the_rules_of_its_unit(
    value: int, unit: str, ends: datetime
) -> None:
    timeout = {"value": value, "unit": unit, "effect": "consent"}

    assert limits(timeout=timeout)["timeout_at"] == ends


@pytest.mark.parametrize(
    ("value", "effect", "remind_at"),
    [
        (5, "consent", at(23, 7, 30)),
        (5, "remind_then_suspend", at(23, 7, 30)),
        (1, "consent", at(18, 1)),  # half-way is later than a working day before
        (5, "supplement", None),
        (5, "fail", None),
    ],
)
def test_whoever_is_consulted_is_reminded_a_working_day_before(
    value: int, effect: str, remind_at: datetime | None
) -> None:
    timeout = {"value": value, "unit": "working_day", "effect": effect}

    assert limits(timeout=timeout)["remind_at"] == remind_at


def test_a_step_without_timeout_waits_for_ever() -> None:
    found = limits()

    assert found["timeout_at"] is found["remind_at"] is found["timeout"] is None


def test_what_was_counted_stands_in_the_event_and_in_the_step() -> None:
    timeout = {"value": 5, "unit": "working_day", "effect": "consent"}
    asked = a_step("asked", "review", timeout=timeout, clock="excluded")
    handling = a_case(a_definition(REVIEW, asked))
    handling.finish("review")

    [opened] = [
        each
        for each in handling.case.collect_events()
        if isinstance(each, Case.StepOpened)
    ]
    silence = handling.case.steps["asked"].silence
    assert (opened.clock, opened.due_at) == ("excluded", DUE)
    assert opened.deadline_at == at(17, 10)
    assert silence is not None
    assert silence.until == opened.timeout_at == at(25, 17)
