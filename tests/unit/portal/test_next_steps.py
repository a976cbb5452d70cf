"""Who acts next, by when, and whether that is late: as it is, not as it should be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.portal import languages
from services.portal.next_steps import next_of
from tests.builders.portal import DOSSIER, NOON, a_citizen, a_portal, a_row

DAY = timedelta(days=1)
EVERY = [*range(11), "stopped"]


@pytest.mark.parametrize("status", EVERY)
def test_every_status_says_what_it_means_and_what_comes_next(status: Any) -> None:
    key = status if status == "stopped" else f"status_{status}"

    for language in languages.LANGUAGES:
        assert languages.word(f"{key}_means", language)
        assert languages.word(f"{key}_next", language)


def test_an_unchecked_dossier_is_late_when_the_check_is() -> None:
    row = a_row(status=1, acknowledge_by=NOON - DAY)

    found = next_of(row, "ubnd_xa", NOON)

    assert (found.by, found.is_late) == (NOON - DAY, True)


def test_work_is_late_after_its_legal_date_and_says_the_new_one() -> None:
    row = a_row(status=4, due_at=NOON - DAY, expected_at=NOON + DAY)

    found = next_of(row, "ubnd_xa", NOON)

    assert found.is_late
    assert found.expected_at == NOON + DAY


def test_nobody_is_late_while_the_clock_stands_still() -> None:
    row = a_row(status=5, due_at=NOON - DAY)

    assert not next_of(row, "applicant", NOON, NOON + DAY).is_late


def test_the_applicant_is_told_when_their_own_time_is_over() -> None:
    row = a_row(status=5, due_at=NOON + DAY)

    assert next_of(row, "applicant", NOON, NOON - DAY).is_late


def test_a_stopped_dossier_waits_for_nobody() -> None:
    found = next_of(a_row(status=8, is_stopped=True), "ubnd_xa", NOON)

    assert (found.key, found.who) == ("stopped", "nobody")


@pytest.mark.parametrize(
    ("language", "sorry"),
    [("vi", "xin lỗi"), ("en", "We apologise"), ("fr", "excuser")],
)
def test_a_late_dossier_says_sorry_to_whoever_follows_it(
    language: str, sorry: str
) -> None:
    portal = a_portal()
    portal.views.rows = [a_row(status=4, due_at=NOON - DAY)]

    html = portal.browser().get(f"/{language}/t/BHWSGQMZSVVN").text

    assert sorry in html


def test_the_page_names_the_revision_it_shows_and_what_to_watch() -> None:
    portal = a_portal()
    portal.views.rows = [a_row(revision=12)]

    html = portal.person(a_citizen()).get("/en/t/BHWSGQMZSVVN").text

    assert 'data-watch="code=BHWSGQMZSVVN"' in html
    assert 'data-revision="12"' in html
    assert str(DOSSIER) not in html.partition("data-watch")[2].partition(">")[0]
