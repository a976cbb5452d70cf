from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from shared.directory import (
    CATALOGUE,
    BrokenFileError,
    Directory,
    UnknownUnitError,
    read,
)


def test_every_kind_of_agency_has_a_unit() -> None:
    directory = Directory.load()

    assert {each.agency for each in directory.units} == directory.agencies.keys()


def test_dossier_codes_of_units_are_unique() -> None:
    codes = [each.code for each in Directory.load().units]

    assert len(set(codes)) == len(codes)


def test_a_folder_without_lists_uses_those_of_the_project(tmp_path: Path) -> None:
    assert Directory.load(tmp_path).units == Directory.load().units


def test_a_kind_that_no_unit_stands_for_is_its_own_unit(tmp_path: Path) -> None:
    lists = read(CATALOGUE / "agencies.json")
    lists["agencies"].append({**lists["agencies"][0], "id": "so_moi"})
    (tmp_path / "agencies.json").write_text(json.dumps(lists))

    unit = Directory.load(tmp_path).unit_of("so_moi")

    assert (unit.id, unit.code) == ("so_moi", "H15.900")


def test_a_unit_is_found_by_its_place_or_another_stands_in() -> None:
    directory = Directory.load()

    assert directory.unit_of("ca_xa", commune="24496").id == "ca_xa"
    assert directory.unit_of("ca_xa", province="66").id == "ca_xa"
    assert directory.unit_of("ca_xa", province="01").id == "ca_xa"


def test_what_nobody_knows_is_no_unit() -> None:
    directory = Directory.load()

    with pytest.raises(UnknownUnitError):
        directory.unit("nowhere")
    with pytest.raises(UnknownUnitError):
        directory.unit_of("nowhere")


def test_only_reception_points_receive_for_others() -> None:
    directory = Directory.load()

    assert directory.is_reception("ttpvhcc_xa")
    assert not directory.is_reception("ca_xa")
    assert not directory.is_reception(None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "Expecting"),
        ("[]", "not an object"),
        ('{"kind": "units"}', "required"),
    ],
)
def test_a_broken_file_is_named_with_the_place_and_the_reason(
    content: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "units.json").write_text(content)

    with pytest.raises(BrokenFileError) as refusal:
        Directory.load(tmp_path)

    assert refusal.value.file == tmp_path / "units.json"
    assert refusal.value.path.startswith("$")
    assert reason in refusal.value.reason


def listed(directory: Directory, list_id: str) -> dict[str, Any]:
    every = {each["id"]: each for each in directory.common["catalogues"]}
    found: dict[str, Any] = every[list_id]
    return found


def test_lists_of_the_deployment_name_codes_and_forbid_none() -> None:
    communes = listed(Directory.load(), "communes")

    assert len(communes["items"]) == 3321
    assert communes["is_open"]
    assert "is_open" not in listed(Directory.load(), "provinces")
    assert listed(Directory.load(), "vsic")["items"] is None


def test_every_commune_lies_in_a_province() -> None:
    directory = Directory.load()
    provinces = {each["code"] for each in listed(directory, "provinces")["items"]}

    communes = listed(directory, "communes")["items"]

    assert {each["within"] for each in communes} == provinces


def test_a_folder_may_bring_lists_of_its_own(tmp_path: Path) -> None:
    write_list(tmp_path, {"code": "4711", "label": "Bán lẻ tổng hợp"})

    [item] = listed(Directory.load(tmp_path), "vsic")["items"]

    assert item["label"] == dict.fromkeys(("vi", "en", "fr"), "Bán lẻ tổng hợp")


@pytest.mark.parametrize(
    ("items", "at"),
    [
        ([{"code": "47", "label": "Bán lẻ"}], "$['items'][0]"),
        ([{"code": "4711", "label": "Bán lẻ"}] * 2, "$['items'][1]"),
        ([{"code": "4711", "label": {"vi": "Bán lẻ"}}], "$['items'][0]['label']"),
        ([{"code": "4711"}], "$['items'][0]['label']"),
        ([], "$['items']"),
    ],
)
def test_a_spoilt_list_is_refused_with_its_place(
    tmp_path: Path, items: list[dict[str, Any]], at: str
) -> None:
    write_list(tmp_path, *items)

    with pytest.raises(BrokenFileError) as refused:
        Directory.load(tmp_path)

    assert refused.value.file == tmp_path / "lists/vsic.json"
    assert refused.value.path == at


def write_list(folder: Path, *items: dict[str, Any]) -> None:
    (folder / "lists").mkdir()
    content = {"kind": "list", "schema_version": "1.0", "items": list(items)}
    (folder / "lists/vsic.json").write_text(json.dumps(content))
