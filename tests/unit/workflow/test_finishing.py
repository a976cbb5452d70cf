from __future__ import annotations

from typing import Any

import pytest

from services.workflow.errors import (
    AlreadyDecidedError,
    FactsInvalidError,
    FeesUnpaidError,
    HandOverNeededError,
    ItemsMissingError,
    OutcomeUnknownError,
    ReasonMissingError,
    ResultNotSignedError,
    StepClaimedError,
    StepNotOpenError,
)
from shared.errors import DomainError, NotAllowedError
from shared.personal import Erased
from tests.builders import an_officer, events
from tests.builders.workflow import (
    NUMBER,
    REVIEW,
    SIGN,
    TEXTS,
    Handling,
    a_case,
    a_definition,
    a_proposed_case,
    a_released_case,
    a_step,
    the_usual,
)


def test_accepting_a_dossier_was_its_first_step() -> None:
    handling = Handling(the_usual())

    assert handling.open == ["review"]
    assert handling.case.status == 4
    assert events(handling.case) == ["Opened", "StepFinished", "StepOpened"]
    assert handling.case.steps["receive"].finished_by == "front-desk-1"


def test_a_first_step_of_another_role_waits_for_it() -> None:
    definition = a_definition()
    definition["steps"][0]["role"] = "clerk"

    handling = Handling(definition)

    assert handling.open == ["receive"]
    assert handling.case.status == 4


def test_the_next_step_opens_when_one_is_finished() -> None:
    handling = a_case()

    handling.finish("review", note="Đủ.")

    assert handling.open == ["sign"]
    assert events(handling.case) == ["StepFinished", "StepOpened"]


def test_a_step_ends_once() -> None:
    handling = a_case()
    by = handling.officer("review")
    handling.finish("review")
    handling.case.collect_events()

    with pytest.raises(StepNotOpenError):
        handling.finish("review", by=by)

    assert events(handling.case) == []


def refused(definition: Any, step: str, outcome: str = "ok", **more: Any) -> list[str]:
    """What happened although it was refused."""
    handling = a_case(definition)
    handling.finish(step, outcome, **more)
    return events(handling.case)


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        ("no-such-outcome", OutcomeUnknownError),
        ("match", OutcomeUnknownError),
        ("supplement", ItemsMissingError),
        ("refuse", ReasonMissingError),
    ],
)
def test_an_outcome_must_fit_the_step(outcome: str, reason: type[DomainError]) -> None:
    handling = a_case()

    with pytest.raises(reason):
        handling.finish("review", outcome)

    assert events(handling.case) == []


def test_nobody_finishes_what_a_colleague_has_taken() -> None:
    handling = a_case()
    handling.claim("review", an_officer("reviewer", subject="officer-8"))

    with pytest.raises(StepClaimedError):
        handling.finish("review")


def test_a_stranger_finishes_nothing() -> None:
    handling = a_case()

    with pytest.raises(NotAllowedError):
        handling.finish("review", by=an_officer("reviewer", agency="so_tai_chinh"))

    assert events(handling.case) == []


def test_a_step_waits_for_the_fees() -> None:
    step = a_step("check", "receive", requires=["fees_settled"])
    handling = a_case(a_definition(step))

    with pytest.raises(FeesUnpaidError):
        handling.finish("check")
    handling.case.settle_fees(act=handling.act())
    handling.finish("check")

    assert handling.state("check") == "done"


def test_a_step_waits_for_the_signed_result() -> None:
    publish = a_step("publish", "sign", requires=["result_signed"])
    handling = a_proposed_case(a_definition(REVIEW, SIGN, publish))
    handling.finish("sign")

    with pytest.raises(ResultNotSignedError):
        handling.finish("publish")
    handling.seal()
    handling.finish("publish")

    assert handling.open == ["return"]


def test_the_last_step_ends_at_the_counter_only() -> None:
    handling = a_released_case()

    with pytest.raises(HandOverNeededError):
        handling.finish("return")

    assert events(handling.case) == []


def test_a_repeated_step_stays_open() -> None:
    step = a_step("compare", "receive", outcomes=["match", "mismatch"])
    handling = a_case(a_definition(step))

    handling.finish("compare", "mismatch", note="Lệch trang 2")

    assert handling.open == ["compare"]
    assert events(handling.case) == ["StepRepeated"]


def test_a_refusal_skips_all_but_signing_numbering_and_hand_over() -> None:
    inquiry = a_step("inquire", "receive")
    draft = a_step("draft", "review", "inquire", role="clerk")
    sign = {**SIGN, "depends_on": ["draft"]}
    after = a_step("register", "sign")
    handling = a_case(a_definition(REVIEW, inquiry, draft, sign, NUMBER, after))

    handling.finish("review", "refuse", note="Không đủ điều kiện")

    assert handling.state("inquire") == "stopped"
    assert [handling.state(step) for step in ("draft", "register")] == ["skipped"] * 2
    assert handling.open == ["sign"]
    handling.finish("sign")
    assert handling.open == ["number"]
    handling.finish("number")
    handling.seal()
    assert handling.open == ["return"]


