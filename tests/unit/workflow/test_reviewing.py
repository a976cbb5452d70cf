from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest

from services.workflow.application import WorkflowApplication
from services.workflow.bulk import Item
from services.workflow.domain.phrasebook import Phrase
from services.workflow.domain.roster import Leave
from services.workflow.domain.steps import Completion
from services.workflow.errors import NothingProposedError
from services.workflow.ports import Filters, Wanted
from services.workflow.review_errors import PhraseInvalidError, PhraseNotFoundError
from shared import commands
from shared.actor import Actor, acting
from shared.commands import Command
from shared.errors import NotAllowedError
from tests.builders import an_officer
from tests.builders.queue import MemoryQueue, a_waiting_step
from tests.builders.workflow import DOSSIER, LATER, UNIT, a_workflow, an_open_case

REVIEWER = an_officer("reviewer")
LEADER = Actor(
    "staff:leader", UNIT, ("agency_leader",), kind="staff", level=3, name="Bảo"
)
ALL = Wanted(Filters())


@pytest.fixture
def queue() -> MemoryQueue:
    return MemoryQueue()


@pytest.fixture
def workflow(queue: MemoryQueue) -> WorkflowApplication:
    return a_workflow(queue)


@pytest.fixture
def case(workflow: WorkflowApplication, queue: MemoryQueue) -> UUID:
    """Reviewed, with a grant proposed: it waits for its leader."""
    case = an_open_case(workflow)
    propose(workflow, case)
    with acting(REVIEWER):
        workflow.finish_step(case, "review", Completion(), by=REVIEWER)
    queue.rows = [
        a_waiting_step(1, case_id=case, dossier_id=DOSSIER, step="sign", code="H15")
    ]
    return case


@pytest.fixture
def requests() -> Iterator[Callable[[], None]]:
    """Each time another request that may order something."""

    def begin() -> None:
        commands.bind(Command(uuid4(), b"digest"))

    yield begin
    commands.bind(None)


def propose(
    workflow: WorkflowApplication,
    case: UUID,
    text: str = "Đủ điều kiện.",
    step: str = "review",
) -> None:
    with acting(REVIEWER):
        workflow.propose_result(case, step, "granted", text=text, by=REVIEWER)


def version_of(workflow: WorkflowApplication, case: UUID) -> int:
    return int(workflow.case(case, by=LEADER)["version"])


def test_a_leader_sees_what_waits_for_his_signature(
    workflow: WorkflowApplication, case: UUID
) -> None:
    [item] = workflow.approvals(ALL, by=LEADER)["items"]

    assert item["proposal"]["text"] == "Đủ điều kiện."
    assert item["hindrance"] is None
    assert (item["seen_version"], item["difference"]) == (None, None)


def test_only_leaders_and_their_deputies_have_approvals(
    workflow: WorkflowApplication, case: UUID
) -> None:
    with pytest.raises(NotAllowedError):
        workflow.approvals(ALL, by=REVIEWER)

    today = LATER.date()
    leave = Leave(LEADER.subject, today, today, REVIEWER.subject)
    workflow.enter_absence(leave, by=LEADER)
    [item] = workflow.approvals(ALL, by=REVIEWER)["items"]

    assert item["hindrance"] == "same-person"


def test_what_changed_since_he_looked_is_told_by_name(
    workflow: WorkflowApplication, case: UUID
) -> None:
    workflow.look_at(case, version_of(workflow, case), by=LEADER)
    propose(workflow, case, "Đủ điều kiện, có lưu ý.", "sign")

    [item] = workflow.approvals(ALL, by=LEADER)["items"]

    [change] = item["difference"]
    assert change["what"] == "text"
    assert (change["before"], change["after"]) == (
        "Đủ điều kiện.",
        "Đủ điều kiện, có lưu ý.",
    )
    assert item["since"] == LATER.isoformat()


def test_what_was_new_stays_new_while_he_looks_at_it(
    workflow: WorkflowApplication, case: UUID
) -> None:
    workflow.look_at(case, version_of(workflow, case), by=LEADER)
    propose(workflow, case, "Khác.", "sign")

    workflow.look_at(case, version_of(workflow, case), by=LEADER)
    workflow.look_at(case, version_of(workflow, case), by=LEADER)

    told = workflow.difference(case, by=LEADER)["difference"]
    assert [each["what"] for each in told] == ["text"]


