from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.workflow.errors import (
    CursorInvalidError,
    TooManyError,
    ViewNotFoundError,
)
from services.workflow.ports import Filters, Listing, Wanted, Watch
from services.workflow.watching import watches
from shared.actor import Actor
from shared.errors import NotAllowedError
from tests.builders import an_applicant, an_officer
from tests.builders.queue import DUE, MemoryQueue, a_waiting_step
from tests.builders.workflow import LATER, a_workflow

REVIEWER = an_officer("reviewer")


def test_a_queue_is_read_page_by_page() -> None:
    queue = MemoryQueue(*map(a_waiting_step, (1, 2, 3)))
    workflow = a_workflow(queue)

    first = workflow.queue(Wanted(limit=2), by=REVIEWER)
    second = workflow.queue(Wanted(limit=2, after=first["next"]), by=REVIEWER)

    shown = [each["case_id"] for page in (first, second) for each in page["items"]]
    assert shown == [str(UUID(int=number)) for number in (1, 2, 3)]
    assert second["next"] is None


def test_a_row_says_what_an_officer_has_to_know() -> None:
    queue = MemoryQueue(a_waiting_step(1, deadline_at=DUE, lane=0))

    [item] = a_workflow(queue).queue(Wanted(), by=REVIEWER)["items"]

    assert (item["lane"], item["assignee"]) == (0, None)
    assert item["unit_name"]["en"]
    assert item["deadline_at"] == item["due_at"] == DUE.isoformat()
    assert "alerts" not in item


def test_an_emergency_goes_before_what_is_due_sooner() -> None:
    urgent = a_waiting_step(9, lane=0, due_at=DUE + timedelta(days=9))
    workflow = a_workflow(MemoryQueue(a_waiting_step(1), urgent))

    page = workflow.queue(Wanted(limit=1), by=REVIEWER)

    assert page["items"][0]["case_id"] == str(UUID(int=9))
    assert Wanted(after=page["next"]).place == (
        *(0, urgent["due_at"], UUID(int=9), "review"),
    )


def test_the_last_page_has_none_behind_it() -> None:
    queue = MemoryQueue(a_waiting_step(1))

    assert a_workflow(queue).queue(Wanted(limit=1), by=REVIEWER)["next"] is None


def test_a_list_is_of_the_askers_unit_and_of_this_moment() -> None:
    queue, wanted = MemoryQueue(), Filters(due="overdue", q="xây dựng")

    a_workflow(queue).queue(Wanted(wanted), by=REVIEWER)

    assert queue.asked == [Listing("ubnd_xa", REVIEWER.subject, LATER, wanted)]


@pytest.mark.parametrize("is_late", [True, False])
def test_an_officer_waits_a_moment_for_his_own_action_to_show(is_late: bool) -> None:
    queue = MemoryQueue()
    queue.is_late = is_late

    answer = a_workflow(queue).queue(Wanted(seen=17), by=REVIEWER)

    assert queue.waited == [17]
    assert answer["items"] == []


@pytest.mark.parametrize(
    "stranger", [an_applicant(), Actor("auditor-1", None, ("auditor",), kind="staff")]
)
def test_only_officers_of_a_unit_have_a_queue(stranger: Any) -> None:
    with pytest.raises(NotAllowedError):
        a_workflow().queue(Wanted(), by=stranger)
    with pytest.raises(NotAllowedError):
        a_workflow().neighbours(uuid4(), "review", Filters(), by=stranger)


def test_the_first_page_begins_at_the_top() -> None:
    assert Wanted().place is None


@pytest.mark.parametrize(
    "after", ["", "here", "a~b~c", "2026-11-19~x", "x~2026-11-19~y~z"]
)
def test_a_place_that_never_was_is_refused(after: str) -> None:
    with pytest.raises(CursorInvalidError):
        _ = Wanted(after=after).place


