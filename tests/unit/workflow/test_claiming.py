from __future__ import annotations

import pytest

from services.workflow.errors import StepClaimedError, StepNotOpenError
from shared.errors import NotAllowedError
from tests.builders import an_officer, events
from tests.builders.workflow import (
    LATER,
    a_case,
    a_definition,
    a_released_case,
    a_step,
)


def test_an_officer_takes_a_step() -> None:
    handling = a_case()

    handling.claim("review")

    assert handling.case.steps["review"].assignee == "reviewer-1"
    assert events(handling.case) == ["StepAssigned"]


def test_a_step_is_not_taken_from_a_colleague() -> None:
    handling = a_case()
    handling.claim("review", an_officer("reviewer", subject="officer-8"))
    handling.case.collect_events()

    with pytest.raises(StepClaimedError) as refusal:
        handling.claim("review")

    assert refusal.value.details == [
        {"assignee": "officer-8", "by": "officer-8", "since": LATER.isoformat()}
    ]
    assert events(handling.case) == []


@pytest.mark.parametrize(
    "stranger",
    [
        an_officer("clerk"),
        an_officer("reviewer", agency="so_tai_chinh"),
        an_officer("agency_leader", "manager"),
    ],
)
def test_only_the_role_of_the_step_in_its_unit_takes_it(stranger: object) -> None:
    handling = a_case()

    with pytest.raises(NotAllowedError):
        handling.claim("review", stranger)  # type: ignore[arg-type]

    assert events(handling.case) == []


@pytest.mark.parametrize("step", ["receive", "sign", "no-such-step"])
def test_only_an_open_step_is_taken(step: str) -> None:
    handling = a_case()

    with pytest.raises(StepNotOpenError):
        handling.claim(step, an_officer("reviewer"))


def test_the_last_step_is_taken_by_a_return_officer() -> None:
    handling = a_released_case()

    handling.claim("return")

    assert events(handling.case) == ["StepAssigned"]


@pytest.mark.parametrize("role", ["reviewer", "clerk", "front_desk"])
@pytest.mark.parametrize("outside", ["system", "third_party"])
def test_an_officer_stands_in_for_a_register_or_a_third_party(
    outside: str, role: str
) -> None:
    handling = a_case(a_definition(a_step("ask", "receive", role=outside)))

    handling.claim("ask", an_officer(role))

    assert handling.case.steps["ask"].assignee == "officer-7"


def test_online_the_step_of_the_applicant_is_the_applicants_alone() -> None:
    handling = a_case(a_definition(a_step("agree", "receive", role="applicant")))
    handling.case.channel = "online"

    with pytest.raises(NotAllowedError):
        handling.claim("agree", an_officer("reviewer", "front_desk"))
    handling.finish("agree")

    assert handling.state("agree") == "done"


def test_at_the_counter_the_desk_acts_for_the_applicant() -> None:
    handling = a_case(a_definition(a_step("agree", "receive", role="applicant")))
    desk = an_officer("front_desk", agency=handling.case.unit)

    handling.finish("agree", by=desk)

    assert handling.case.steps["agree"].finished_by == desk.subject


@pytest.mark.parametrize("role", ["unit_leader", "agency_leader"])
def test_a_leader_gives_a_step_even_from_one_officer_to_another(role: str) -> None:
    handling = a_case()
    handling.claim("review")
    handling.case.collect_events()

    act = handling.act(an_officer(role))
    handling.case.assign("review", "officer-9", act=act)

    assert handling.case.steps["review"].assignee == "officer-9"
    assert events(handling.case) == ["StepAssigned"]


@pytest.mark.parametrize(
    "stranger",
    [an_officer("reviewer"), an_officer("unit_leader", agency="so_tai_chinh")],
)
def test_only_a_leader_of_the_unit_gives_steps(stranger: object) -> None:
    handling = a_case()

    with pytest.raises(NotAllowedError):
        handling.case.assign(
            "review",
            "officer-9",
            act=handling.act(stranger),  # type: ignore[arg-type]
        )

    assert events(handling.case) == []
