from __future__ import annotations

import pytest

from services.workflow.errors import (
    AlreadyDecidedError,
    AlreadyRefusedError,
    ChecksFailedError,
    NothingProposedError,
    OutcomeUnknownError,
    SamePersonError,
    StepClaimedError,
)
from shared.errors import NotAllowedError
from shared.personal import Personal
from tests.builders import an_applicant, an_officer, events
from tests.builders.workflow import (
    NUMBER,
    PAPER,
    REVIEW,
    SIGN,
    TEXTS,
    a_case,
    a_definition,
    a_proposed_case,
    a_step,
    an_approved_case,
    an_outcome,
)

LEADER = an_officer("agency_leader", subject="leader-1")


def test_the_holder_of_a_step_proposes_the_result() -> None:
    handling = a_case()

    handling.propose("review")

    proposal = handling.case.proposal
    assert proposal
    assert proposal.outcome["code"] == "granted"
    assert proposal.text == Personal("citizen-1", "Đủ điều kiện.")
    assert events(handling.case) == ["ResultProposed"]


def test_a_better_proposal_takes_the_place_of_the_first() -> None:
    handling = a_case()
    handling.propose("review", "refused")

    handling.propose("review", "granted")

    assert handling.case.proposal
    assert handling.case.proposal.kind == "grant"


def test_a_stranger_proposes_nothing() -> None:
    handling = a_case()

    with pytest.raises(NotAllowedError):
        handling.propose("review", by=an_officer("reviewer", agency="so_tai_chinh"))

    assert events(handling.case) == []


def test_nobody_proposes_at_the_step_of_a_colleague() -> None:
    handling = a_case()
    handling.claim("review", an_officer("reviewer", subject="officer-8"))

    with pytest.raises(StepClaimedError):
        handling.propose("review")


@pytest.mark.parametrize("outcome", ["no-such-outcome", "amend"])
def test_only_what_decides_is_proposed(outcome: str) -> None:
    outcomes = [an_outcome("granted", "grant"), an_outcome("amend", "supplement")]
    handling = a_case(a_definition(REVIEW, SIGN, outcomes=outcomes))

    with pytest.raises(OutcomeUnknownError):
        handling.propose("review", outcome)

    assert events(handling.case) == []


def test_a_leader_approves_what_another_has_proposed() -> None:
    handling = a_proposed_case()

    handling.finish("sign", by=LEADER)

    approval = handling.case.approval
    assert approval
    assert approval.by == "leader-1"
    assert approval.approver == Personal("leader-1", LEADER.name)
    assert events(handling.case) == ["StepFinished", "ResultApproved", "StepOpened"]


def test_nobody_approves_his_own_proposal() -> None:
    handling = a_case(a_definition(REVIEW, SIGN))
    handling.finish("review")
    adviser = an_officer("reviewer", "agency_leader", subject="leader-1")
    handling.propose("sign", by=adviser)
    handling.case.collect_events()

    with pytest.raises(SamePersonError):
        handling.finish("sign", by=LEADER)

    assert events(handling.case) == []


def test_nothing_is_approved_before_it_is_proposed() -> None:
    handling = a_case()
    handling.finish("review")
    handling.case.collect_events()

    with pytest.raises(NothingProposedError):
        handling.finish("sign")

    assert events(handling.case) == []


def test_a_forgotten_proposal_is_made_while_the_leader_waits() -> None:
    handling = a_case()
    worker = handling.officer("review")
    handling.finish("review")

    handling.propose("sign", by=worker)
    handling.finish("sign")

    assert handling.case.approval


def test_a_colleague_of_the_leader_advises_him() -> None:
    handling = a_case()
    handling.finish("review")

    handling.propose("sign", by=an_officer("unit_leader", subject="officer-9"))

    assert handling.case.proposal
    assert handling.case.proposal.by == "officer-9"


@pytest.mark.parametrize(
    "stranger", [an_officer("reviewer", agency="so_tai_chinh"), LEADER]
)
def test_the_leader_and_strangers_do_not_propose_where_he_signs(
    stranger: object,
) -> None:
    handling = a_case()
    handling.finish("review")
    handling.case.collect_events()

    with pytest.raises(NotAllowedError):
        handling.propose("sign", by=stranger)  # type: ignore[arg-type]

    assert events(handling.case) == []


def test_an_applicant_advises_nobody_on_their_own_result() -> None:
    """Not even one who had a step of the procedure to do."""
    sign = a_step("sign", "confirm", role="agency_leader", signature="authority")
    own = a_step("confirm", "review", role="applicant")
    handling = a_case(a_definition(REVIEW, own, sign))
    handling.finish("review")
    handling.finish("confirm")

    with pytest.raises(NotAllowedError):
        handling.propose("sign", by=an_applicant())


def test_an_approved_result_is_proposed_no_more() -> None:
    handling = an_approved_case()

    with pytest.raises(AlreadyDecidedError):
        handling.propose("number")


def test_after_a_refusal_on_the_way_no_grant_is_proposed() -> None:
    handling = a_case()
    worker = handling.officer("review")
    handling.finish("review", "refuse", note="Không đủ")

    with pytest.raises(AlreadyRefusedError):
        handling.propose("sign", "granted", by=worker)


