"""Silence: whoever has to act is reminded, then the law says what follows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.workflow.domain import Case
from services.workflow.domain.consultation import Question
from services.workflow.errors import AlreadyRefusedError, NothingProposedError
from shared.clock import LOCAL
from tests.builders import an_officer, events
from tests.builders.workflow import (
    DUE,
    LATER,
    REVIEW,
    SIGN,
    Handling,
    a_case,
    a_definition,
    a_step,
    the_catalogue,
)

LIMIT = datetime(2026, 11, 30, 17, 0, tzinfo=LOCAL)  # twelve days after the 17th
REMINDER = datetime(2026, 11, 27, 7, 30, tzinfo=LOCAL)
DUE_THEN = datetime(2026, 12, 3, 17, 0, tzinfo=LOCAL)
MINUTE = timedelta(minutes=1)


def a_case_that_asks(effect: str, **more: Any) -> Handling:
    """Reviewed on the 17th; an agency is asked and the clock stands."""
    timeout = {"value": 12, "unit": "day", "effect": effect}
    fixed = {"clock": "excluded", "timeout": timeout, "agency": "so_xay_dung"}
    asked = a_step("asked", "review", **{**fixed, **more})
    handling = a_case(a_definition(REVIEW, asked, a_step("draft", "asked")))
    handling.finish("review")
    handling.case.collect_events()
    return handling


def ring(handling: Handling, now: datetime) -> list[str]:
    """What happens by then."""
    handling.case.ring(handling.act(now=now))
    return events(handling.case)


@pytest.mark.parametrize("effect", ["consent", "accept"])
def test_silence_ends_the_step_and_the_case_goes_on(effect: str) -> None:
    handling = a_case_that_asks(effect)
    ring(handling, LIMIT - MINUTE)

    happened = ring(handling, LIMIT)

    assert happened == ["StepTimedOut", "StepOpened", "ClockStarted", "DueDateMoved"]
    assert handling.state("asked") == "done"
    assert handling.case.steps["asked"].outcome == "ok"
    assert handling.open == ["draft"]
    assert handling.case.due_at == DUE_THEN


def test_the_event_says_that_silence_decided() -> None:
    handling = a_case_that_asks("consent")
    handling.case.ring(handling.act(now=LIMIT))

    [decided] = [
        each
        for each in handling.case.collect_events()
        if isinstance(each, Case.StepTimedOut)
    ]
    assert (decided.silence, decided.outcome) == ("consent", "ok")
    assert decided.timed_out_at == LIMIT


def test_a_late_bell_counts_from_the_moment_it_should_have_rung() -> None:
    handling = a_case_that_asks("consent")

    ring(handling, LIMIT + timedelta(days=3))

    assert handling.case.steps["draft"].opened_at == LIMIT
    assert handling.case.due_at == DUE_THEN


def test_one_is_reminded_once_before_the_limit() -> None:
    handling = a_case_that_asks("consent")

    assert ring(handling, REMINDER - MINUTE) == []
    assert ring(handling, REMINDER) == ["StepReminded"]
    assert ring(handling, REMINDER + MINUTE) == []


def test_a_supplement_is_drafted_once_and_waits_for_an_officer() -> None:
    handling = a_case_that_asks("supplement")

    assert ring(handling, LIMIT - MINUTE) == []
    assert ring(handling, LIMIT) == ["SupplementDrafted"]
    assert ring(handling, LIMIT + MINUTE) == []
    assert handling.state("asked") == "open"
    assert handling.case.status == 4

    handling.ask("asked", "CC01", now=LIMIT + MINUTE)
    assert handling.case.status == 5


def test_reminded_at_the_limit_the_leader_may_suspend() -> None:
    handling = a_case_that_asks("remind_then_suspend")

    assert ring(handling, REMINDER) == ["StepReminded"]
    assert ring(handling, LIMIT) == ["StepReminded"]
    assert ring(handling, LIMIT + timedelta(days=30)) == []
    assert handling.state("asked") == "open"


def test_failing_by_silence_refuses_and_somebody_has_to_say_why() -> None:
    handling = a_case_that_asks("fail")

    happened = ring(handling, LIMIT)

    assert happened[0] == "StepTimedOut"
    assert handling.case.is_refused
    assert handling.case.steps["asked"].outcome == "fail"
    assert handling.open == ["approval"]
    with pytest.raises(NothingProposedError):
        handling.finish("approval")


def test_who_answered_in_time_hears_no_bell() -> None:
    handling = a_case_that_asks("consent")
    handling.finish("asked")
    handling.case.collect_events()

    happened = ring(handling, LIMIT)

    assert "StepTimedOut" not in happened


def test_a_withdrawn_case_hears_no_bell() -> None:
    handling = a_case_that_asks("consent")
    handling.case.wish_withdrawal(act=handling.act())
    handling.decide_withdrawal(granted=True)
    handling.case.collect_events()

    assert ring(handling, LIMIT) == []
    assert handling.case.next_alarm(handling.act(now=LIMIT)) is None


def test_the_next_alarm_is_the_first_thing_to_come() -> None:
    handling = a_case_that_asks("consent")

    def next_alarm(now: datetime) -> datetime | None:
        ring(handling, now)
        return handling.case.next_alarm(handling.act(now=now))

    assert next_alarm(LATER) == REMINDER  # no date comes nearer while the clock stands
    assert next_alarm(REMINDER) == LIMIT
    soon = next_alarm(LIMIT)
    assert soon is not None
    assert soon < handling.case.due_at


def test_signing_by_silence_needs_a_person() -> None:
    timeout = {"value": 1, "unit": "working_day", "effect": "fail"}
    sign = {**SIGN, "timeout": timeout}
    handling = a_case(a_definition(REVIEW, sign))
    handling.finish("review")

    ring(handling, DUE + timedelta(days=9))

    assert handling.case.approval is None


def test_a_building_permit_goes_on_when_the_fire_police_is_silent() -> None:
    """Twelve calendar days of silence are consent (building permits)."""
    [permit] = [each for each in the_catalogue() if "permit" in each["slug"]]
    answers = {"consultations": ["fire"], "building_kind": "house"}
    handling = a_case(permit, answers)
    handling.finish("review_site", "consult")
    handling.case.collect_events()
    assert handling.open == ["consult_fire"]
    assert handling.case.holds.keys() == {"excluded"}

    happened = ring(handling, LIMIT)

    assert happened[0] == "StepReminded"
    assert "StepTimedOut" in happened
    assert handling.open == ["draft"]
    assert not handling.case.clock_stands
    assert "OverdueReached" not in happened


def test_who_is_consulted_in_a_dialogue_consents_by_silence_too() -> None:
    handling = a_case()
    question = Question(("so_xay_dung",), "Có ý kiến gì?", 2, "working_day")
    act = handling.act(handling.officer("review"))
    handling.case.consult("review", question, act=act)
    handling.case.collect_events()

    happened = ring(handling, LIMIT)

    assert happened.count("StepReminded") == 1
    assert "StepTimedOut" in happened
    assert handling.open == ["review"]


def test_a_suspended_case_hears_no_bell_and_silence_has_its_full_time() -> None:
    handling = a_case_that_asks("consent")
    leader = an_officer("agency_leader", subject="leader-1")
    suspended = LATER + timedelta(days=2)
    handling.case.suspend("Chờ toà án", "Điều 12", act=handling.act(leader, suspended))
    handling.case.collect_events()

    assert ring(handling, LIMIT) == []
    resumed = LIMIT + timedelta(days=2)
    handling.case.resume("", act=handling.act(leader, resumed))
    handling.case.collect_events()
    assert "StepTimedOut" not in ring(handling, resumed)
    assert handling.case.next_alarm(handling.act(now=resumed)) is not None
    assert "StepTimedOut" in ring(handling, resumed + timedelta(days=12))


def test_what_silence_refused_is_not_granted_by_an_older_proposal() -> None:
    timeout = {"value": 12, "unit": "day", "effect": "fail"}
    asked = a_step("asked", "review", clock="excluded", timeout=timeout)
    sign = {**SIGN, "depends_on": ["asked"]}
    handling = a_case(a_definition(REVIEW, asked, sign))
    handling.propose("review")
    handling.finish("review")
    ring(handling, LIMIT)

    with pytest.raises(AlreadyRefusedError):
        handling.finish("sign")
    handling.propose("sign", "refused", by=an_officer("reviewer", subject="officer-9"))
    handling.finish("sign")

    assert handling.case.approval


def test_no_silence_undoes_what_is_decided() -> None:
    timeout = {"value": 12, "unit": "day", "effect": "fail"}
    publish = a_step("publish", "sign", clock="excluded", timeout=timeout)
    handling = a_case(a_definition(REVIEW, SIGN, publish))
    handling.propose("review")
    handling.finish("review")
    handling.finish("sign")

    ring(handling, LIMIT)

    assert handling.case.steps["publish"].effect == "continue"
    assert not handling.case.is_refused
