from __future__ import annotations

from datetime import timedelta
from typing import Any, get_args
from uuid import UUID

import pytest

from services.portal.changes import Change, Heard, change
from services.portal.publisher import translate
from shared.contracts.base import Message
from shared.contracts.intake import (
    DossierAccepted,
    DossierOpened,
    DossierSubmitted,
    DossierTouched,
    FeesSettled,
    PersonErased,
    ProcedurePublished,
    SupplementAnswered,
    SupplementRequested,
)
from shared.contracts.notifications import NoticeProgressed
from shared.contracts.signing import PaperIssued, PaperWithdrawn
from shared.contracts.workflow import (
    ApologyApproved,
    CaseResumed,
    CaseSuspended,
    DueDateMoved,
    PaymentAsked,
    ProcessingStopped,
    ResultReleased,
    ResultWithdrawn,
    StepFinished,
    StepOpened,
    WithdrawalDecided,
)
from shared.messaging.topology import SUBSCRIPTIONS
from shared.personal import Personal
from tests.builders.portal import DOSSIER, NOON
from tools.event_catalogue import type_of

NAME = {"vi": "Thẩm tra", "en": "Review", "fr": "Instruction"}
SECRET = Personal("citizen:1", "Nguyễn Thị Mai")

ABOUT: dict[str, Any] = {
    "procedure": "certified-copy",
    "version": 1,
    "procedure_code": "2.000815",
    "procedure_name": NAME,
    "channel": "online",
    "applicant": "citizen:1",
    "unit": "ubnd_xa",
    "tracking_code": "BHWSGQMZSVVN",
    "language": "vi",
    "result_channel": "online",
    "contact": SECRET,
    "presentation": SECRET,
}

CASE: dict[str, Any] = {"case_id": DOSSIER, "unit": "stc"}
PAPER: dict[str, Any] = CASE | {
    "code": "H15.217-261120-0001",
    "procedure": "certified-copy",
    "procedure_code": "2.000815",
    "procedure_name": NAME,
    "language": "vi",
    "received_at": NOON,
    "presentation": SECRET,
}


def told(message: type[Message], **values: Any) -> Change:
    place = {"source": "intake", "position": 1, "correlation_id": "request-1"}
    about = {"dossier_id": DOSSIER, "occurred_at": NOON}
    return change(message.model_validate(place | about | values))


def an_opened_step(**values: Any) -> Change:
    step = {"case_id": DOSSIER, "step": "review", "name": NAME, "role": "reviewer"}
    return told(StepOpened, **(step | {"unit": "stc", "status": 4} | values))


def test_the_portal_understands_exactly_what_it_hears() -> None:
    understood = {type_of(message) for message in get_args(Heard)}

    assert understood == set(SUBSCRIPTIONS["portal"])


def test_a_draft_is_seen_by_its_applicant_and_the_desk_that_began_it() -> None:
    draft = {
        key: ABOUT[key] for key in ("procedure", "version", "channel", "applicant")
    }

    found = told(
        DossierOpened, **draft, unit="ubnd_xa", tracking_code="ABC", language="vi"
    )

    assert found.parties == ("citizen:1", "ubnd_xa")
    assert found.status is None


def test_a_submitted_dossier_waits_for_its_check() -> None:
    found = told(DossierSubmitted, **ABOUT, acknowledge_by=NOON)

    assert found.status == 1
    assert found.known["words"] == "tham tra review instruction"


def test_an_accepted_dossier_has_a_code_and_a_date() -> None:
    found = told(
        DossierAccepted,
        **ABOUT,
        code="H15.217-261120-0001",
        received_at=NOON,
        due_at=NOON + timedelta(days=1),
        legal_time={},
        accepted_by="staff:lan",
        officer=SECRET,
        answers=SECRET,
        documents=[],
        fees=[],
        fees_settled=True,
        exemption_groups=[],
    )

    assert (found.status, found.known["code"]) == (2, "H15.217-261120-0001")
    assert found.known["words"].startswith("h15.217-261120-0001 ")
    assert SECRET not in found.known.values()


def test_a_step_says_its_status_and_lets_its_unit_see_the_dossier() -> None:
    due = NOON + timedelta(days=9)

    found = an_opened_step(due_at=due)

    assert (found.status, found.parties) == (4, ("stc",))
    assert found.known == {"due_at": due, "case_id": DOSSIER}


def test_a_step_that_says_no_date_leaves_the_known_one() -> None:
    assert "due_at" not in an_opened_step().known


def test_an_erasure_says_of_whom_nothing_is_kept_any_more() -> None:
    found = told(PersonErased, dossier_id=None, subject="citizen:1")

    assert found == Change(forgotten="citizen:1")


@pytest.mark.parametrize(("stage", "status"), [("intake", 1), ("review", 4)])
def test_an_answered_supplement_goes_back_to_where_it_was_asked(
    stage: str, status: int
) -> None:
    sealed = {"answers": SECRET, "presentation": SECRET}

    answered = told(SupplementAnswered, stage=stage, **sealed, documents=[])

    assert (answered.ends, answered.status) == (5, status)


def test_an_asked_supplement_stops_the_dossier() -> None:
    asked = told(SupplementRequested, stage="review", items=[], answer_by=None)

    assert (asked.begins, asked.status) == (5, None)


def test_a_needless_step_is_not_worth_a_line() -> None:
    step = {"case_id": DOSSIER, "step": "x", "unit": "stc", "finished_by": "system"}

    assert told(StepFinished, **step, outcome=None).line is None
    assert told(StepFinished, **step, outcome="ok").line