def test_a_leader_refuses_only_what_was_proposed_so() -> None:
    sign = {**SIGN, "outcomes": ["ok", "refuse"]}
    handling = a_proposed_case(a_definition(REVIEW, sign))

    with pytest.raises(NothingProposedError):
        handling.finish("sign", "refuse", note="Không")
    handling.propose("sign", "refused", by=an_officer("reviewer", subject="officer-9"))
    handling.finish("sign", "refuse")

    assert handling.case.approval


CHECK = {
    "id": "name_free",
    "stage": "review",
    "severity": "error",
    "rule": "facts.name_taken != true",
    "message": TEXTS,
}
FACT = {"name": "name_taken", "type": "boolean", "set_by_step": None}
CHECKED = a_definition(
    {**REVIEW, "data_calls": ["business_db"]},
    a_step("look", "review"),
    {**SIGN, "depends_on": ["look"]},
    checks=[CHECK, {**CHECK, "id": "warn", "severity": "warning"}],
    facts=[{**FACT, "database": "business_db"}],
)


def test_no_grant_is_proposed_against_a_failed_check() -> None:
    handling = a_case(CHECKED)
    handling.finish("review", facts={"name_taken": True})
    handling.case.collect_events()

    with pytest.raises(ChecksFailedError) as refusal:
        handling.propose("look")

    assert [each["check"] for each in refusal.value.details] == ["name_free"]
    assert events(handling.case) == []


def test_a_refusal_is_proposed_whatever_the_checks_say() -> None:
    handling = a_case(CHECKED)
    handling.finish("review", facts={"name_taken": True})

    handling.propose("look", "refused")

    assert handling.case.proposal


def test_no_grant_is_approved_against_what_was_found_later() -> None:
    handling = a_case(CHECKED)
    handling.propose("review")
    handling.finish("review", facts={"name_taken": True})
    handling.finish("look")
    handling.case.collect_events()

    with pytest.raises(ChecksFailedError):
        handling.finish("sign")

    assert events(handling.case) == []


def test_an_approval_opens_where_the_procedure_has_none() -> None:
    handling = a_case(a_definition(REVIEW))
    handling.propose("review")

    handling.finish("review")

    approval = handling.case.steps["approval"]
    assert handling.open == ["approval"]
    assert (approval.unit, approval.role) == ("ubnd_xa", "agency_leader")
    handling.finish("approval")
    handling.seal()
    assert handling.open == ["return"]


def test_an_approval_opens_where_the_signature_was_needless() -> None:
    handling = a_proposed_case(a_definition(REVIEW, {**SIGN, "when": "false"}))

    assert handling.state("sign") == "skipped"
    assert handling.open == ["approval"]


def test_a_step_called_approval_does_not_stand_in_the_way() -> None:
    handling = a_case(a_definition(a_step("approval", "receive")))
    handling.propose("approval")

    handling.finish("approval")

    assert handling.open == ["approval_"]


def test_of_several_signatures_the_last_decides() -> None:
    second = {**SIGN, "id": "countersign", "depends_on": ["sign"]}
    handling = a_proposed_case(a_definition(REVIEW, SIGN, second))

    handling.finish("sign")

    assert handling.case.approval is None
    handling.finish("countersign", by=an_officer("agency_leader", subject="leader-2"))
    assert handling.case.approval
    assert handling.case.approval.by == "leader-2"


def test_the_paper_is_made_when_the_clerk_has_numbered_it() -> None:
    handling = an_approved_case()

    handling.finish("number")

    assert handling.case.is_requested
    assert events(handling.case) == ["StepFinished", "DecisionRequested"]


def test_without_a_clerk_behind_it_the_paper_is_made_at_once() -> None:
    handling = a_proposed_case(a_definition(REVIEW, SIGN))

    handling.finish("sign")

    assert events(handling.case)[-1] == "DecisionRequested"


def test_a_needless_numbering_is_not_waited_for() -> None:
    handling = a_proposed_case(a_definition(REVIEW, SIGN, {**NUMBER, "when": "false"}))

    handling.finish("sign")

    assert events(handling.case)[-1] == "DecisionRequested"


def test_the_result_is_released_when_its_paper_is_sealed() -> None:
    handling = an_approved_case()
    handling.finish("number")
    handling.case.collect_events()

    handling.seal()

    assert handling.case.paper
    assert handling.case.paper.id == PAPER
    assert handling.case.status == 9
    assert events(handling.case) == ["PaperRecorded", "StepOpened", "ResultReleased"]


def test_a_paper_sealed_early_waits_for_the_steps_behind_it() -> None:
    publish = a_step("publish", "sign")
    handling = a_proposed_case(a_definition(REVIEW, SIGN, publish))
    handling.finish("sign")

    handling.seal()

    assert handling.open == ["publish"]
    handling.finish("publish")
    assert handling.case.status == 9


def test_a_procedure_that_names_no_refusal_refuses_all_the_same() -> None:
    outcomes = [an_outcome("granted", "grant"), an_outcome("refused", "closed")]
    handling = a_case(a_definition(REVIEW, SIGN, outcomes=outcomes))

    handling.finish("review", "refuse", note="Không đủ điều kiện.")

    proposal = handling.case.proposal
    assert proposal
    assert (proposal.kind, proposal.outcome["code"]) == ("refuse", "refused_")
