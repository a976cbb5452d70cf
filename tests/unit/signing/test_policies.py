from __future__ import annotations

import json
from typing import Any

import pytest

from services.signing.commands import (
    BeginCorrespondence,
    GrantAccess,
    NoteFiling,
    RequestPaper,
    WithdrawPaper,
)
from services.signing.domain import PaperKind
from services.signing.policies import react
from shared.contracts.base import Message
from shared.personal import Erased, Personal
from tests.builders.signing import (
    CODE,
    DOSSIER,
    NOW,
    SAMPLE,
    UNIT,
    a_decision_approved,
    a_dossier_accepted,
    a_dossier_opened,
    a_dossier_refused,
    a_dossier_submitted,
    a_paper_requested,
    a_payment_recorded,
    a_processing_stopped,
    a_result_withdrawn,
    a_step_opened,
    a_supplement_requested,
    an_apology_approved,
)


def requested(message: Message) -> RequestPaper:
    [paper] = [each for each in react(message) if isinstance(each, RequestPaper)]
    return paper


def content(message: Message) -> dict[str, Any]:
    found = requested(message).content
    assert isinstance(found, Personal)
    said: dict[str, Any] = json.loads(found.value)
    return said


def test_an_opened_dossier_begins_a_correspondence_its_applicant_may_see() -> None:
    assert react(a_dossier_opened(unit=None)) == (
        BeginCorrespondence(DOSSIER, "TRACK7"),
        GrantAccess(DOSSIER, "citizen-1"),
    )


def test_the_unit_that_opened_a_dossier_may_see_its_papers_too() -> None:
    assert GrantAccess(DOSSIER, UNIT) in react(a_dossier_opened())


def test_a_unit_with_a_step_of_the_dossier_may_see_its_papers() -> None:
    assert react(a_step_opened(unit="so_y_te")) == (GrantAccess(DOSSIER, "so_y_te"),)


def test_an_accepted_dossier_is_acknowledged_by_a_receipt() -> None:
    paper = requested(a_dossier_accepted())

    assert (paper.kind, paper.form, paper.code) == (PaperKind.RECEIPT, "receipt", CODE)
    assert paper.title["vi"] == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    assert (paper.series, paper.number_form) == ("receipt", "{n}/{yyyy}-TN")


def test_a_receipt_counts_the_papers_and_names_the_fees_that_are_due() -> None:
    free = {"code": "X", "name": {"vi": "Miễn"}, "amount": 0, "due": False}

    said = content(a_dossier_accepted(fees=[*SAMPLE["fees"], free]))

    assert [each["files"] for each in said["documents"]] == [0, 1, 2]
    assert [each["originals"] for each in said["documents"]] == [1, 0, 0]
    assert [each["code"] for each in said["fees"]] == ["LP_XD"]
    assert said["applicant"]["name"] == "Nguyễn Thị Bích Hằng"


def test_a_receipt_claims_no_original_of_what_was_only_uploaded() -> None:
    uploaded = SAMPLE["documents"][2]
    assert (uploaded["manner"], uploaded["originals"]) == ("upload", 2)

    [line] = content(a_dossier_accepted(documents=[uploaded]))["documents"]

    assert (line["originals"], line["files"]) == (0, 2)


def test_a_dossier_that_is_not_received_gets_form_03_without_a_code() -> None:
    paper = requested(a_dossier_refused())

    assert (paper.kind, paper.form, paper.code) == (PaperKind.REFUSAL, "refusal", None)
    assert (paper.series, paper.number_form) == ("refusal", "{n}/{yyyy}-TC")


def test_a_refusal_gives_every_reason_and_the_note() -> None:
    said = content(a_dossier_refused())

    assert said["reasons"] == SAMPLE["reasons"]
    assert said["note"] == "Đề nghị nộp hồ sơ tại Sở Xây dựng."


def test_an_approved_result_is_numbered_in_the_series_of_its_kind() -> None:
    paper = requested(a_decision_approved())

    assert (paper.kind, paper.form) == (PaperKind.DECISION, "decision")
    assert paper.series == "house-building-permit/permit"
    assert paper.number_form == "{n}/GPXD"


def test_a_result_without_a_form_of_number_takes_the_common_one() -> None:
    paper = requested(a_decision_approved(outcome=SAMPLE["refused"]))

    assert (paper.series, paper.number_form) == ("decision", "{n}/{yyyy}/KQ")


