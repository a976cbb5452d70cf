from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.workflow.application import WorkflowApplication
from services.workflow.domain import Case
from services.workflow.domain.roster import Leave
from services.workflow.domain.steps import Completion
from services.workflow.errors import (
    AbsenceInvalidError,
    AbsenceNotFoundError,
    SamePersonError,
)
from shared import actor
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.workflow import a_workflow, an_open_case

LEADER = an_officer("agency_leader", subject="leader-1")
DEPUTY = an_officer("unit_leader", subject="deputy-1")
REVIEWER = an_officer("reviewer", subject="reviewer-1")
TODAY, TOMORROW = date(2026, 11, 17), date(2026, 11, 18)  # the clock says the 17th


def an_absent_leader(
    since: date = TODAY, until: date = TOMORROW
) -> WorkflowApplication:
    workflow = a_workflow()
    leave = Leave("leader-1", since, until, "deputy-1")
    workflow.enter_absence(leave, by=LEADER)
    return workflow


def to_be_signed(workflow: WorkflowApplication, by: Any = REVIEWER) -> UUID:
    case = an_open_case(workflow)
    worker = an_officer("reviewer", subject=by.subject)
    workflow.propose_result(case, "review", "granted", text="Đủ", by=worker)
    workflow.finish_step(case, "review", Completion(), by=worker)
    return case


def events(workflow: WorkflowApplication, case: UUID) -> dict[str, Any]:
    return {type(each).__name__: each for each in workflow.events.get(case)}


def test_a_unit_sees_who_is_away_and_who_stands_in() -> None:
    workflow = an_absent_leader()

    [absence] = workflow.absences(by=REVIEWER)

    assert (absence["officer"], absence["deputy"]) == ("leader-1", "deputy-1")
    assert (absence["since"], absence["until"]) == ("2026-11-17", "2026-11-18")
    assert absence["lasts"]
    assert workflow.is_away("leader-1", "ubnd_xa")
    assert not workflow.is_away("deputy-1", "ubnd_xa")
    assert workflow.absences(by=an_officer("reviewer", agency="ca_xa")) == []


def test_a_deputy_signs_on_behalf_of_his_leader() -> None:
    workflow = an_absent_leader()
    case = to_be_signed(workflow)

    workflow.finish_step(case, "sign", Completion(), by=DEPUTY)

    happened = events(workflow, case)
    finished, approved = happened["StepFinished"], happened["ResultApproved"]
    assert (finished.finished_by, finished.on_behalf_of) == ("deputy-1", "leader-1")
    assert (approved.approved_by, approved.on_behalf_of) == ("deputy-1", "leader-1")
    assert finished.actor["on_behalf_of"] == "leader-1"


def test_the_paper_says_on_whose_behalf_it_was_signed() -> None:
    workflow = an_absent_leader()
    case = to_be_signed(workflow)
    workflow.finish_step(case, "sign", Completion(), by=DEPUTY)

    clerk = an_officer("clerk", subject="clerk-1")
    workflow.finish_step(case, "number", Completion(), by=clerk)

    requested = events(workflow, case)["DecisionRequested"]
    assert isinstance(requested, Case.DecisionRequested)
    assert requested.on_behalf_of == "leader-1"


@pytest.mark.parametrize(
    ("since", "until"),
    [(TOMORROW, TOMORROW), (date(2026, 11, 1), date(2026, 11, 16))],
)
def test_before_and_after_the_absence_nobody_stands_in(
    since: date, until: date
) -> None:
    workflow = an_absent_leader(since, until)
    case = to_be_signed(workflow)

    with pytest.raises(NotAllowedError):
        workflow.finish_step(case, "sign", Completion(), by=DEPUTY)


def test_who_is_back_acts_himself_alone() -> None:
    workflow = an_absent_leader()
    case = to_be_signed(workflow)
    [absence] = workflow.absences(by=LEADER)

    workflow.end_absence("leader-1", UUID(absence["absence_id"]), by=LEADER)

    with pytest.raises(NotAllowedError):
        workflow.finish_step(case, "sign", Completion(), by=DEPUTY)
    workflow.finish_step(case, "sign", Completion(), by=LEADER)


@pytest.mark.parametrize("proposer", [DEPUTY, LEADER])
def test_neither_the_deputy_nor_whom_he_stands_for_may_have_proposed(
    proposer: Any,
) -> None:
    workflow = an_absent_leader()
    case = to_be_signed(workflow, proposer)

    with pytest.raises(SamePersonError):
        workflow.finish_step(case, "sign", Completion(), by=DEPUTY)


def test_a_deputy_takes_a_step_that_the_leader_had_taken() -> None:
    workflow = a_workflow()
    case = to_be_signed(workflow)
    workflow.claim_step(case, "sign", by=LEADER)
    leave = Leave("leader-1", TODAY, TOMORROW, "deputy-1")
    workflow.enter_absence(leave, by=LEADER)

    workflow.finish_step(case, "sign", Completion(), by=DEPUTY)

    assert events(workflow, case)["ResultApproved"].approved_by == "deputy-1"


def test_a_deputy_is_offered_what_he_may_do_for_his_leader() -> None:
    workflow = an_absent_leader()
    case = to_be_signed(workflow)

    told = workflow.case(case, by=DEPUTY)

    assert {"suspend", "stop"} <= set(told["allowed"])
    sign = next(each for each in told["steps"] if each["step"] == "sign")
    assert "finish_step" in sign["allowed"]


def test_who_acts_in_his_own_right_acts_for_nobody() -> None:
    workflow = an_absent_leader()
    case = an_open_case(workflow)
    both = an_officer("unit_leader", "reviewer", subject="deputy-1")

    workflow.claim_step(case, "review", by=both)

    claimed = events(workflow, case)["StepAssigned"]
    assert claimed.actor["on_behalf_of"] is None


def test_what_a_deputy_does_is_remembered_of_nobody_afterwards() -> None:
    workflow = an_absent_leader()
    case = to_be_signed(workflow)
    before = actor.recorded()

    workflow.finish_step(case, "sign", Completion(), by=DEPUTY)

    assert actor.recorded() == before


def test_a_leader_notes_that_an_officer_is_away() -> None:
    workflow = a_workflow()

    workflow.enter_absence(Leave("reviewer-1", TODAY, TOMORROW), by=DEPUTY)

    assert workflow.is_away("reviewer-1", "ubnd_xa")


@pytest.mark.parametrize(
    ("leave", "by"),
    [
        (Leave("reviewer-1", TODAY, TOMORROW, "deputy-1"), REVIEWER),
        (Leave("leader-1", TODAY, TOMORROW, "deputy-1"), DEPUTY),
        (Leave("leader-1", TODAY, TOMORROW), REVIEWER),
        (Leave("citizen-1", TODAY, TOMORROW), an_applicant()),
    ],
)
def test_only_a_leader_names_a_deputy_and_only_his_own(leave: Leave, by: Any) -> None:
    workflow = a_workflow()

    with pytest.raises(NotAllowedError):
        workflow.enter_absence(leave, by=by)


@pytest.mark.parametrize(
    "leave",
    [
        Leave("leader-1", TOMORROW, TODAY),
        Leave("leader-1", TODAY, TOMORROW, "leader-1"),
    ],
)
def test_an_absence_has_an_end_and_another_person(leave: Leave) -> None:
    with pytest.raises(AbsenceInvalidError):
        a_workflow().enter_absence(leave, by=LEADER)


def test_an_absence_nobody_noted_does_not_end() -> None:
    with pytest.raises(AbsenceNotFoundError):
        an_absent_leader().end_absence("leader-1", uuid4(), by=LEADER)
