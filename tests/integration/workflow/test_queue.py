"""The queue of open steps, in a real database, beside the log it follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import Tracking

from services.workflow import bootstrap
from services.workflow.application import WorkflowApplication
from services.workflow.config import WorkflowSettings
from services.workflow.domain import Case
from services.workflow.domain.steps import Completion
from services.workflow.ports import Filters, Wanted
from services.workflow.projections import QueueProjection
from shared.actor import Actor
from shared.contracts.intake import SupplementAnswered, WithdrawalRequested
from shared.personal import Personal
from tests.builders import an_officer
from tests.builders.workflow import (
    DUE,
    LATER,
    RECEIVED,
    REVIEW,
    SIGN,
    a_definition,
    a_dossier_accepted,
    a_procedure_published,
    positions,
)

PAGE = {"limit", "after", "seen"}


@pytest.fixture(scope="module")
def workflow(environment: None) -> Iterator[WorkflowApplication]:
    with bootstrap.application(WorkflowSettings()) as app:
        app.clock = lambda: LATER
        yield app


class Reading:
    """What an officer of a unit finds in the queue, once it has followed the log."""

    def __init__(self, workflow: WorkflowApplication, slug: str, unit: str) -> None:
        self.workflow = workflow
        self.definition = a_definition(
            {**REVIEW, "agency": unit}, {**SIGN, "agency": unit}, slug=slug
        )
        self.reviewer = an_officer("reviewer", agency=unit)
        self.leader = an_officer("agency_leader", agency=unit, subject="leader-1")
        self.projection: QueueProjection = bootstrap.projection(WorkflowSettings())
        self.workflow.handle(a_procedure_published(self.definition))

    def open_case(self, days: int = 0) -> UUID:
        dossier = uuid4()
        more = {"dossier_id": dossier, "due_at": DUE + timedelta(days=days)}
        accepted = a_dossier_accepted(self.definition)
        self.workflow.handle(accepted.model_copy(update=more))
        return Case.create_id(dossier)

    def follow(self) -> None:
        view, app = self.projection.view, self.workflow
        start = view.max_tracking_id(app.name) or 0
        while stored := app.recorder.select_notifications(start + 1, 100):
            for each in stored:
                event: Any = app.mapper.to_domain_event(each)
                self.projection.process_event(event, Tracking(app.name, each.id))
            start = stored[-1].id

    def queue(self, by: Actor | None = None, **wanted: Any) -> dict[str, Any]:
        self.follow()
        page = {name: wanted.pop(name) for name in PAGE & wanted.keys()}
        asked = Wanted(Filters(**wanted), **page)
        return self.workflow.queue(asked, by=by or self.reviewer)

    def cases(self, **wanted: Any) -> list[UUID]:
        return [UUID(each["case_id"]) for each in self.queue(**wanted)["items"]]


def counts(reading: Reading, **wanted: Any) -> dict[str, int]:
    told: dict[str, Any] = reading.queue(**wanted)["counts"]
    assert not told.pop("is_capped")
    return told


def hear(reading: Reading, case_id: UUID, message: Any, **fields: Any) -> None:
    case: Case = reading.workflow.repository.get(case_id)
    reading.workflow.handle(
        message(
            source="intake",
            position=next(positions),
            correlation_id="request-2",
            occurred_at=RECEIVED + timedelta(days=3),
            dossier_id=case.dossier_id,
            **fields,
        )
    )


@pytest.fixture
def reading(workflow: WorkflowApplication, request: Any) -> Reading:
    """Each test has a unit of its own."""
    units = {
        "most_urgent": "phong_kt_xa",
        "page": "so_tai_chinh",
        "taken": "so_xay_dung",
        "supplement": "bhxh",
        "gone": "so_noi_vu",
    }
    [unit] = [unit for word, unit in units.items() if word in request.node.name]
    return Reading(workflow, f"queue-{unit.replace('_', '-')}", unit)


def test_the_most_urgent_case_comes_first(reading: Reading) -> None:
    later, sooner = reading.open_case(days=5), reading.open_case(days=1)

    assert reading.cases() == [sooner, later]
    assert counts(reading) == {"open": 2, "mine": 0, "unassigned": 2, "found": 2}


def test_a_page_begins_where_another_ended(reading: Reading) -> None:
    cases = [reading.open_case() for _ in range(5)]  # all due at the same moment

    found, after = [], None
    for _ in range(3):
        page = reading.queue(limit=2, after=after)
        found += [UUID(each["case_id"]) for each in page["items"]]
        after = page["next"]

    assert after is None
    assert sorted(found) == sorted(cases)
    assert len(found) == len(set(found))


def test_a_step_that_was_taken_is_mine_and_no_longer_nobodys(reading: Reading) -> None:
    mine, other = reading.open_case(), reading.open_case(days=1)
    reading.workflow.claim_step(mine, "review", by=reading.reviewer)

    assert reading.cases(mine=True) == [mine]
    assert reading.cases(unassigned=True) == [other]
    assert reading.cases(mine=True, unassigned=True) == [mine, other]
    assert counts(reading) == {"open": 2, "mine": 1, "unassigned": 1, "found": 2}
    reading.workflow.assign_step(mine, "review", "officer-9", by=reading.leader)
    assert counts(reading, mine=True) == {
        "open": 2,
        "mine": 0,
        "unassigned": 1,
        "found": 0,
    }


def test_a_supplement_shows_in_status_and_date(reading: Reading) -> None:
    case = reading.open_case()
    items = [{"kind": "document", "key": "CC01"}]
    by = reading.reviewer
    reading.workflow.ask_supplement(case, "review", items, note="", by=by)
    assert reading.cases(status=5) == [case]

    sealed = Personal("citizen-1", "{}")
    answer = {"answers": sealed, "presentation": sealed, "documents": []}
    hear(reading, case, SupplementAnswered, stage="review", **answer)

    [item] = reading.queue(status=4)["items"]
    assert item["due_at"] == "2026-11-23T10:00:00+00:00"  # it was 19 November


def test_what_is_done_or_withdrawn_is_gone(reading: Reading) -> None:
    done, withdrawn = reading.open_case(), reading.open_case()
    ok, by = Completion(), reading.reviewer
    position = reading.workflow.finish_step(done, "review", ok, by=by)
    hear(reading, withdrawn, WithdrawalRequested)

    assert reading.cases(role="reviewer", seen=position) == []
    assert reading.cases(role="agency_leader") == [done]
    assert counts(reading, role="reviewer") == {
        "open": 0,
        "mine": 0,
        "unassigned": 0,
        "found": 0,
    }
