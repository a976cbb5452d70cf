from __future__ import annotations

from datetime import timedelta

import pytest

from services.workflow.domain.account import account
from services.workflow.domain.consultation import Question
from services.workflow.errors import (
    ConsultationOpenError,
    LimitInvalidError,
    OpinionMissingError,
    QuestionMissingError,
    StepNotOpenError,
    UnitUnknownError,
)
from shared.errors import DomainError, NotAllowedError
from tests.builders import an_officer, events
from tests.builders.workflow import LATER, Handling, a_case

QUESTION = Question(("so_xay_dung", "ca_xa"), "Có phù hợp quy hoạch?", 5, "working_day")
LATE = LATER + timedelta(days=20)


def consult(handling: Handling, question: Question = QUESTION) -> None:
    act = handling.act(handling.officer("review"))
    handling.case.consult("review", question, act=act)


def test_each_unit_that_is_asked_has_a_step_and_a_deadline_of_its_own() -> None:
    handling = a_case()

    consult(handling)

    steps = handling.case.steps
    assert handling.open == ["review", "consultation:1", "consultation:2"]
    assert steps["consultation:1"].unit == "so_xay_dung"
    assert steps["consultation:1"].deadline_at
    assert handling.case.status == 4
    assert events(handling.case) == ["ConsultationAsked", "StepOpened"] * 2


@pytest.mark.parametrize(
    ("question", "error"),
    [
        (Question((), "?", 5, "day"), UnitUnknownError),
        (Question(("moon",), "?", 5, "day"), UnitUnknownError),
        (Question(("ubnd_xa",), "?", 5, "day"), UnitUnknownError),
        (Question(("ca_xa",), " ", 5, "day"), QuestionMissingError),
        (Question(("ca_xa",), "?", 0, "day"), LimitInvalidError),
        (Question(("ca_xa",), "?", 5, "same_day"), LimitInvalidError),
    ],
)
def test_a_question_names_units_a_matter_and_a_limit(
    question: Question, error: type[DomainError]
) -> None:
    handling = a_case()

    with pytest.raises(error):
        consult(handling, question)

    assert events(handling.case) == []


def test_the_step_waits_for_those_who_still_have_time_and_says_for_whom() -> None:
    handling = a_case()
    consult(handling)
    handling.finish("consultation:2", note="Đồng ý")
    handling.case.collect_events()

    with pytest.raises(ConsultationOpenError) as refusal:
        handling.finish("review")

    [awaited] = refusal.value.details
    assert awaited["unit"] == "so_xay_dung"
    assert awaited["since"] == LATER.isoformat()
    assert awaited["deadline_at"] > LATER.isoformat()
    assert events(handling.case) == []


def test_when_all_have_answered_the_step_goes_on() -> None:
    handling = a_case()
    consult(handling)
    for key in ("consultation:1", "consultation:2"):
        handling.finish(key, note="Phù hợp")

    handling.finish("review")

    assert handling.open == ["sign"]
    assert handling.case.last_unit == "ubnd_xa"


def test_an_opinion_says_something() -> None:
    handling = a_case()
    consult(handling)

    with pytest.raises(OpinionMissingError):
        handling.finish("consultation:1")


def test_only_the_unit_that_was_asked_answers() -> None:
    handling = a_case()
    consult(handling)

    with pytest.raises(NotAllowedError):
        handling.finish("consultation:1", note="?", by=an_officer("reviewer"))


def test_who_is_silent_until_the_deadline_is_passed_over() -> None:
    handling = a_case()
    consult(handling)

    handling.case.ring(handling.act(now=LATE))

    assert handling.state("consultation:1") == "done"
    assert handling.case.steps["consultation:1"].finished_by == "system"
    handling.finish("review")
    assert handling.open == ["sign"]


def test_what_nobody_wants_to_know_any_more_is_cancelled() -> None:
    handling = a_case()
    consult(handling)
    act = handling.act(handling.officer("review"))
    handling.case.collect_events()

    handling.case.cancel_consultation("consultation:1", reason="Đã rõ", act=act)

    assert handling.state("consultation:1") == "stopped"
    assert events(handling.case) == ["StepSkipped", "ConsultationCancelled"]
    with pytest.raises(StepNotOpenError):
        handling.case.cancel_consultation("consultation:1", reason="", act=act)


def test_only_where_it_was_asked_it_is_cancelled() -> None:
    handling = a_case()
    consult(handling)
    stranger = handling.act(handling.officer("consultation:1"))

    with pytest.raises(NotAllowedError):
        handling.case.cancel_consultation("consultation:1", reason="", act=stranger)


def test_a_consultation_goes_with_the_step_it_was_asked_at() -> None:
    handling = a_case()
    consult(handling)
    act = handling.act(handling.officer("review"))

    handling.case.send_back("review", note="Thiếu bản vẽ", act=act)

    assert handling.open == ["receive"]
    handling.finish("receive", by=handling.officer("receive", "front-desk-1"))
    assert handling.open == ["review"]


def test_a_colleague_whom_the_leader_added_gives_an_opinion() -> None:
    handling = a_case()
    leader = handling.act(an_officer("unit_leader"))
    handling.case.add_co_handler("review", "officer-9", act=leader)

    colleague = handling.act(an_officer("clerk", subject="officer-9"))
    handling.case.give_opinion("review", "Nên khảo sát", act=colleague)

    assert [each.by for each in handling.case.opinions] == ["officer-9"]
    assert events(handling.case) == ["CoHandlerAdded", "OpinionGiven"]


def test_who_was_not_added_gives_none() -> None:
    handling = a_case()
    officer = handling.act(an_officer("reviewer"))

    with pytest.raises(NotAllowedError):
        handling.case.give_opinion("review", "?", act=officer)
    with pytest.raises(NotAllowedError):
        handling.case.add_co_handler("review", "officer-9", act=officer)


def test_whom_the_case_waits_for_is_told_with_since_when_and_until_when() -> None:
    handling = a_case()
    consult(handling)

    told = account(handling.case, handling.act(handling.officer("review")))

    waiting = {each["step"]: each for each in told["waiting_for"]}
    assert waiting.keys() == {"review", "consultation:1", "consultation:2"}
    first = waiting["consultation:1"]
    assert (first["unit"], first["role"]) == ("so_xay_dung", "reviewer")
    assert first["since"] == LATER.isoformat()
    assert first["deadline_at"] == told["consultations"][0]["deadline_at"]
    assert told["consultations"][0]["question"] == QUESTION.text