def test_a_result_that_refuses_is_written_as_a_refusal() -> None:
    assert requested(a_decision_approved(outcome=SAMPLE["refused"])).form == "rejection"


def test_a_decision_holds_what_the_reviewer_wrote_and_the_leader_approved() -> None:
    message = a_decision_approved()

    assert content(message)["text"] == SAMPLE["text"]
    assert requested(message).officer == message.approver


def test_the_result_of_a_branch_is_a_paper_of_its_own_kind() -> None:
    branch = requested(a_decision_approved(branch="health-card", unit="so_y_te"))

    assert (branch.kind, branch.form) == (PaperKind.BRANCH, "decision")
    assert branch.unit == "so_y_te"
    refused = a_decision_approved(branch="residence", outcome=SAMPLE["refused"])
    assert requested(refused).form == "rejection"


def test_who_approves_for_somebody_else_signs_by_delegation() -> None:
    assert not content(a_decision_approved())["by_delegation"]
    assert content(a_decision_approved(on_behalf_of="staff:bao"))["by_delegation"]


def test_a_request_for_more_is_form_02_with_every_item_and_its_reason() -> None:
    paper = requested(a_supplement_requested())

    assert (paper.kind, paper.form, paper.code) == ("supplement", "supplement", CODE)
    assert (paper.series, paper.number_form) == ("supplement", "{n}/{yyyy}-BS")
    items = content(a_supplement_requested())["items"]
    assert [each["quantity"] for each in items] == [2, 1, None]
    assert items[0]["reason"]["vi"] == "Bản sao chưa được chứng thực"
    assert items[1]["note"] == "Thiếu bản vẽ móng."


def test_a_request_of_which_nothing_is_known_makes_no_paper() -> None:
    """As they were told before form 02 was sealed."""
    assert react(a_supplement_requested(about=None)) == ()
    assert react(a_supplement_requested(presentation=None)) == ()


def test_a_request_before_acceptance_has_no_code_and_perhaps_no_officer() -> None:
    paper = requested(a_supplement_requested(code=None, officer=None, stage="intake"))

    assert paper.code is None
    assert isinstance(paper.officer, Erased)


def test_an_apology_is_form_04_with_both_dates() -> None:
    message = an_apology_approved()

    paper, said = requested(message), content(message)
    assert (paper.kind, paper.number_form) == (PaperKind.APOLOGY, "{n}/{yyyy}-PXL")
    assert said["old_due_at"] < said["new_due_at"]
    assert said["is_extension"]
    assert paper.officer == message.approver


def test_a_stopped_dossier_gets_form_05() -> None:
    message = a_processing_stopped()

    paper, said = requested(message), content(message)
    assert (paper.kind, paper.form) == (PaperKind.STOP, "stop")
    assert (said["ground"], said["text"]) == ("withdrawal", SAMPLE["stop"])


def test_money_that_came_in_gets_a_numbered_receipt() -> None:
    paper, said = requested(a_payment_recorded()), content(a_payment_recorded())

    assert (paper.kind, paper.number_form) == (PaperKind.PAYMENT, "{n}/{yyyy}-BL")
    assert (said["amount"], said["method"]) == (215000, "cash")
    assert [each["kind"] for each in said["lines"]] == ["le_phi", "phi"]


def test_money_that_came_online_names_no_cashier() -> None:
    assert isinstance(requested(a_payment_recorded(officer=None)).officer, Erased)


def test_a_result_that_is_called_back_withdraws_its_paper() -> None:
    message = a_result_withdrawn(DOSSIER)

    assert react(message) == (
        WithdrawPaper(DOSSIER, message.reason, message.legal_basis, "officer-9", NOW),
    )


def test_the_hour_at_which_a_dossier_was_handed_in_online_is_kept() -> None:
    assert react(a_dossier_submitted()) == (
        GrantAccess(DOSSIER, UNIT),
        NoteFiling(DOSSIER, NOW),
    )


@pytest.mark.parametrize("field", ["presentation", "text"])
def test_of_a_forgotten_person_nothing_is_kept(field: str) -> None:
    gone = Erased("citizen-1")

    named: Any = {field: gone}
    assert requested(a_decision_approved(**named)).content == gone


def test_what_is_not_for_us_is_a_mistake_of_the_wiring() -> None:
    with pytest.raises(NotImplementedError):
        react(a_paper_requested(DOSSIER))
