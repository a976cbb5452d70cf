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
    ProcedurePublished,
    SupplementAnswered,
    SupplementRequested,
)
from shared.contracts.notifications import NoticeProgressed
from shared.contracts.signing import PaperIssued
from shared.contracts.workflow import (
    ResultReleased,
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
    assert found.known == {"due_at": due}


def test_a_step_that_says_no_date_leaves_the_known_one() -> None:
    assert an_opened_step().known == {}


@pytest.mark.parametrize(("stage", "status"), [("intake", 1), ("review", 4)])
def test_an_answered_supplement_goes_back_to_where_it_was_asked(
    stage: str, status: int
) -> None:
    sealed = {"answers": SECRET, "presentation": SECRET}

    assert (
        told(SupplementAnswered, stage=stage, **sealed, documents=[]).status == status
    )


def test_an_asked_supplement_stops_the_dossier() -> None:
    asked = told(SupplementRequested, stage="review", items=[], answer_by=None)

    assert asked.status == 5


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
        "version": {"number": 1, "valid_from": "2026-07-01", "valid_to": None},
    }

    found = told(ProcedurePublished, slug="copy", version=1, definition=definition)

    assert found.procedure
    assert found.procedure["words"] == "tham tra review instruction 2.000815 copy"


def test_all_else_only_says_that_something_changed() -> None:
    assert told(DossierTouched, topic="intake.dossier.filled") == Change()


def test_no_event_of_the_portal_is_told_to_the_others() -> None:
    place: Any = None

    assert list(translate(object(), place)) == []
