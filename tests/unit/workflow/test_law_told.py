"""What the law does to a case is told to the others: dates, apologies, notices."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Tracking

from services.workflow.domain.apology import Term
from services.workflow.domain.gazette import CalendarNotice, Gazette
from services.workflow.publisher import translate
from shared.clock import LOCAL
from shared.contracts.base import Message
from shared.contracts.workflow import (
    ApologyApproved,
    CalendarChanged,
    DueDateMoved,
    StepFinished,
    StepOpened,
    StepReminded,
)
from tests.builders import an_officer
from tests.builders.workflow import (
    DUE,
    LATER,
    REVIEW,
    Handling,
    a_case,
    a_definition,
    a_step,
    the_directory,
)

PLACE = Tracking("workflow", 7)
MOVED = datetime(2026, 11, 23, 17, 0, tzinfo=LOCAL)
MANAGER = an_officer("manager", subject="manager-1")


def told(aggregate: Any) -> list[Message]:
    events = aggregate.collect_events()
    return [message for each in events for message in translate(each, PLACE)]


def an_extended_case() -> Handling:
    handling = a_case()
    reviewer = an_officer("reviewer", subject="reviewer-1")
    leader = an_officer("agency_leader", subject="leader-1")
    term = Term(2, "working_day")
    handling.case.propose_extension(term, "Thiếu người", act=handling.act(reviewer))
    handling.case.collect_events()
    handling.case.approve_extension(act=handling.act(leader))
    return handling


def test_an_approved_apology_says_all_that_its_paper_says() -> None:
    apology, moved = told(an_extended_case().case)

    assert isinstance(apology, ApologyApproved)
    assert (apology.old_due_at, apology.new_due_at) == (DUE, MOVED)
    assert apology.is_extension
    assert (apology.proposed_by, apology.approved_by) == ("reviewer-1", "leader-1")
    assert apology.code == "H15.66-261116-0001"
    assert isinstance(moved, DueDateMoved)
    assert (moved.new_due_at, moved.original_due_at) == (MOVED, DUE)
    assert moved.reason == "extension"


def test_a_reminder_and_what_silence_decided_are_told() -> None:
    timeout = {"value": 2, "unit": "working_day", "effect": "consent"}
    asked = a_step("asked", "review", timeout=timeout, clock="excluded")
    handling = a_case(a_definition(REVIEW, asked))
    handling.finish("review")

    opened = [each for each in told(handling.case) if isinstance(each, StepOpened)]
    handling.case.ring(handling.act(now=MOVED))
    messages = told(handling.case)

    assert [each.due_at for each in opened] == [DUE]
    [reminded] = [each for each in messages if isinstance(each, StepReminded)]
    [decided] = [each for each in messages if isinstance(each, StepFinished)]
    assert reminded.deadline_at == datetime(2026, 11, 19, 17, 0, tzinfo=LOCAL)
    assert (decided.step, decided.outcome, decided.finished_by) == (
        "asked",
        "ok",
        "system",
    )


def test_a_notice_and_its_end_are_told_to_all() -> None:
    gazette = Gazette()
    notice = CalendarNotice(
        UUID(int=5), date(2026, 11, 18), "off", "province", "66", "12/TB", LATER
    )
    gazette.enter_notice(notice, directory=the_directory(), by=MANAGER)
    gazette.revoke_notice(notice.id, "13/TB", by=MANAGER, now=LATER)

    entered, revoked = told(gazette)

    assert isinstance(entered, CalendarChanged)
    assert isinstance(revoked, CalendarChanged)
    assert (entered.date, entered.kind) == (date(2026, 11, 18), "off")
    assert (entered.is_revoked, revoked.is_revoked) == (False, True)
    assert revoked.notice_id == entered.notice_id