def test_a_released_result_says_what_was_decided() -> None:
    found = told(
        ResultReleased,
        outcome="granted",
        outcome_kind="grant",
        outcome_title=NAME,
        paper_id=UUID(int=5),
        unit="ubnd_xa",
    )

    assert found.status == 9
    assert found.known["outcome_kind"] == "grant"


def test_only_a_withdrawal_that_was_not_granted_needs_a_line() -> None:
    assert told(WithdrawalDecided, granted=False).line is not None
    assert told(WithdrawalDecided, granted=True) == Change()


def test_a_withdrawn_result_is_worked_on_again() -> None:
    found = told(
        ResultWithdrawn,
        paper_id=UUID(int=5),
        reason=SECRET,
        legal_basis="Điều 31",
        withdrawn_by="staff:hoa",
    )

    assert (found.status, found.is_step_back) == (4, True)
    assert found.known["outcome"] is None


def test_what_is_to_be_paid_holds_a_dossier_up_until_it_is_paid() -> None:
    asked = told(
        PaymentAsked,
        **CASE,
        step="review",
        amount=50_000,
        name=NAME,
        legal_basis="Điều 5",
        asked_by="staff:lan",
    )

    assert (asked.begins, asked.line) == (6, {"unit": "stc", "step": "review"})
    assert told(FeesSettled).ends == 6


def test_a_suspended_case_rests_until_it_is_resumed() -> None:
    due = NOON + timedelta(days=9)
    resting = {"reason": SECRET, "legal_basis": "Điều 9", "suspended_by": "staff:hoa"}

    suspended = told(CaseSuspended, **CASE, **resting)
    resumed = told(CaseResumed, case_id=DOSSIER, due_at=due, resumed_by="staff:hoa")

    assert (suspended.begins, resumed.ends) == (8, 8)
    assert resumed.known == {"due_at": due}


@pytest.mark.parametrize(
    ("ground", "status", "begins"), [("withdrawal", 7, None), ("stop", None, 8)]
)
def test_a_case_that_ends_without_a_result_was_withdrawn_or_stopped(
    ground: str, status: int | None, begins: int | None
) -> None:
    stopped = {"reason": SECRET, "legal_basis": "Điều 9", "stopped_by": "staff:hoa"}

    found = told(ProcessingStopped, **PAPER, ground=ground, **stopped, officer=SECRET)

    assert (found.status, found.begins) == (status, begins)


def test_a_date_that_moved_keeps_the_first_promise_and_says_why() -> None:
    later = NOON + timedelta(days=9)

    found = told(
        DueDateMoved,
        case_id=DOSSIER,
        old_due_at=NOON,
        new_due_at=later,
        original_due_at=NOON,
        reason="calendar",
    )

    assert found.known == {"due_at": later, "due_reason": "calendar"}
    assert found.line == {"due_at": later, "reason": "calendar"}


@pytest.mark.parametrize(("is_extension", "known"), [(True, False), (False, True)])
def test_only_an_extension_moves_the_legal_date(
    is_extension: bool, known: bool
) -> None:
    people = {"proposed_by": "staff:lan", "approved_by": "staff:hoa"}
    dates = {"old_due_at": NOON, "new_due_at": NOON + timedelta(days=2)}

    found = told(
        ApologyApproved,
        **PAPER,
        **dates,
        **people,
        is_extension=is_extension,
        reason=SECRET,
        approver=SECRET,
    )

    assert ("expected_at" in found.known) is known
    assert "due_at" not in found.known


def test_a_withdrawn_paper_is_marked() -> None:
    found = told(
        PaperWithdrawn,
        paper_id=UUID(int=5),
        kind="decision",
        number="1/QĐ",
        reason="",
        withdrawn_at=NOON,
    )

    assert found.withdrawn_paper == UUID(int=5)


def test_nothing_about_a_person_stands_in_the_public_timeline() -> None:
    resting = {"reason": SECRET, "legal_basis": "Điều 9", "suspended_by": "staff:hoa"}

    assert told(CaseSuspended, **CASE, **resting).line == {
        "unit": "stc",
        "role": "agency_leader",
    }


def test_a_paper_and_a_notice_are_kept() -> None:
    paper = told(
        PaperIssued,
        paper_id=UUID(int=5),
        kind="receipt",
        title=NAME,
        number="1/GTN",
        unit="ubnd_xa",
        sha256="f" * 64,
        size=3,
        issued_at=NOON,
    ).paper
    notice = told(
        NoticeProgressed,
        notice_id=UUID(int=6),
        channel="sms",
        template="accepted",
        language="vi",
        state="sent",
        reason=None,
    ).notice

    assert paper
    assert paper["number"] == "1/GTN"
    assert notice
    assert notice["state"] == "sent"


def test_a_published_procedure_is_found_without_its_marks() -> None:
    definition = {
        "names": NAME,
        "code": "2.000815",
        "code_aliases": [],
        "sector": {"id": "justice", "name": dict.fromkeys(NAME, "Tư pháp")},
        "version": {"number": 1, "valid_from": "2026-07-01", "valid_to": None},
    }

    found = told(ProcedurePublished, slug="copy", version=1, definition=definition)

    assert found.procedure
    words = "tham tra review instruction tu phap tu phap tu phap 2.000815 copy"
    assert found.procedure["words"] == words


def test_all_else_only_says_that_something_changed() -> None:
    assert told(DossierTouched, topic="intake.dossier.filled") == Change()


def test_no_event_of_the_portal_is_told_to_the_others() -> None:
    place: Any = None

    assert list(translate(object(), place)) == []
