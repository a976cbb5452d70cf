"""Sheets that officers print: forms 06 and 07, and their like."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest

from services.portal import registers, sheets
from shared.directory import Directory
from tests.builders import an_applicant, an_officer
from tests.builders import signing as papers
from tests.builders.portal import (
    DOSSIER,
    NOON,
    APortal,
    a_citizen,
    a_portal,
    an_account,
)

CASE = "00000000-0000-0000-0000-000000000008"
DESK = an_officer("front_desk")
DIRECTORY = Directory.load()
LATER = (NOON + timedelta(hours=2)).isoformat()
SHEETS = ("control-sheet", "processing-sheet", "handover-sheet", "result-receipt")


def a_step(step: str, **named: Any) -> dict[str, Any]:
    name = {"vi": f"Bước {step}", "en": f"Step {step}", "fr": f"Étape {step}"}
    return {
        "step": step,
        "name": name,
        "unit": "ubnd_xa",
        "role": "reviewer",
        "state": "done",
        "outcome": "ok",
        "opened_at": NOON.isoformat(),
        "finished_at": LATER,
        "assignee": "staff:lan",
        "finished_by": "staff:lan",
    } | named


def a_case(**named: Any) -> dict[str, Any]:
    title = {"vi": "Giấy phép xây dựng", "en": "Building permit", "fr": "Permis"}
    approval = {"unit": "phong_kt_xa", "opened_at": LATER, "finished_at": None}
    return {
        "id": CASE,
        "version": 4,
        "dossier_id": str(DOSSIER),
        "code": papers.CODE,
        "procedure_name": papers.SAMPLE["procedure"],
        "steps": [a_step("review"), a_step("approval", **approval, outcome=None)],
        "result": {"title": title, "number": "01/GPXD"},
    } | named


def a_receipt(**named: Any) -> dict[str, Any]:
    signing = papers.a_signing()
    papers.a_requested_paper(signing)
    found = signing.receipt(papers.DOSSIER, by=an_applicant())
    return found | {"dossier_id": str(DOSSIER)} | named


def a_portal_with(case: dict[str, Any], *receipts: dict[str, Any]) -> APortal:
    answers: dict[str, Any] = {
        "workflow.case": case,
        "signing.receipt": receipts[0],
        "signing.receipts": {"items": list(receipts), "next": None},
    }
    portal = a_portal(answers)
    an_account(portal.parts.accounts, "lan", "reviewer")
    return portal


def shown(portal: APortal, path: str) -> str:
    answer = portal.person(DESK).get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
@pytest.mark.parametrize("kind", SHEETS)
def test_every_sheet_is_a_page_and_a_file(kind: str, language: str) -> None:
    portal = a_portal_with(a_case(), a_receipt())

    on_screen = shown(portal, f"/{language}/staff/cases/{CASE}/{kind}")
    file = portal.program(DESK).get(f"/api/v1/cases/{CASE}/{kind}.pdf?lang={language}")

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in on_screen
    assert "style=" not in on_screen
    assert file.headers["content-type"] == "application/pdf"
    assert papers.CODE in file.headers["content-disposition"]
    assert ("SOCIALIST REPUBLIC" in file.text) == (language == "en")


def test_the_control_sheet_names_who_had_the_dossier_and_when() -> None:
    portal = a_portal_with(a_case(), a_receipt())

    page = shown(portal, f"/vi/staff/cases/{CASE}/control-sheet")

    assert "Lê Thị Lan" in page
    assert "12 giờ 00 phút, ngày 20/11/2026" in page
    assert "Đạt yêu cầu" in page
    assert "Nguyễn Thị Bích Hằng" in page


def test_hand_overs_that_the_case_tells_of_are_shown_as_they_are() -> None:
    hop = {
        "unit": "phong_kt_xa",
        "at": NOON.isoformat(),
        "deliverer": "staff:lan",
        "receiver": "staff:unknown",
        "result": "on_time",
        "remark": "Kèm bản vẽ",
    }
    portal = a_portal_with(a_case(handovers=[hop]), a_receipt())

    answer = portal.program(DESK).get(f"/api/v1/cases/{CASE}/control-sheet")

    [line] = answer.json()["hops"]
    assert (line["deliverer"], line["receiver"]) == ("Lê Thị Lan", "staff:unknown")
    assert line["result"]["vi"] == "Đúng hạn"
    assert line["remark"] == {"vi": "Kèm bản vẽ"}


def test_the_processing_sheet_says_who_came_next() -> None:
    steps = sheets.begun(a_case())

    assert sheets.next_unit(steps[0], steps) == "phong_kt_xa"
    assert sheets.next_unit(steps[1], steps) is None


def test_a_sheet_that_does_not_exist_is_not_found() -> None:
    portal = a_portal_with(a_case(), a_receipt())

    answer = portal.person(DESK).get(f"/vi/staff/cases/{CASE}/love-letter")

    assert answer.status_code == 404


def test_applicants_print_no_sheets_of_officers() -> None:
    portal = a_portal_with(a_case(), a_receipt())

    answers = [
        portal.program(a_citizen()).get(path)
        for path in (f"/api/v1/cases/{CASE}/control-sheet", "/api/v1/register")
    ]

    assert [each.status_code for each in answers] == [403, 403]


def test_the_register_lists_what_was_received_and_what_became_of_it() -> None:
    portal = a_portal_with(a_case(), a_receipt())
    portal.views.reached[DOSSIER] = {
        "id": DOSSIER,
        "status": 10,
        "due_at": NOON,
        "agency": "phong_kt_xa",
        "transferred_at": NOON,
        "result_at": NOON + timedelta(days=1),
        "returned_at": NOON + timedelta(days=2),
    }

    answer = portal.program(DESK).get("/api/v1/register?from=2026-11-01&to=2026-11-30")

    [line] = answer.json()["lines"]
    assert (line["code"], line["owner"]) == (papers.CODE, "Nguyễn Thị Bích Hằng")
    assert line["papers"] == 4  # an original, a copy, and two files
    assert line["agency"]["vi"] == DIRECTORY.unit("phong_kt_xa").name["vi"]
    assert line["returned_at"].startswith("2026-11-22")
    assert line["remark"]["en"] == "Late"
    assert portal.bus.questions[0][1]["since"] == "2026-11-01"


def test_the_register_is_of_today_and_of_ones_own_unit_unless_said_otherwise() -> None:
    portal = a_portal_with(a_case(), a_receipt())

    page = shown(portal, "/fr/staff/register?from=nonsense")

    assert "Registre des dossiers" in page
    method, asked = portal.bus.questions[0]
    assert (method, asked["unit"]) == ("signing.receipts", "ubnd_xa")
    assert asked["since"] == asked["until"] == "2026-11-20"


def test_a_register_that_nobody_could_read_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheets, "LONGEST", 1)
    portal = a_portal_with(a_case(), a_receipt(), a_receipt())

    answer = portal.program(DESK).get("/api/v1/register.pdf")

    assert answer.json()["code"] == "register-too-long"


def test_an_empty_register_says_so() -> None:
    portal = a_portal({"signing.receipts": {"items": [], "next": None}})

    assert "Không có hồ sơ nào" in shown(portal, "/vi/staff/register")


@pytest.mark.parametrize(
    ("status", "remark"), [(7, "Công dân yêu cầu rút hồ sơ"), (4, "")]
)
def test_a_line_says_why_its_dossier_has_no_result(status: int, remark: str) -> None:
    line = registers.line(a_receipt(), {"status": status}, DIRECTORY)

    assert line["remark"]["vi"] == remark


def test_of_a_forgotten_person_the_line_keeps_code_and_dates() -> None:
    nobody = {"name": None, "address": None, "phone": None, "email": None}
    receipt = deepcopy(a_receipt(applicant=nobody, owner=None, subject=None))

    line = registers.line(receipt, {}, DIRECTORY)

    assert (line["owner"], line["address"]) == (None, "")
    assert line["code"] == papers.CODE


def test_an_office_that_is_no_more_is_named_by_its_mark() -> None:
    assert registers.agency("gone", DIRECTORY) == {"vi": "gone"}


def test_there_is_no_register_of_an_unknown_unit() -> None:
    portal = a_portal({"signing.receipts": {"items": [], "next": None}})
    auditor = an_officer("auditor", agency="reception")

    answer = portal.program(auditor).get("/api/v1/register?unit=nowhere")

    assert (answer.status_code, answer.json()["code"]) == (422, "unit-unknown")
