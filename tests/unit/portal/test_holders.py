"""Who has a dossier, as everybody may know it."""

from __future__ import annotations

from typing import Any

from services.portal.pages.tracking import at_work


def opened(step: str, unit: str) -> dict[str, Any]:
    return {"type": "step.opened.v1", "step": step, "unit": unit}


def finished(step: str, unit: str) -> dict[str, Any]:
    return {"type": "step.finished.v1", "step": step, "unit": unit}


PAPER = {"type": "paper.issued.v1", "step": None, "unit": "counter"}


def test_the_unit_whose_step_is_open_has_it_whatever_papers_were_issued() -> None:
    assert at_work([opened("review", "stc"), PAPER]) == ["stc"]


def test_branches_side_by_side_all_have_it() -> None:
    lines = [opened("check", "stc"), finished("check", "stc")]
    branches = [opened("tax", "thue"), opened("land", "vpdk")]

    assert at_work([*lines, *branches]) == ["thue", "vpdk"]


def test_what_was_sent_back_is_with_its_sender_again() -> None:
    lines = [
        opened("review", "stc"),
        finished("review", "stc"),
        opened("approval", "ubnd"),
        opened("review", "stc"),
    ]

    assert at_work(lines) == ["stc"]


def test_who_is_consulted_does_not_have_it() -> None:
    lines = [opened("review", "stc"), opened("consultation:1", "cong_an")]

    assert at_work(lines) == ["stc"]
