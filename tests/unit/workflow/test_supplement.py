from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from services.workflow.errors import (
    ItemsMissingError,
    ItemUnknownError,
    LegalBasisMissingError,
    OutcomeUnknownError,
    StepNotOpenError,
    SupplementLimitError,
    SupplementOpenError,
)
from shared.clock import LOCAL
from shared.contracts.words import whole
from shared.errors import NotAllowedError
from tests.builders import an_officer, events
from tests.builders.workflow import (
    DUE,
    REVIEW,
    TEXTS,
    Handling,
    a_case,
    a_definition,
    a_step,
)

ASKED = datetime(2026, 11, 17, 17, 0, tzinfo=LOCAL)  # one of three days is used
ANSWERED = datetime(2026, 11, 19, 17, 0, tzinfo=LOCAL)
MOVED = datetime(2026, 11, 23, 17, 0, tzinfo=LOCAL)

OTHER = a_step("other", "receive", outcomes=["ok", "supplement"])


def a_case_that_asks(**supplement: Any) -> Handling:
    rules = {"max_requests_per_stage": 2, "clock_effect": "pause", **supplement}
    return a_case(a_definition(REVIEW, OTHER, supplement=rules))


def test_the_step_waits_while_the_applicant_is_asked() -> None:
    handling = a_case_that_asks()

    handling.ask("review", "CC01")

    assert handling.case.status == 5
    assert handling.open == ["other"]
    assert events(handling.case) == ["SupplementAsked"]


def test_each_item_says_what_and_why() -> None:
    handling = a_case_that_asks()
    act = handling.act(handling.officer("review"))
    wanted: list[dict[str, Any]] = [
        {"kind": "document", "key": "CC01", "reason": TEXTS, "note": "Trang 2"},
        {"kind": "document", "key": "CC01"},
    ]

    handling.case.ask("review", wanted, note="Mờ", act=act)

    [asked] = handling.case.collect_events()
    assert isinstance(asked, handling.case.SupplementAsked)
    own, common = whole(asked.items, asked.words)
    assert all(each.keys() == {"kind", "key"} for each in asked.items)
    assert (own["reason"], own["note"]) == (TEXTS, "Trang 2")
    assert common["reason"] == {"vi": "Mờ", "en": "Mờ", "fr": "Mờ"}
    assert common["note"] == "Mờ"


def test_a_supplement_names_what_is_missing() -> None:
    handling = a_case_that_asks()

    with pytest.raises(ItemsMissingError):
        handling.ask("review")

    assert events(handling.case) == []


def test_nothing_is_asked_that_the_procedure_does_not_know() -> None:
    handling = a_case_that_asks()

    with pytest.raises(ItemUnknownError) as refusal:
        handling.ask("review", "CC01", "CC99")

    assert [each["key"] for each in refusal.value.details] == ["CC99"]
    assert events(handling.case) == []


def test_only_a_step_that_may_ask_asks() -> None:
    handling = a_case(a_definition(a_step("verify", "receive")))

    with pytest.raises(OutcomeUnknownError):
        handling.ask("verify", "CC01")


def test_a_stranger_asks_nothing() -> None:
    handling = a_case_that_asks()
    stranger = handling.act(an_officer("reviewer", agency="so_tai_chinh"))

    with pytest.raises(NotAllowedError):
        handling.case.ask("review", [], note="", act=stranger)


def test_one_question_at_a_time() -> None:
    handling = a_case_that_asks()
    handling.ask("review", "CC01")

    with pytest.raises(SupplementOpenError):
        handling.ask("other", "CC01")
    with pytest.raises(StepNotOpenError):
        handling.ask("review", "CC01")


def test_no_more_is_asked_than_the_procedure_allows() -> None:
    handling = a_case_that_asks(max_requests_per_stage=1)
    handling.ask("review", "CC01")
    handling.answer(ANSWERED)

    with pytest.raises(SupplementLimitError):
        handling.ask("other", "CC01")


def test_the_answer_opens_the_step_again_with_the_time_that_was_left() -> None:
    handling = a_case_that_asks()
    handling.ask("review", "CC01", now=ASKED)
    handling.case.collect_events()

    handling.answer(ANSWERED, '{"a": 1}')

    assert handling.open == ["review", "other"]
    assert handling.case.status == 4
    assert handling.case.due_at == MOVED
    assert events(handling.case) == ["SupplementAnswered", "DueDateMoved"]


