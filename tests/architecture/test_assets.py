"""The built files are those of the sources, of no brand, and load nothing foreign."""

from __future__ import annotations

import json
import re
from gzip import compress
from pathlib import Path

import pytest

from tools import assets

TEMPLATES = assets.PORTAL / "templates"
BUILT = sorted([*assets.BUILT.glob("*.css"), *assets.BUILT.glob("*.js")])
PAGES = sorted(TEMPLATES.rglob("*.html"))
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(r"(?:url\(|@import\s)[\"']?(?:https?:)?//", re.IGNORECASE)


def named(file: Path) -> str:
    return file.name


def test_what_is_built_is_as_new_as_its_sources() -> None:
    built = json.loads(assets.RECORD.read_text())["digest"]

    assert built == assets.digest(), "rebuild: python -m tools.assets"


@pytest.mark.parametrize("file", BUILT, ids=named)
def test_nothing_of_another_brand_is_shipped(file: Path) -> None:
    content = file.read_text()

    assert "GDS Transport" not in content
    assert "@font-face" not in content
    assert "crown" not in content.lower()
    assert ELSEWHERE.search(content) is None


def test_vietnamese_letters_keep_their_marks() -> None:
    style = (assets.BUILT / "portal.css").read_text()

    assert "text-transform:uppercase" not in style


def test_what_everybody_loads_is_light() -> None:
    sizes = {each.name: len(compress(each.read_bytes(), 9)) for each in BUILT}

    assert sizes["portal.css"] <= 14 * 1024
    assert sizes["portal.js"] <= 9 * 1024


@pytest.mark.parametrize(
    "file", PAGES, ids=lambda file: str(file.relative_to(TEMPLATES))
)
def test_no_page_has_scripts_or_styles_in_it(file: Path) -> None:
    assert INLINE.search(file.read_text()) is None
