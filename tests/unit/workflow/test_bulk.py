from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from services.workflow.application import WorkflowApplication
from services.workflow.bulk import Item
from services.workflow.domain import Case
from services.workflow.domain.roster import Leave
from services.workflow.errors import (
    AssigneeMissingError,
    NobodyPresentError,
    TooManyError,
)
from shared import commands
from shared.commands import Command
from shared.errors import NotAllowedError
from tests.builders import an_officer
from tests.builders.queue import MemoryQueue
from tests.builders.workflow import (
    LATER,
    a_dossier_accepted,
    a_procedure_published,
    a_workflow,
    the_usual,
)

REVIEWER = an_officer("reviewer")
LEADER = an_officer("unit_leader", subject="leader-1")


@pytest.fixture(autouse=True)
def command() -> Iterator[Command]:
    """The one request all of it belongs to."""
    command = Command(uuid4(), b"digest")
    commands.bind(command)
    yield command
    commands.bind(None)


@pytest.fixture
def queue() -> MemoryQueue:
    return MemoryQueue()


@pytest.fixture
def workflow(queue: MemoryQueue) -> WorkflowApplication:
    workflow = a_workflow(queue)
    workflow.handle(a_procedure_published(the_usual()))
    return workflow


def open_steps(workflow: WorkflowApplication, count: int) -> list[Item]:
    accepted = a_dossier_accepted(the_usual())
    dossiers = [UUID(int=number) for number in range(1, count + 1)]
    for number, dossier in enumerate(dossiers):
        more = {"dossier_id": dossier, "position": accepted.position + number + 1000}
        workflow.handle(accepted.model_copy(update=more))
    return [Item(Case.create_id(dossier), "review") for dossier in dossiers]


def assignees(workflow: WorkflowApplication, items: list[Item]) -> list[str | None]:
    cases: list[Case] = [workflow.repository.get(each.case_id) for each in items]
    return [case.steps["review"].assignee for case in cases]


def test_many_steps_are_claimed_at_once(workflow: WorkflowApplication) -> None:
    items = open_steps(workflow, 3)

    told = workflow.bulk("claim", items, {}, by=REVIEWER)

    assert [each["ok"] for each in told] == [True] * 3
    assert [each["case_id"] for each in told] == [str(each.case_id) for each in items]
    assert assignees(workflow, items) == [REVIEWER.subject] * 3


def test_asked_twice_it_is_done_once(workflow: WorkflowApplication) -> None:
    items = open_steps(workflow, 2)
    done = workflow.bulk("finish", items, {"outcome": "ok"}, by=REVIEWER)

    again = workflow.bulk("finish", items, {"outcome": "ok"}, by=REVIEWER)

    assert again == done
    assert all(each["ok"] for each in done)


def test_one_that_fails_holds_up_no_other(workflow: WorkflowApplication) -> None:
    first, taken, last = open_steps(workflow, 3)
    other = an_officer("reviewer", subject="officer-9")
    workflow.once_for("before", lambda: workflow.claim_step(*of(taken), by=other))
    unknown = Item(uuid4(), "review")

    told = workflow.bulk("claim", [first, taken, unknown, last], {}, by=REVIEWER)

    assert [each.get("code") for each in told] == [
        *(None, "step-claimed", "case-not-found", None)
    ]
    [detail] = told[1]["details"]
    assert detail["assignee"] == "officer-9"
    assert detail["since"]


def test_each_step_keeps_its_own_rights(workflow: WorkflowApplication) -> None:
    items = open_steps(workflow, 1)

    [told] = workflow.bulk("assign", items, {"assignee": "x"}, by=REVIEWER)

    assert (told["ok"], told["code"]) == (False, "not-allowed")
    assert assignees(workflow, items) == [None]


def test_who_assigns_says_to_whom(workflow: WorkflowApplication) -> None:
    with pytest.raises(AssigneeMissingError):
        workflow.bulk("assign", open_steps(workflow, 1), {}, by=LEADER)


def test_there_is_an_end_to_what_is_done_at_once(workflow: WorkflowApplication) -> None:
    items = [Item(uuid4(), "review")] * 501

    with pytest.raises(TooManyError):
        workflow.bulk("claim", items, {}, by=REVIEWER)
    with pytest.raises(TooManyError):
        workflow.distribute(items, ["officer-1"], by=LEADER)


def test_a_bug_in_one_case_is_told_of_it_alone(workflow: WorkflowApplication) -> None:
    items = open_steps(workflow, 2)

    told = workflow.bulk(
        "finish", items, {"outcome": "ok", "facts": {"x": object()}}, by=REVIEWER
    )

    assert {each["code"] for each in told} == {"facts-invalid"}


def test_steps_are_dealt_out_to_whoever_has_least_to_do(
    workflow: WorkflowApplication, queue: MemoryQueue
) -> None:
    items = open_steps(workflow, 5)
    queue.busy = {"a": 2}

    told = workflow.distribute(items, ["a", "b", "c"], by=LEADER)

    assert [each["assignee"] for each in told] == ["b", "c", "b", "c", "a"]
    assert assignees(workflow, items) == ["b", "c", "b", "c", "a"]


def test_dealt_out_again_everybody_keeps_what_they_got(
    workflow: WorkflowApplication, queue: MemoryQueue
) -> None:
    items = open_steps(workflow, 2)
    first = workflow.distribute(items, ["a", "b"], by=LEADER)
    queue.busy = {"a": 7}

    assert workflow.distribute(items, ["a", "b"], by=LEADER) == first


def test_what_cannot_be_dealt_out_burdens_nobody(workflow: WorkflowApplication) -> None:
    known = open_steps(workflow, 2)

    told = workflow.distribute([Item(uuid4(), "x"), *known], ["a", "b"], by=LEADER)

    assert [each.get("assignee") for each in told] == [None, "a", "b"]


def test_only_a_leader_deals_out(workflow: WorkflowApplication) -> None:
    items = open_steps(workflow, 1)

    with pytest.raises(NotAllowedError):
        workflow.distribute(items, ["a"], by=REVIEWER)


def test_who_is_away_today_gets_nothing(workflow: WorkflowApplication) -> None:
    items, today = open_steps(workflow, 2), LATER.date()
    leave = Leave("a", today, today)
    workflow.once_for("leave", lambda: workflow.enter_absence(leave, by=LEADER))

    told = workflow.distribute(items, ["a", "b"], by=LEADER)

    assert [each["assignee"] for each in told] == ["b", "b"]
    with pytest.raises(NobodyPresentError):
        workflow.distribute(items, ["a"], by=LEADER)


def test_who_stands_in_for_a_leader_deals_out(workflow: WorkflowApplication) -> None:
    items, today = open_steps(workflow, 1), LATER.date()
    leave = Leave(LEADER.subject, today, today, deputy=REVIEWER.subject)
    workflow.once_for("leave", lambda: workflow.enter_absence(leave, by=LEADER))

    [told] = workflow.distribute(items, ["b"], by=REVIEWER)

    assert told["assignee"] == "b"


def test_somebody_has_to_be_there(workflow: WorkflowApplication) -> None:
    with pytest.raises(NobodyPresentError):
        workflow.distribute(open_steps(workflow, 1), [], by=LEADER)


def of(item: Item) -> tuple[UUID, str]:
    return item.case_id, item.step
