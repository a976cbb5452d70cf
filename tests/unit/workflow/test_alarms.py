"""Rows say when to look at a case; what is due then, the case itself knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from services.workflow.alarms import CaseAlarms, Rung
from services.workflow.application import WorkflowApplication
from services.workflow.domain.alarm import EndlessDutyError
from services.workflow.domain.decree import Decree
from services.workflow.domain.duty import Duty
from services.workflow.domain.gazette import CalendarNotice, Gazette
from services.workflow.domain.steps import Completion
from services.workflow.views.alarms import LOOK, changes
from shared.clock import LOCAL
from shared.contracts.intake import WithdrawalRequested
from tests.builders import an_officer
from tests.builders.workflow import (
    DOSSIER,
    DUE,
    LATER,
    RECEIVED,
    REVIEW,
    Handling,
    a_case,
    a_definition,
    a_released_case,
    a_step,
    a_workflow,
    an_open_case,
    positions,
    the_directory,
    the_usual,
)

MANAGER = an_officer("manager", subject="manager-1")


class MemoryRows:
    """The rows as the view keeps them, for one test."""

    def __init__(self, *rows: tuple[UUID, str, datetime]) -> None:
        self.rows = {(id, key): at for id, key, at in rows}

    def due(self, now: datetime, limit: int) -> list[UUID]:
        return [id for (id, _), at in self.rows.items() if at <= now][:limit]

    def due_of(self, case_id: UUID, now: datetime) -> Rung:
        ours = [(key, at) for (id, key), at in self.rows.items() if id == case_id]
        return [(key, at) for key, at in ours if at <= now]

    def rung(self, case_id: UUID, rung: Rung, next: datetime | None) -> None:
        for key, at in rung:
            if self.rows.get((case_id, key)) == at:
                del self.rows[case_id, key]
        if next:
            self.rows[case_id, "next"] = next


def at(now: datetime) -> Callable[[], datetime]:
    return lambda: now


def topics(workflow: WorkflowApplication, case: UUID) -> list[str]:
    return [type(event).__name__ for event in workflow.events.get(case)]


def test_ringing_does_what_is_due_and_sets_the_next_alarm() -> None:
    workflow = a_workflow()
    case = an_open_case(workflow)
    rows = MemoryRows((case, LOOK, RECEIVED))
    workflow.clock = at(LATER)

    CaseAlarms(workflow, rows).ring(case)

    assert topics(workflow, case)[-1] == "DueSoonReached"
    assert rows.rows == {(case, "next"): datetime(2026, 11, 18, 7, 30, tzinfo=LOCAL)}


def test_ringing_twice_does_nothing_twice() -> None:
    workflow = a_workflow()
    case = an_open_case(workflow)
    alarms = CaseAlarms(workflow, MemoryRows())
    workflow.clock = at(DUE)

    alarms.ring(case)
    before = topics(workflow, case)
    alarms.ring(case)

    assert topics(workflow, case) == before
    assert before[-3:] == ["DueSoonReached", "ApologyDrafted", "OverdueReached"]


def test_what_is_set_anew_while_it_rings_is_kept() -> None:
    workflow = a_workflow()
    case = an_open_case(workflow)
    rows = MemoryRows((case, LOOK, RECEIVED))

    class Meanwhile(CaseAlarms):
        def _ring(self, id: UUID, attempts: int) -> datetime | None:
            rows.rows[case, LOOK] = LATER
            return super()._ring(id, attempts)

    Meanwhile(workflow, rows).ring(case)

    assert rows.rows[case, LOOK] == LATER


def test_whoever_saves_meanwhile_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    workflow = a_workflow()
    case = an_open_case(workflow)
    save, collisions = workflow.save, [IntegrityError(), IntegrityError()]

    def sometimes(*aggregates: Any, **more: Any) -> Any:
        if collisions:
            raise collisions.pop()
        return save(*aggregates, **more)

    monkeypatch.setattr(workflow, "save", sometimes)
    CaseAlarms(workflow, MemoryRows()).ring(case)

    assert topics(workflow, case)[-1] == "DueSoonReached"


def test_an_alarm_of_nothing_is_silenced() -> None:
    rows = MemoryRows((DOSSIER, LOOK, RECEIVED))

    CaseAlarms(a_workflow(), rows).ring(DOSSIER)

    assert rows.rows == {}


def test_a_withdrawn_case_asks_for_no_alarm() -> None:
    workflow = a_workflow()
    case = an_open_case(workflow)
    workflow.handle(
        WithdrawalRequested(
            source="intake",
            position=next(positions),
            correlation_id="request-2",
            occurred_at=LATER,
            dossier_id=DOSSIER,
        )
    )
    workflow.decide_withdrawal(case, granted=True, reason="", by=an_officer("reviewer"))
    rows = MemoryRows((case, LOOK, RECEIVED))

    CaseAlarms(workflow, rows).ring(case)

    assert rows.rows == {}


def test_a_permit_goes_on_by_itself_when_the_consulted_agency_is_silent() -> None:
    timeout = {"value": 12, "unit": "day", "effect": "consent"}
    asked = a_step("asked", "review", timeout=timeout, clock="excluded")
    workflow = a_workflow()
    case = an_open_case(workflow, a_definition(REVIEW, asked, a_step("draft", "asked")))
    reviewer = an_officer("reviewer")
    workflow.finish_step(case, "review", Completion(), by=reviewer)
    stands = workflow.case(case, by=reviewer)["clock"]
    workflow.clock = at(datetime(2026, 11, 30, 17, 0, tzinfo=LOCAL))
    CaseAlarms(workflow, MemoryRows()).ring(case)

    told = workflow.case(case, by=reviewer)
    states = {each["step"]: each["state"] for each in told["steps"]}
    assert (stands["light"], stands["reasons"]) == ("stopped", ["excluded"])
    assert (states["asked"], states["draft"]) == ("done", "open")
    assert not told["clock"]["is_stopped"]
    assert told["clock"]["due_at"].startswith("2026-12-03T17:00")


def test_a_notice_is_heard_by_every_process_that_rings() -> None:
    workflow = a_workflow()
    case = an_open_case(workflow)
    alarms = CaseAlarms(workflow, MemoryRows())
    alarms.ring(case)
    off = CalendarNotice(
        uuid4(), date(2026, 11, 18), "off", "national", None, "12/TB", LATER
    )

    workflow.enter_calendar_notice(off, by=MANAGER)
    alarms.ring(case)

    assert "DueDateMoved" in topics(workflow, case)
    [told] = workflow.calendar_notices(by=MANAGER)
    assert (told["date"], told["is_revoked"]) == ("2026-11-18", False)


def test_publishing_the_same_twice_answers_all_the_same() -> None:
    workflow = a_workflow()
    decree = Decree(uuid4(), {}, "freeze", "45/QĐ", LATER)

    first = workflow.issue_decree(decree, by=MANAGER)
    assert workflow.issue_decree(decree, by=MANAGER) == first
    workflow.end_decree(decree.id, "46/QĐ", by=MANAGER)

    [told] = workflow.decrees(by=MANAGER)
    assert (told["is_in_force"], told["until"]) == (False, LATER.isoformat())


def alarms_of(event: Any) -> dict[str, datetime]:
    """The rows an event sets."""
    found = changes(event, the_directory())
    return {values["key"]: values["at"] for _, values in found if "key" in values}


def rows_of(handling: Handling) -> dict[str, dict[str, datetime]]:
    collected = handling.case.collect_events()
    return {type(each).__name__: alarms_of(each) for each in collected}


def test_a_new_case_is_looked_at_at_once() -> None:
    handling = Handling(the_usual())

    opened, *_ = handling.case.collect_events()

    assert alarms_of(opened) == {LOOK: opened.timestamp}


def test_a_step_rings_when_its_reminder_and_its_silence_come() -> None:
    timeout = {"value": 5, "unit": "working_day", "effect": "consent"}
    handling = a_case(a_definition(REVIEW, a_step("asked", "review", timeout=timeout)))
    handling.finish("review")

    assert rows_of(handling)["StepOpened"] == {
        "remind:asked": datetime(2026, 11, 23, 7, 30, tzinfo=LOCAL),
        "silence:asked": datetime(2026, 11, 25, 17, 0, tzinfo=LOCAL),
    }


def test_a_clock_that_runs_again_is_looked_at_and_a_new_date_rings_before() -> None:
    handling = a_case()
    handling.ask("review", "CC01")
    assert rows_of(handling) == {"SupplementAsked": {}}

    handling.answer(LATER + timedelta(days=6))

    rows = rows_of(handling)
    assert rows["SupplementAnswered"].keys() == {LOOK}
    assert rows["DueDateMoved"].keys() == {"due-soon"}


def test_whoever_is_released_or_closed_is_silent() -> None:
    handling = a_released_case()
    handling.hand_over()

    [closed] = handling.case.collect_events()

    done = [statement.split()[0] for statement, _ in changes(closed, the_directory())]
    assert done == ["DELETE", "DELETE"]


@pytest.mark.parametrize(
    ("scope", "scope_id", "units"),
    [("national", None, None), ("agency", "ca_xa", ["ca_xa"])],
)
def test_a_notice_rings_the_cases_of_its_offices(
    scope: Any, scope_id: str | None, units: list[str] | None
) -> None:
    [(_, values)] = changes(entered(scope, scope_id), the_directory())

    assert values["units"] == units


def test_a_notice_for_a_province_rings_all_its_offices() -> None:
    [(_, values)] = changes(entered("province", "66"), the_directory())

    assert "ubnd_xa" in values["units"]
    assert values["at"] >= LATER


def entered(scope: Any, scope_id: str | None) -> Any:
    gazette, by = Gazette(), MANAGER
    notice = CalendarNotice(uuid4(), DUE.date(), "off", scope, scope_id, "1", LATER)
    gazette.enter_notice(notice, directory=the_directory(), by=by)
    return gazette.collect_events()[-1]


def test_a_decree_rings_the_cases_it_may_concern() -> None:
    gazette = Gazette()
    selection = {"procedures": ["small"], "units": []}
    later = datetime.now(LOCAL) + timedelta(days=9)
    decree = Decree(uuid4(), selection, "freeze", "45/QĐ", later)
    gazette.issue_decree(decree, directory=the_directory(), by=MANAGER)

    [(_, values)] = changes(gazette.collect_events()[-1], the_directory())

    assert (values["procedures"], values["units"]) == (["small"], None)
    assert values["at"] == later


def test_what_rings_nobody_changes_no_row() -> None:
    handling = a_case()
    handling.claim("review")

    assert rows_of(handling) == {"StepAssigned": {}}


def test_a_duty_that_is_never_done_is_a_bug_and_not_the_end_of_all_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    handling = a_case()
    again = Duty(LATER, lambda act: None)
    monkeypatch.setattr(handling.case, "_next_duty", lambda act: again)

    with pytest.raises(EndlessDutyError):
        handling.case.ring(handling.act())
