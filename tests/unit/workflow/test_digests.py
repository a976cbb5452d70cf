from __future__ import annotations

from uuid import UUID

import pytest

from services.workflow.digests import Colleague
from shared.actor import SYSTEM
from shared.errors import NotAllowedError
from tests.builders import an_officer
from tests.builders.queue import DUE, MemoryQueue, a_waiting_step
from tests.builders.workflow import UNIT, a_workflow

LEADER = Colleague("staff:leader", UNIT, ("unit_leader",))


def test_a_digest_counts_by_kind_and_names_the_five_most_urgent() -> None:
    rows = [a_waiting_step(n, code=f"H15-{n}", lane=n != 7) for n in range(1, 8)]
    rows[0] |= {"alerts": {"near-due": DUE.isoformat()}}

    told = a_workflow(MemoryQueue(*rows)).work_of(LEADER, by=SYSTEM)

    assert told["counts"]["alert_near-due"] == 1
    assert told["counts"]["approvals"] == 7
    assert "unassigned" not in told["counts"]
    assert told["urgent"][0]["code"] == "H15-7"
    assert len(told["urgent"]) == 5
    assert set(told["urgent"][0]) == {"code", "due_at"}


def test_who_has_nothing_to_do_has_no_counts() -> None:
    assert a_workflow(MemoryQueue()).work_of(LEADER, by=SYSTEM) == {
        "counts": {},
        "urgent": [],
    }


def test_nobody_asks_for_the_work_of_another() -> None:
    with pytest.raises(NotAllowedError):
        a_workflow(MemoryQueue()).work_of(LEADER, by=an_officer("manager"))


def test_a_case_is_named_once() -> None:
    queue = MemoryQueue(a_waiting_step(1, code="H15-1", case_id=UUID(int=1)))

    told = a_workflow(queue).work_of(LEADER, by=SYSTEM)

    assert len(told["urgent"]) == 1
