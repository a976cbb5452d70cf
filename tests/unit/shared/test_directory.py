from __future__ import annotations

import json
from pathlib import Path

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
