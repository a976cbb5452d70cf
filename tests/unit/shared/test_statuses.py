from __future__ import annotations

import pytest

from shared.directory import CATALOGUE, read
from shared.statuses import BY_NUMBER, FINAL, TRANSITIONS, Status, is_allowed
from tools import state_machine


def test_the_statuses_are_those_of_the_catalogue() -> None:
    listed = read(CATALOGUE / "common.json")["statuses"]

    assert [each["code"] for each in listed] == list(Status)
    finals = [each["code"] for each in listed if each["final"]]
    assert finals == sorted(FINAL)


def test_the_table_has_each_line_of_the_reference_once() -> None:
    assert list(BY_NUMBER) == [f"T{number}" for number in range(1, 20)]
    assert len(TRANSITIONS) == 19


@pytest.mark.parametrize("final", FINAL)
def test_nothing_leads_out_of_what_is_final(final: Status) -> None:
    assert not any(is_allowed(final, each) for each in Status)


@pytest.mark.parametrize("status", set(Status) - {*FINAL, Status.READY})
def test_whatever_is_not_decided_can_be_given_back(status: Status) -> None:
    assert is_allowed(status, Status.WITHDRAWN)


@pytest.mark.parametrize(
    ("source", "target"),
    [(None, 4), (1, 9), (2, 6), (2, 8), (5, 6), (5, 8), (6, 8), (8, 9), (9, 7)],
)
def test_nobody_takes_a_short_cut(source: int | None, target: int) -> None:
    start = None if source is None else Status(source)

    assert not is_allowed(start, Status(target))


def test_the_drawing_shows_every_status_and_every_line() -> None:
    page = state_machine.page()

    assert all(f"as {each.name}" in page for each in Status)
    assert all(f"| {each.number} |" in page for each in TRANSITIONS)
    assert "SUSPENDED --> IN_PROGRESS : T14 resume" in page