def test_the_note_of_who_refuses_becomes_the_proposal() -> None:
    handling = a_case()

    handling.finish("review", "refuse", note="Thiếu lối đi")

    proposal = handling.case.proposal
    assert proposal
    assert proposal.kind == "refuse"
    assert proposal.by == "reviewer-1"
    assert events(handling.case)[0] == "ResultProposed"


def test_a_proposal_to_refuse_needs_no_second_reason() -> None:
    handling = a_case()
    handling.propose("review", "refused")
    handling.case.collect_events()

    handling.finish("review", "refuse")

    assert events(handling.case)[0] == "StepFinished"


def test_what_is_approved_is_refused_no_more() -> None:
    late = a_step("late", "sign", outcomes=["ok", "refuse"])
    handling = a_proposed_case(a_definition(REVIEW, SIGN, late))
    handling.finish("sign")

    with pytest.raises(AlreadyDecidedError):
        handling.finish("late", "refuse", note="Muộn")

    assert handling.state("late") == "open"


FACTS = [
    {"name": "area", "type": "integer", "set_by_step": "review", "database": None},
    {"name": "taken", "type": "boolean", "set_by_step": None, "database": "land_db"},
]
MEASURED = a_definition({**REVIEW, "data_calls": ["land_db"]}, SIGN, facts=FACTS)


def test_what_a_step_finds_out_is_known_to_the_steps_behind() -> None:
    large = a_step("inspect", "review", when="facts.area != null && facts.area > 100")
    handling = a_case(a_definition(REVIEW, large, facts=FACTS[:1]))

    handling.finish("review", facts={"area": 120})

    assert handling.open == ["inspect"]
    assert handling.case.known_facts == {"area": 120}


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({}, {"area": "missing"}),
        ({"area": "large"}, {"area": "wrong-kind"}),
        ({"area": 1, "height": 2}, {"height": "unknown"}),
        ({"area": 1, "taken": "no"}, {"taken": "wrong-kind"}),
    ],
)
def test_findings_are_expected_complete_and_of_their_kind(
    facts: dict[str, Any], wrong: dict[str, str]
) -> None:
    handling = a_case(MEASURED)

    with pytest.raises(FactsInvalidError) as refusal:
        handling.finish("review", facts=facts)

    found = {each["fact"]: each["code"] for each in refusal.value.details}
    assert found == wrong
    assert events(handling.case) == []


def test_the_officer_enters_what_no_register_answers() -> None:
    handling = a_case(MEASURED)

    handling.finish("review", facts={"area": 1, "taken": True})

    assert handling.case.known_facts["taken"] is True


def test_who_refuses_need_not_find_everything_out() -> None:
    handling = a_case(MEASURED)

    handling.finish("review", "refuse", note="Không đủ", facts={})

    assert handling.open == ["sign"]


REVIEWED = [
    {
        "name": "consultations",
        "label": TEXTS,
        "type": "multiselect",
        "required": False,
        "set_by": "reviewer",
        "options": [{"value": "fire"}, {"value": "planning"}],
    }
]


def test_a_reviewer_fills_in_his_fields_of_the_form() -> None:
    fire = a_step("consult", "review", when="'fire' in consultations")
    handling = a_case(a_definition(REVIEW, fire, fields=REVIEWED))

    handling.finish("review", facts={"consultations": ["fire"]})

    assert handling.open == ["consult"]


def test_a_clerk_fills_in_nothing_for_the_reviewer() -> None:
    handling = a_case(
        a_definition(a_step("copy", "receive", role="clerk"), fields=REVIEWED)
    )

    with pytest.raises(FactsInvalidError):
        handling.finish("copy", facts={"consultations": ["fire"]})


def test_a_longer_legal_time_moves_the_due_date_when_it_comes_to_apply() -> None:
    definition = a_definition(REVIEW, fields=REVIEWED)
    variant = {"when": "'fire' in consultations", "value": 5}
    definition["legal_time"]["variants"] = [variant]
    handling = a_case(definition)

    handling.finish("review", facts={"consultations": ["fire"]})

    assert "DueDateMoved" in events(handling.case)
    assert handling.case.due_at.isoformat() == "2026-11-23T17:00:00+07:00"


def test_the_case_of_a_forgotten_applicant_can_still_end() -> None:
    handling = a_case()
    handling.case.answers = Erased("citizen-1")

    handling.finish("review")

    assert handling.open == ["sign"]
