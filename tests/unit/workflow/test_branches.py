from __future__ import annotations

from typing import Any

import pytest
from eventsourcing.persistence import Tracking

from services.workflow.domain import Case
from services.workflow.errors import ReasonMissingError, ResultUnderwayError
from services.workflow.publisher import translate
from shared.contracts.workflow import DecisionApproved
from shared.personal import Personal
from tests.builders import events
from tests.builders.workflow import (
    DUE,
    GRANT,
    REFUSAL,
    REVIEW,
    SIGN,
    TEXTS,
    Handling,
    a_definition,
    a_proposed_case,
    a_step,
    an_outcome,
)

CARD_NAME = {"vi": "Thẻ", "en": "Card", "fr": "Carte"}
HOME = a_step("home", "sign", parallel_group="A", agency="ca_xa")
KEY = a_step(
    "key", "home", parallel_group="A", agency="ca_xa", outcomes=["ok", "refuse"]
)


def interlinked(*, partial: bool = True, **card: Any) -> Handling:
    """The birth is registered; two agencies work on what follows from it."""
    join = {"group": "A", "mode": "all_settled", "partial_result": partial}
    own = {**an_outcome("card", "grant"), "title": CARD_NAME}
    step = a_step("card", "sign", parallel_group="A", agency="bhxh", **card)
    outcomes = [an_outcome(**GRANT), an_outcome(**REFUSAL), own]
    handling = a_proposed_case(
        a_definition(REVIEW, SIGN, step, HOME, KEY, joins=[join], outcomes=outcomes)
    )
    handling.finish("sign")
    handling.case.collect_events()
    return handling


def decided(handling: Handling) -> Case.BranchResultApproved:
    [found] = [
        each
        for each in handling.case.collect_events()
        if isinstance(each, Case.BranchResultApproved)
    ]
    return found


def test_the_agency_of_a_branch_answers_for_its_result() -> None:
    handling = interlinked()

    handling.finish("card", note="Thẻ số 7")

    result = decided(handling)
    assert (result.branch, result.unit) == ("card", "bhxh")
    assert (result.outcome["code"], result.outcome["title"]) == ("card", CARD_NAME)
    assert result.approved_by == "reviewer-1"
    assert result.text == Personal("citizen-1", "Thẻ số 7")


def test_an_outcome_the_catalogue_does_not_name_is_called_as_its_step() -> None:
    handling = interlinked()
    handling.finish("home")
    handling.case.collect_events()

    handling.finish("key")

    outcome = decided(handling).outcome
    assert (outcome["code"], outcome["kind"]) == ("key", "grant")
    assert outcome["title"] == TEXTS


def test_only_the_end_of_a_branch_has_a_result() -> None:
    handling = interlinked()

    handling.finish("home")

    assert "BranchResultApproved" not in events(handling.case)


def test_a_refused_branch_has_a_refusal_of_its_own_and_the_others_remain() -> None:
    handling = interlinked(outcomes=["ok", "refuse"])

    handling.finish("card", "refuse", note="Đã có thẻ")

    assert decided(handling).outcome["kind"] == "refuse"
    assert not handling.case.is_refused
    assert handling.open == ["home"]


def test_who_refuses_a_branch_says_why() -> None:
    handling = interlinked(outcomes=["ok", "refuse"])

    with pytest.raises(ReasonMissingError):
        handling.finish("card", "refuse")

    assert events(handling.case) == []


@pytest.mark.parametrize("more", [{"partial": False}, {"role": "system"}])
def test_elsewhere_branches_have_no_papers(more: dict[str, Any]) -> None:
    handling = interlinked(**more)

    handling.finish("card")

    assert "BranchResultApproved" not in events(handling.case)


def test_all_papers_are_one_package_with_one_date() -> None:
    handling = interlinked()
    handling.seal()
    for step in ("card", "home", "key"):
        handling.finish(step)
    assert handling.case.status == 4

    handling.seal_branches()

    assert handling.case.status == 9
    assert len(handling.case.branch_papers) == 2
    assert handling.case.due_at == DUE


def test_a_branch_whose_paper_is_made_is_not_recalled() -> None:
    handling = interlinked()
    handling.finish("card")
    act = handling.act(handling.officer("card"))

    with pytest.raises(ResultUnderwayError):
        handling.case.recall("card", act=act)


def test_signing_is_told_of_which_branch_the_result_is() -> None:
    handling = interlinked()
    handling.finish("card")

    [message] = translate(decided(handling), Tracking("workflow", 7))

    assert isinstance(message, DecisionApproved)
    assert (message.branch, message.unit) == ("card", "bhxh")
