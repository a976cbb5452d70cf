from __future__ import annotations

import json
import re
from random import Random

import pytest

from shared.directory import CATALOGUE
from tools.demo.files import FORMATS, scan
from tools.demo.patterns import text_like
from tools.demo.people import a_person
from tools.demo.values import WEIGHTS, tax_code

PROVINCES = {
    item["code"]
    for known in json.loads((CATALOGUE / "common.json").read_text())["catalogues"]
    if known["id"] == "birth_provinces"
    for item in known["items"]
}
PATTERNS = (
    r"^[0-9]{12}$",
    r"^Hộ kinh doanh .{1,180}$",
    r"^CÔNG TY (TNHH|TRÁCH NHIỆM HỮU HẠN) .+$",
    r"^(?:\+84|0)(?:3|5|7|8|9)[0-9]{8}$",
    r"^[^@\s]+@[^@\s]+\.[^@\s]+$",
    r"^\d{2}-[A-Z]{1,3}(/\w+)?$",
)
MAGIC = {"application/pdf": b"%PDF", "image/jpeg": b"\xff\xd8", "image/png": b"\x89PNG"}


@pytest.mark.parametrize("seed", range(50))
def test_a_personal_number_agrees_with_birth_and_sex(seed: int) -> None:
    person = a_person(str(seed))

    number = person.personal_id
    assert re.fullmatch(r"0[0-9]{11}", number)
    assert number[:3] in PROVINCES
    century = 1900 + 100 * (int(number[3]) // 2)
    assert century + int(number[4:6]) == person.birth_date.year
    assert int(number[3]) % 2 == (person.gender == "female")


def test_the_same_seed_is_the_same_person() -> None:
    assert a_person("mai") == a_person("mai")
    assert a_person("mai") != a_person("hung")


@pytest.mark.parametrize("seed", range(50))
def test_a_tax_code_has_its_check_digit(seed: int) -> None:
    digits = [int(each) for each in tax_code(Random(seed))]

    total = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    assert digits[9] == 10 - total % 11


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_text_is_found_for_a_pattern(pattern: str) -> None:
    for seed in range(20):
        assert re.fullmatch(pattern, text_like(pattern, Random(seed)))


@pytest.mark.parametrize("media_type", FORMATS)
def test_a_scan_is_what_it_says(media_type: str) -> None:
    paper = scan("Đơn đề nghị", "Lê Thị Lan", media_type=media_type, seed="x")

    assert paper.content.startswith(MAGIC[media_type])
    assert len(paper.content) < 200_000