def test_nobody_looks_at_a_version_that_is_not_there_yet(
    workflow: WorkflowApplication, case: UUID
) -> None:
    workflow.look_at(case, 10_000, by=LEADER)
    propose(workflow, case, "Khác.", "sign")

    assert workflow.difference(case, by=LEADER)["difference"]


def test_a_draft_says_what_the_paper_would_say(workflow: WorkflowApplication) -> None:
    case = an_open_case(workflow)

    told = workflow.draft_decision(case, "review", "granted", "Cấp.", by=REVIEWER)

    assert (told["text"], told["outcome"]["code"]) == ("Cấp.", "granted")
    assert (told["unit"], told["approver"]) == (UNIT, "")
    assert workflow.case(case, by=REVIEWER)["proposal"] is None


def test_a_leader_reads_the_draft_as_proposed_with_his_name(
    workflow: WorkflowApplication, case: UUID
) -> None:
    told = workflow.draft_decision(case, "sign", None, "", by=LEADER)

    assert (told["text"], told["approver"]) == ("Đủ điều kiện.", "Bảo")


def test_a_draft_is_for_who_may_propose_or_approve(
    workflow: WorkflowApplication, case: UUID
) -> None:
    strangers = (
        an_officer("cashier", subject="officer-8"),
        an_officer("reviewer", agency="ca_xa", subject="officer-9"),
    )
    for stranger in strangers:
        with pytest.raises(NotAllowedError):
            workflow.draft_decision(case, "sign", None, "", by=stranger)


def test_nothing_proposed_is_no_draft(workflow: WorkflowApplication) -> None:
    case = an_open_case(workflow)

    with pytest.raises(NothingProposedError):
        workflow.draft_decision(case, "review", None, "", by=REVIEWER)


def test_an_officer_is_told_what_others_did_meanwhile(
    workflow: WorkflowApplication, case: UUID
) -> None:
    seen = version_of(workflow, case)
    propose(workflow, case, "Khác.", "sign")

    [deed] = workflow.meanwhile(case, seen, by=LEADER)["deeds"]

    assert deed["topic"] == "workflow.case.result-proposed"
    assert (deed["by"], deed["kind"]) == (REVIEWER.subject, "staff")
    assert workflow.meanwhile(case, seen, by=REVIEWER)["deeds"] == []


def test_several_results_are_signed_each_as_it_was_seen(
    workflow: WorkflowApplication, case: UUID, requests: Callable[[], None]
) -> None:
    stale = Item(case, "sign", version_of(workflow, case) - 1)
    requests()

    [refused] = workflow.approve_each([stale], "", by=LEADER)

    assert (refused["ok"], refused["code"]) == (False, "stale-version")
    requests()
    seen = Item(case, "sign", version_of(workflow, case))
    [signed] = workflow.approve_each([seen], "", by=LEADER)
    assert signed["ok"]
    assert workflow.case(case, by=LEADER)["result"]["approved_by"] == LEADER.subject


def test_only_a_step_that_signs_is_approved(
    workflow: WorkflowApplication, requests: Callable[[], None]
) -> None:
    case = an_open_case(workflow)
    requests()

    [refused] = workflow.approve_each([Item(case, "review")], "", by=REVIEWER)

    assert refused["code"] == "no-approval"


def test_a_unit_keeps_its_phrases_for_all_its_officers(
    workflow: WorkflowApplication,
) -> None:
    id = uuid4()
    workflow.keep_phrase(id, Phrase("supplement", "Mờ", "Bản quét mờ."), by=REVIEWER)

    [phrase] = workflow.phrases(by=LEADER)

    assert (phrase["phrase_id"], phrase["text"]) == (str(id), "Bản quét mờ.")
    assert workflow.phrases(by=an_officer("reviewer", agency="ca_xa")) == []
    workflow.drop_phrase(id, by=LEADER)
    assert workflow.phrases(by=REVIEWER) == []


def test_a_phrase_has_a_name_a_text_and_a_purpose(
    workflow: WorkflowApplication,
) -> None:
    for phrase in (Phrase("poem", "x", "y"), Phrase("note", " ", "y")):
        with pytest.raises(PhraseInvalidError):
            workflow.keep_phrase(uuid4(), phrase, by=REVIEWER)
    with pytest.raises(PhraseNotFoundError):
        workflow.drop_phrase(uuid4(), by=REVIEWER)
    assert workflow.phrases(by=REVIEWER) == []