def test_the_move_of_the_due_date_says_from_where_and_why() -> None:
    handling = a_case_that_asks()
    handling.ask("review", "CC01", now=ASKED)
    handling.answer(ANSWERED)

    moved = handling.case.collect_events()[-1]

    assert isinstance(moved, handling.case.DueDateMoved)
    assert (moved.old_due_at, moved.new_due_at) == (DUE, MOVED)
    assert moved.reason == "supplement"


def test_minutes_are_counted_over_all_stops() -> None:
    handling = a_case_that_asks()
    handling.ask("review", "CC01", now=ASKED)
    handling.answer(ANSWERED)
    again = datetime(2026, 11, 20, 17, 0, tzinfo=LOCAL)  # two of three days are used
    handling.ask("review", "CC01", now=again)

    handling.answer(datetime(2026, 11, 26, 17, 0, tzinfo=LOCAL))

    assert handling.case.due_at == datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL)


def test_where_the_procedure_says_so_the_time_starts_anew() -> None:
    handling = a_case_that_asks(clock_effect="restart")
    handling.ask("review", "CC01", now=ASKED)

    handling.answer(datetime(2026, 11, 20, 9, 0, tzinfo=LOCAL))

    assert handling.case.due_at == datetime(2026, 11, 26, 17, 0, tzinfo=LOCAL)


@pytest.mark.parametrize("effect", ["pause", "restart"])
def test_late_stays_late(effect: str) -> None:
    handling = a_case_that_asks(clock_effect=effect)
    handling.ask("review", "CC01", now=datetime(2026, 11, 25, 9, 0, tzinfo=LOCAL))
    handling.case.collect_events()

    handling.answer(datetime(2026, 11, 30, 9, 0, tzinfo=LOCAL))

    assert handling.case.due_at == DUE
    assert events(handling.case) == ["SupplementAnswered"]


def test_an_answer_nobody_asked_for_changes_nothing() -> None:
    handling = a_case_that_asks()

    handling.answer(ANSWERED)

    assert events(handling.case) == []


def test_nothing_is_refused_while_the_applicant_is_asked() -> None:
    other = {**OTHER, "outcomes": ["ok", "refuse"]}
    handling = a_case(a_definition(REVIEW, other))
    handling.ask("review", "CC01", now=ASKED)
    handling.case.collect_events()

    with pytest.raises(SupplementOpenError) as refusal:
        handling.finish("other", "refuse", note="Không đủ")

    assert refusal.value.details == [{"by": "citizen-1", "since": ASKED.isoformat()}]
    assert events(handling.case) == []


LEADER = an_officer("agency_leader", subject="leader-1")


def test_a_leader_allows_one_request_more_on_a_legal_basis() -> None:
    handling = a_case_that_asks(max_requests_per_stage=1)
    handling.ask("review", "CC01")
    handling.answer(ANSWERED)
    handling.case.collect_events()

    handling.case.allow_supplement("Điều 9", act=handling.act(LEADER))
    handling.ask("review", "CC01", now=ANSWERED)
    handling.answer(ANSWERED)

    assert events(handling.case)[:2] == ["SupplementAllowed", "SupplementAsked"]
    with pytest.raises(SupplementLimitError):
        handling.ask("review", "CC01")


def test_whom_the_procedure_names_allows_it_and_says_by_which_law() -> None:
    handling = a_case_that_asks(override_role="unit_leader")
    unit_leader = handling.act(an_officer("unit_leader"))

    with pytest.raises(NotAllowedError):
        handling.case.allow_supplement("Điều 9", act=handling.act(LEADER))
    with pytest.raises(LegalBasisMissingError):
        handling.case.allow_supplement(" ", act=unit_leader)
    handling.case.allow_supplement("Điều 9", act=unit_leader)

    assert events(handling.case) == ["SupplementAllowed"]


def test_an_officer_asks_for_what_the_silence_of_somebody_made_necessary() -> None:
    timeout = {"value": 1, "unit": "working_day", "effect": "supplement"}
    consent = a_step("consent", "receive", role="third_party", timeout=timeout)
    handling = a_case(a_definition(consent))
    with pytest.raises(OutcomeUnknownError):
        handling.ask("consent", "CC01")
    handling.case.draft_supplement("consent", act=handling.act())

    handling.ask("consent", "CC01")

    assert handling.case.status == 5
    assert handling.case.draft is None


def test_an_answer_opens_what_waited_for_it() -> None:
    rest = a_step("rest", "other", role="third_party", clock="paused", status=8)
    handling = a_case(a_definition(REVIEW, OTHER, rest))
    handling.ask("review", "CC01")
    handling.finish("other")
    assert handling.open == []

    handling.answer(ANSWERED)

    assert handling.open == ["review", "rest"]
    assert handling.case.status == 8
