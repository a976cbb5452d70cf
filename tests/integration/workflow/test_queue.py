"""The queue of open steps, in a real database, beside the log it follows."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from services.intake.config import IntakeSettings
from services.workflow.domain.steps import Completion
from services.workflow.ports import Filters
from shared import bootstrap
from shared.contracts.intake import SupplementAnswered
from shared.personal import Personal
from tests.builders import an_officer
from tests.builders.workflow import DUE, LATER
from tests.integration.workflow.reading import Reading


def test_the_most_urgent_case_comes_first(reading: Reading) -> None:
    later, sooner = reading.open_case(days=5), reading.open_case(days=1)

    assert reading.cases() == [sooner, later]
    assert reading.counts() == {"open": 2, "mine": 0, "unassigned": 2, "found": 2}


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
    assert reading.counts() == {"open": 2, "mine": 1, "unassigned": 1, "found": 2}
    reading.workflow.assign_step(mine, "review", "officer-9", by=reading.leader)
    assert reading.counts(mine=True) == {
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
    reading.hear(case, SupplementAnswered, stage="review", **answer)

    [item] = reading.queue(status=4)["items"]
    assert item["due_at"] == "2026-11-23T10:00:00+00:00"  # it was 19 November


def test_what_is_done_or_withdrawn_is_gone(reading: Reading) -> None:
    done, withdrawn = reading.open_case(), reading.open_case()
    ok, by = Completion(), reading.reviewer
    position = reading.workflow.finish_step(done, "review", ok, by=by)
    reading.withdraw(withdrawn)

    assert reading.cases(role="reviewer", seen=position) == []
    assert reading.cases(role="agency_leader") == [done]
    assert reading.counts(role="reviewer") == {
        "open": 0,
        "mine": 0,
        "unassigned": 0,
        "found": 0,
    }


def test_an_emergency_goes_before_what_is_due_sooner(reading: Reading) -> None:
    ordinary = reading.open_case()
    urgent = reading.open_case(days=5, is_emergency=True)

    assert reading.cases() == [urgent, ordinary]
    assert reading.cases(priority=True) == [urgent]
    assert reading.cases(priority=False) == [ordinary]
    assert reading.counts(priority=True)["found"] == 1


def test_late_near_and_later_cases_part_the_list(reading: Reading) -> None:
    late, near, later = (reading.open_case(days=days) for days in (-3, 0, 30))

    found = {due: reading.cases(due=due) for due in ("overdue", "soon", "later")}

    assert found == {"overdue": [late], "soon": [near], "later": [later]}
    assert [reading.counts(due=due)["found"] for due in found] == [1, 1, 1]


def test_while_the_clock_stands_no_case_is_late(reading: Reading) -> None:
    waiting = reading.open_case()
    items = [{"kind": "document", "key": "CC01"}]
    by, workflow = reading.reviewer, reading.workflow
    workflow.ask_supplement(waiting, "review", items, note="", by=by)
    workflow.clock = lambda: DUE + timedelta(days=30)

    [item] = reading.queue(due="later")["items"]
    workflow.clock = lambda: LATER

    assert (item["case_id"], item["is_stopped"]) == (str(waiting), True)


def test_words_are_found_without_their_marks_names_among_them(reading: Reading) -> None:
    dao = reading.open_case(applicant="Nguyễn Thị Đào", code="H15.66-261116-0815")
    reading.open_case(applicant="Trần Văn Minh")

    assert reading.cases(q="ĐÀO nguyen") == [dao]
    assert reading.cases(q="261116 0815") == [dao]
    assert reading.cases(q="Đào Minh") == []
    assert len(reading.cases(q="bước")) == 2  # what the procedure is called
    assert reading.counts(q="dao")["found"] == 1


def test_a_code_is_found_by_how_it_begins(reading: Reading) -> None:
    case = reading.open_case(code="H15.66-261116-0042")
    other = reading.open_case(code="H15.66-261116-9_%9")

    assert reading.cases(code="h15.66-261116-00") == [case]
    assert reading.cases(code="H15.66-261116-9_%") == [other]
    assert reading.cases(code="%") == []


def test_all_that_one_applicant_waits_for_is_found(reading: Reading) -> None:
    case, _ = reading.open_case(), reading.open_case()

    assert reading.cases(applicant=reading.case(case).applicant) == [case]


def test_what_people_are_called_stands_nowhere_in_the_view(reading: Reading) -> None:
    case = reading.open_case(applicant="Nguyễn Thị Đào")
    reading.follow()

    words = reading.stored("workflow_queue", case)["words"]

    assert {"nguyen", "thi", "dao"}.isdisjoint(words)


def test_nobody_finds_whoever_was_forgotten(reading: Reading) -> None:
    case = reading.open_case(applicant="Nguyễn Thị Đào")
    applicant = reading.case(case).applicant
    bootstrap.keys(IntakeSettings()).erase(applicant)  # who alone may

    assert reading.cases(q="dao") == []
    assert reading.cases() == [case]


def test_neighbours_are_known_even_when_the_step_is_done(reading: Reading) -> None:
    first, here, last = (reading.open_case(days=days) for days in range(3))
    by, workflow = reading.reviewer, reading.workflow
    wanted = Filters(role="reviewer")
    reading.workflow.finish_step(here, "review", Completion(), by=by)
    reading.follow()

    around = workflow.neighbours(here, "review", wanted, by=by)

    assert around["previous"]["case_id"] == str(first)
    assert around["next"]["case_id"] == str(last)


def test_a_near_date_is_told_to_whoever_works_on_it(reading: Reading) -> None:
    case = reading.open_case()
    workflow, by = reading.workflow, reading.reviewer
    workflow.claim_step(case, "review", by=by)
    reading.ring(case, DUE - timedelta(hours=1))

    told = [each["kind"] for each in workflow.alerts(by=by)]
    leader = an_officer("unit_leader", agency=reading.unit, subject="leader-2")

    assert told == ["near-due"]
    assert {each["kind"] for each in workflow.alerts(by=leader)} == {
        *("near-due", "apology-drafted")
    }
    assert workflow.alerts(by=an_officer("reviewer", subject="other")) == []


def test_a_late_case_is_told_to_those_above_until_it_is_over(reading: Reading) -> None:
    case = reading.open_case()
    reading.ring(case, DUE + timedelta(hours=1))
    manager = an_officer("manager", agency="so_xay_dung")

    for leader in (reading.leader, manager):
        told = reading.workflow.alerts(by=leader)
        assert "overdue" in {
            each["kind"] for each in told if each["case_id"] == str(case)
        }
    reading.withdraw(case)
    reading.follow()
    assert reading.workflow.alerts(by=reading.leader) == []
