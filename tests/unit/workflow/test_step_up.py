"""Who approves a result has proven a moment ago that it is them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.actor import STEPPED_UP, StepUpNeededError
from shared.errors import NotAllowedError
from tests.builders import an_officer, events
from tests.builders.workflow import a_case, a_proposed_case

LEADER = an_officer("agency_leader", subject="leader-1")
ONLY_SIGNED_IN = replace(LEADER, level=2)


def test_a_leader_who_only_signed_in_cannot_approve() -> None:
    handling = a_proposed_case()

    with pytest.raises(StepUpNeededError):
        handling.finish("sign", by=ONLY_SIGNED_IN)

    assert events(handling.case) == []
    assert handling.case.approval is None


def test_a_leader_who_has_stepped_up_approves() -> None:
    handling = a_proposed_case()

    handling.finish("sign", by=replace(LEADER, level=STEPPED_UP))

    assert handling.case.approval is not None


def test_who_may_not_approve_at_all_is_told_that_first() -> None:
    handling = a_proposed_case()
    stranger = an_officer("agency_leader", agency="so_tai_chinh")

    with pytest.raises(NotAllowedError):
        handling.finish("sign", by=replace(stranger, level=2))


def test_other_steps_need_no_proof() -> None:
    handling = a_case()
    reviewer = replace(handling.officer("review"), level=2)

    handling.propose("review", by=reviewer)
    handling.finish("review", by=reviewer)

    assert handling.case.approval is None
