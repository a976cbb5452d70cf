"""An apology with a new date: drafted in time, decided by another person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.workflow.domain.apology import Term
from services.workflow.domain.lateness import is_late
from services.workflow.errors import (
    CaseOverError,
    DateInPastError,
    ExtensionTooLongError,
    NothingToDecideError,
    ReasonMissingError,
    SamePersonError,
)
from shared.actor import Actor
from shared.clock import LOCAL
from shared.errors import NotAllowedError
from shared.personal import Personal
from tests.builders import an_applicant, an_officer, events
from tests.builders.workflow import (
    DUE,
    LATER,
    Handling,
    a_case,
    a_released_case,
    the_usual,
)

DRAFTED = datetime(2026, 11, 18, 7, 30, tzinfo=LOCAL)  # a full day before the last one
MINUTE = timedelta(minutes=1)

REVIEWER = an_officer("reviewer", subject="reviewer-1")
LEADER = an_officer("agency_leader", subject="leader-1")
TWO_DAYS = Term(2, "working_day")


def at(day: int, hour: int = 17) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=LOCAL)


def a_case_with(**rules: Any) -> Handling:
    definition = the_usual()
    definition["extension"] |= rules
    return a_case(definition)


def propose(
    handling: Handling,
    term: Term = TWO_DAYS,
    reason: str = "Thiếu người",
    *,
    by: Actor = REVIEWER,
    now: datetime = LATER,
) -> None:
    handling.case.propose_extension(term, reason, act=handling.act(by, now))


def approve(
    handling: Handling, reason: str = "", *, by: Actor = LEADER, now: datetime = LATER
) -> None:
    handling.case.approve_extension(reason, act=handling.act(by, now))


def ring(handling: Handling, now: datetime) -> list[str]:
    handling.case.ring(handling.act(now=now))
    return [each for each in events(handling.case) if not each.endswith("Reached")]


def test_a_draft_lies_ready_a_working_day_before_the_date() -> None:
    handling = a_case()

    assert ring(handling, DRAFTED - MINUTE) == []
    assert ring(handling, DRAFTED) == ["ApologyDrafted"]
    assert ring(handling, at(30)) == []
    apology = handling.case.apology
    assert apology is not None
    assert (apology.state, apology.is_extension) == ("draft", True)
    assert apology.new_due_at == at(20)  # half of the three days, at least one


def test_the_draft_says_the_longest_that_the_procedure_allows() -> None:
    handling = a_case_with(max_length={"value": 10, "unit": "day"})
    ring(handling, DRAFTED)

    assert handling.case.apology is not None
    assert handling.case.apology.new_due_at == at(30)  # the 29th is a Sunday


def test_a_same_day_procedure_is_not_sorry_before_half_of_the_day_is_over() -> None:
    definition = the_usual()
    same_day = {"value": 0, "unit": "same_day", "cutoff": {"time": "15:00"}}
    definition["legal_time"] |= same_day
    handling = a_case(definition)
    handling.case.due_at = handling.case.original_due_at = at(16)

    assert ring(handling, at(16, 12)) == []
    assert ring(handling, at(16, 13)) == ["ApologyDrafted"]


def test_an_officer_proposes_by_how_much_and_why() -> None:
    handling = a_case()
    ring(handling, DRAFTED)

    propose(handling)

    apology = handling.case.apology
    assert apology is not None
    assert (apology.state, apology.proposed_by) == ("proposed", REVIEWER.subject)
    assert apology.new_due_at == at(23)
    assert isinstance(apology.reason, Personal)
    assert handling.case.due_at == DUE


@pytest.mark.parametrize(
    ("term", "reason", "refusal"),
    [
        (TWO_DAYS, " ", ReasonMissingError),
        (Term(12, "day"), "Vì", ExtensionTooLongError),
        (Term(8, "working_day"), "Vì", ExtensionTooLongError),
    ],
)
def test_a_proposal_says_why_and_is_not_too_long(
    term: Term, reason: str, refusal: type[Exception]
) -> None:
    handling = a_case_with(max_length={"value": 10, "unit": "day"})

    with pytest.raises(refusal):
        propose(handling, term, reason)

    assert events(handling.case) == []


def test_a_new_date_lies_in_the_future() -> None:
    with pytest.raises(DateInPastError):
        propose(a_case(), Term(1, "working_day"), now=at(30))


@pytest.mark.parametrize(
    "stranger",
    [
        an_officer("clerk"),
        an_officer("reviewer", agency="ca_xa"),
        an_applicant(),
        LEADER,
    ],
)
def test_only_who_works_on_the_case_proposes(stranger: Actor) -> None:
    with pytest.raises(NotAllowedError):
        propose(a_case(), by=stranger)


def test_the_leader_approves_and_the_date_moves_but_not_the_first_one() -> None:
    handling = a_case()
    propose(handling)
    handling.case.collect_events()

    approve(handling)

    assert events(handling.case) == ["ExtensionApproved", "DueDateMoved"]
    assert handling.case.due_at == at(23)
    assert handling.case.original_due_at == DUE
    assert is_late(handling.case, at(20))


def test_nobody_approves_what_he_has_proposed() -> None:
    both = Actor("both-1", "ubnd_xa", ("reviewer", "agency_leader"), kind="staff")
    deputy = Actor(
        "deputy-1", "ubnd_xa", ("agency_leader",), kind="staff", on_behalf_of="both-1"
    )
    handling = a_case()
    propose(handling, by=both)
    handling.case.collect_events()

    for approver in (both, deputy):
        with pytest.raises(SamePersonError):
            approve(handling, by=approver)
    assert events(handling.case) == []


def test_the_draft_of_the_system_needs_a_reason_from_the_leader() -> None:
    handling = a_case()
    ring(handling, DRAFTED)

    with pytest.raises(ReasonMissingError):
        approve(handling)
    approve(handling, "Thiếu người", now=DRAFTED)

    assert handling.case.due_at == at(20)


@pytest.mark.parametrize("act", [approve, lambda it: reject(it, "Vì")])
def test_without_a_proposal_there_is_nothing_to_decide(act: Any) -> None:
    with pytest.raises(NothingToDecideError):
        act(a_case())


def reject(handling: Handling, reason: str, by: Actor = LEADER) -> None:
    handling.case.reject_extension(reason, act=handling.act(by))


def test_a_rejected_proposal_leaves_the_date_and_is_drafted_anew() -> None:
    handling = a_case()
    propose(handling)
    with pytest.raises(ReasonMissingError):
        reject(handling, " ")

    reject(handling, "Không cần")

    assert handling.case.apology is None
    assert handling.case.due_at == DUE
    handling.case.collect_events()
    assert ring(handling, DRAFTED) == ["ApologyDrafted"]


def test_without_extensions_one_apologises_and_the_date_stays() -> None:
    handling = a_case_with(max=0)
    propose(handling)
    handling.case.collect_events()

    approve(handling)

    assert events(handling.case) == ["ExtensionApproved"]
    assert handling.case.due_at == DUE
    assert handling.case.apologies == 1
    assert handling.case.apology is not None
    assert not handling.case.apology.is_extension
    assert handling.case.apology.new_due_at == at(23)


def test_what_the_procedure_allows_once_is_an_apology_the_second_time() -> None:
    handling = a_case()
    for _ in range(2):
        propose(handling)
        approve(handling)

    assert len(handling.case.extensions) == 1
    assert handling.case.apologies == 2
    assert handling.case.due_at == at(23)


def test_after_an_extension_a_draft_lies_ready_for_the_new_date() -> None:
    handling = a_case()
    propose(handling)
    approve(handling)
    handling.case.collect_events()

    assert ring(handling, at(19)) == []
    assert ring(handling, at(20)) == ["ApologyDrafted"]


def test_a_stop_moves_an_extended_date_and_the_first_one() -> None:
    handling = a_case()
    propose(handling)
    approve(handling)
    handling.ask("review", "CC01", now=at(17))

    handling.answer(at(19))

    assert handling.case.due_at == at(26)  # five days less one, from the 20th
    assert handling.case.original_due_at == at(23)


def test_while_the_clock_stands_nobody_is_sorry() -> None:
    handling = a_case()
    handling.ask("review", "CC01")
    handling.case.collect_events()

    assert ring(handling, at(30)) == []


@pytest.mark.parametrize("act", [propose, approve])
def test_what_is_released_is_not_extended(act: Any) -> None:
    with pytest.raises(CaseOverError):
        act(a_released_case())
