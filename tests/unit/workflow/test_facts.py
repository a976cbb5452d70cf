from __future__ import annotations

from typing import Any

import pytest

from services.workflow.domain.facts import is_of_kind

OPTIONS = [{"value": "a"}, {"value": "b"}]


@pytest.mark.parametrize(
    ("type", "fits", "fails"),
    [
        ("boolean", False, "false"),
        ("integer", -1, True),
        ("integer", 7, 7.5),
        ("money", 0, -1),
        ("decimal", 7.5, "7.5"),
        ("date", "2026-11-24", "24/11/2026"),
        ("date", "2026-11-24", 20261124),
        ("date", "2026-02-28", "20260228"),
        ("text", "Đất ở", ""),
        ("table", [], {}),
        ("address", {}, "Hà Nội"),
    ],
)
def test_a_finding_is_of_its_type(type: str, fits: Any, fails: Any) -> None:
    assert is_of_kind({"type": type}, fits)
    assert not is_of_kind({"type": type}, fails)


@pytest.mark.parametrize(
    ("type", "fits", "fails"),
    [("select", "a", "c"), ("multiselect", ["a", "b"], ["a", "c"])],
)
def test_a_choice_is_among_its_options(type: str, fits: Any, fails: Any) -> None:
    assert is_of_kind({"type": type, "options": OPTIONS}, fits)
    assert not is_of_kind({"type": type, "options": OPTIONS}, fails)