def test_each_step_knows_what_comes_before_and_after_it() -> None:
    workflow = a_workflow(MemoryQueue(*map(a_waiting_step, (1, 2, 3))))

    around = workflow.neighbours(UUID(int=2), "review", Filters(), by=REVIEWER)
    first = workflow.neighbours(UUID(int=1), "review", Filters(), by=REVIEWER)

    assert around["previous"]["case_id"] == str(UUID(int=1))
    assert around["next"]["case_id"] == str(UUID(int=3))
    assert first["previous"] is None


def test_a_case_that_is_over_has_no_neighbours() -> None:
    around = a_workflow().neighbours(uuid4(), "review", Filters(), by=REVIEWER)

    assert around == {"previous": None, "next": None}


def test_several_officers_asked_for_are_each_asked_once() -> None:
    wanted = Filters(mine=True, unassigned=True, assignee="me")

    assert Listing("ubnd_xa", "me", LATER, wanted).assignees == ["me", ""]


def test_a_view_is_kept_until_it_is_deleted() -> None:
    workflow = a_workflow()

    workflow.save_view("Quá hạn", {"due": "overdue"}, by=REVIEWER)
    workflow.save_view("Của tôi", {"mine": True}, by=REVIEWER)
    workflow.save_view("Quá hạn", {"due": "soon"}, by=REVIEWER)
    workflow.delete_view("Của tôi", by=REVIEWER)

    assert workflow.views(by=REVIEWER) == [
        {"name": "Quá hạn", "filters": {"due": "soon"}}
    ]
    assert workflow.views(by=an_officer("reviewer", subject="other")) == []


def test_a_view_nobody_saved_cannot_be_deleted() -> None:
    with pytest.raises(ViewNotFoundError):
        a_workflow().delete_view("x", by=REVIEWER)


def test_there_is_an_end_to_the_views_of_an_officer() -> None:
    workflow = a_workflow()
    for number in range(50):
        workflow.save_view(str(number), {}, by=REVIEWER)

    workflow.save_view("0", {"mine": True}, by=REVIEWER)
    with pytest.raises(TooManyError):
        workflow.save_view("one more", {}, by=REVIEWER)


@pytest.mark.parametrize("ask", ["views", "alerts"])
def test_what_is_kept_for_officers_is_no_affair_of_citizens(ask: str) -> None:
    with pytest.raises(NotAllowedError):
        getattr(a_workflow(), ask)(by=an_applicant())


@pytest.mark.parametrize(
    ("role", "kind", "unit"),
    [
        ("unit_leader", "near-due", "ubnd_xa"),
        ("unit_leader", "apology-drafted", "ubnd_xa"),
        ("agency_leader", "overdue", "ubnd_xa"),
        ("agency_leader", "apology-proposed", "ubnd_xa"),
        ("manager", "overdue", None),
    ],
)
def test_a_leader_watches_all_steps_of_others(
    role: str, kind: str, unit: str | None
) -> None:
    watched = list(watches(an_officer(role)))

    assert any(
        kind in each.kinds and (each.unit, each.assignee) == (unit, None)
        for each in watched
    )


def test_an_officer_watches_his_own_steps_only() -> None:
    [watch] = watches(REVIEWER)

    assert (watch.unit, watch.assignee) == ("ubnd_xa", REVIEWER.subject)
    assert "overdue" not in watch.kinds


def test_each_thing_that_happened_is_told_once_the_most_urgent_first() -> None:
    since = {"near-due": "2026-11-17", "overdue": "2026-11-20", "reminded": "2026"}
    late = a_waiting_step(1, alerts=since)
    near = a_waiting_step(
        2, alerts={"near-due": "2026-11-18"}, due_at=DUE - timedelta(days=1)
    )
    queue = MemoryQueue(late, near)

    told = a_workflow(queue).alerts(by=an_officer("unit_leader"))

    assert [(each["case_id"], each["kind"], each["since"]) for each in told] == [
        (str(UUID(int=2)), "near-due", "2026-11-18"),
        (str(UUID(int=1)), "near-due", "2026-11-17"),
        (str(UUID(int=1)), "reminded", "2026"),
    ]
    assert all(isinstance(each, Watch) for each in queue.watched)
