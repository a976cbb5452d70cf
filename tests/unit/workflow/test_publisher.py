from __future__ import annotations

from typing import Any

import pytest
from eventsourcing.persistence import Tracking

from services.workflow.domain import Case, Procedure
from services.workflow.publisher import translate
from shared.contracts.base import Message
from shared.contracts.workflow import CaseTouched, DecisionApproved, StepFinished
from tests.builders.workflow import (
    DOSSIER,
    PAPER,
    UNIT,
    Handling,
    a_case,
    a_released_case,
    the_usual,
)

PLACE = Tracking("workflow", 7)


def told(handling: Handling) -> list[Message]:
    events = handling.case.collect_events()
    return [message for each in events for message in translate(each, PLACE)]


def types(handling: Handling) -> list[str]:
    return [message.type for message in told(handling)]


def test_every_event_of_a_case_becomes_one_message() -> None:
    handling = Handling(the_usual())
    handling.propose("review")
    handling.finish("review")
    handling.finish("sign")
    handling.finish("number")
    handling.seal()
    handling.hand_over()

    assert types(handling) == [
        "case.touched.v1",
        "step.finished.v1",
        "step.opened.v1",
        "case.touched.v1",
        "step.finished.v1",
        "step.opened.v1",
        "step.finished.v1",
        "case.touched.v1",
        "step.opened.v1",
        "step.finished.v1",
        "decision.approved.v1",
        "case.touched.v1",
        "step.opened.v1",
        "result.released.v1",
        "case.touched.v1",
    ]


def test_a_touched_case_says_by_what() -> None:
    handling = a_case()
    handling.claim("review")

    [message] = told(handling)

    assert isinstance(message, CaseTouched)
    assert message.topic == "workflow.case.step-assigned"
    assert (message.dossier_id, message.position) == (DOSSIER, 7)


def test_a_needless_step_ends_without_outcome() -> None:
    handling = a_case()
    handling.case.skip("later", "continue")

    [message] = told(handling)

    assert isinstance(message, StepFinished)
    assert message.outcome is None


def test_the_decision_tells_all_that_its_paper_says() -> None:
    handling = a_released_case()
    case: Any = handling.case
    case.is_requested = False
    case._request_decision(handling.act())

    [message] = told(handling)

    assert isinstance(message, DecisionApproved)
    assert message.outcome["code"] == "granted"
    assert (message.proposed_by, message.approved_by) == (
        "reviewer-1",
        "agency_leader-1",
    )
    assert message.unit == UNIT


def test_a_supplement_and_a_withdrawal_are_told_to_intake() -> None:
    handling = a_case()
    handling.ask("review", "CC01")
    handling.case.wish_withdrawal(act=handling.act())
    handling.decide_withdrawal(granted=True)

    assert types(handling) == [
        "case.supplement-asked.v1",
        "case.touched.v1",
        "withdrawal.decided.v1",
        "processing.stopped.v1",
    ]


def test_a_copied_procedure_is_nobody_elses_business() -> None:
    learned = Procedure(slug="small", version=1, definition={})

    [event] = learned.collect_events()

    assert list(translate(event, PLACE)) == []


@pytest.mark.parametrize("name", ["paper_id", "outcome_title"])
def test_a_released_result_names_its_paper(name: str) -> None:
    handling = a_released_case()
    released = Case.ResultReleased
    assert handling.case.paper is not None
    assert handling.case.paper.id == PAPER
    assert name in released.__dataclass_fields__
