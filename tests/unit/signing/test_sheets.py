from __future__ import annotations

from dataclasses import replace

from services.signing.sheets import groups, owner, parent
from shared.directory import Directory
from shared.personal import Erased
from tests.builders.signing import (
    NOW,
    SAMPLE,
    a_decision_approved,
    a_dossier_accepted,
    a_sheet,
)

DIRECTORY = Directory.load()


def test_a_decision_shows_what_was_asked_for_and_nothing_else() -> None:
    found = groups({"rows": SAMPLE["rows"]}, DIRECTORY)

    assert [each["label"]["vi"] for each in found] == ["Thông tin công trình"]
    assert len(found[0]["rows"]) == 7


def test_what_was_not_answered_is_not_shown() -> None:
    empty = [row | {"value": ""} for row in SAMPLE["rows"]]

    assert groups({"rows": empty}, DIRECTORY) == []


def test_a_form_without_rows_has_no_groups() -> None:
    assert groups({}, DIRECTORY) == []


def test_a_receipt_names_the_owner_for_whom_somebody_acts() -> None:
    label = DIRECTORY.common["field_groups"]["dossier_owner"]["label"]
    name = {"group": label, "label": {"vi": "Chủ hồ sơ"}, "value": "Lê Văn Tám"}

    assert owner({"rows": [*SAMPLE["rows"], name]}, DIRECTORY) == [name]
    assert owner({"rows": SAMPLE["rows"]}, DIRECTORY) == []


def test_a_receipt_names_the_desk_that_took_it_in_for_another_office() -> None:
    elsewhere = a_sheet(a_dossier_accepted(receiving_point="ttpvhcc_tinh"))
    here = a_sheet(a_dossier_accepted(receiving_point="ubnd_xa"))

    assert elsewhere.unit.id == "ubnd_xa"
    assert elsewhere.content["handed_in_at"] == DIRECTORY.unit("ttpvhcc_tinh").name
    assert here.content["handed_in_at"] is None


def test_a_division_names_the_committee_above_it() -> None:
    division = DIRECTORY.unit("phong_kt_xa")

    assert parent(division, DIRECTORY) == "Ủy ban nhân dân xã Ea Kly"


def test_a_committee_stands_for_itself() -> None:
    assert parent(DIRECTORY.unit("ubnd_xa"), DIRECTORY) == ""


def test_a_unit_of_an_unknown_kind_stands_for_itself() -> None:
    stranger = DIRECTORY.unit("ubnd_xa").model_copy(update={"agency": "unknown"})

    assert parent(stranger, DIRECTORY) == ""


def test_a_paper_is_signed_with_the_name_of_who_approved_it() -> None:
    assert a_sheet(a_decision_approved()).officer == "Phạm Quốc Bảo"


def test_the_name_of_a_forgotten_officer_stays_away() -> None:
    forgotten = a_decision_approved(approver=Erased("officer-9"))

    assert a_sheet(forgotten).officer == ""


def test_the_code_on_a_paper_leads_to_the_page_in_its_language() -> None:
    sheet = a_sheet(a_decision_approved(language="fr"))

    assert sheet.tracking_url.endswith("/fr/t/TRACK7")
    assert sheet.dated == NOW


def test_what_stands_on_a_paper_is_not_in_its_repr() -> None:
    """It would end in a log."""
    sheet = replace(a_sheet(), tracking_url="")

    assert "Bích Hằng" not in repr(sheet)
