"""Each dependency has a reason that people can read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
WANTED = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["dependency-groups"]["dev"],
]
REASONS = (ROOT / "docs/dependencies.md").read_text()


def name(requirement: str) -> str:
    return re.split(r"[\[~=<>]", requirement)[0]


@pytest.mark.parametrize("package", [name(each) for each in WANTED])
def test_a_dependency_is_explained(package: str) -> None:
    assert re.search(rf"(^|[|, ]){re.escape(package)}([ ,|]|$)", REASONS, re.MULTILINE)
