"""What a year brings: Tết, make-up Saturdays, notices, stops and answers."""

from __future__ import annotations

from datetime import date

import pytest

from shared.legal_time import Calendar, Extension, LegalTime, Override
from tests.unit.shared.legal_time.moments import a_stop, at, counted, due

ONE, THREE, FIVE = (LegalTime(days, "working_day") for days in (1, 3, 5))
TEN_DAYS = LegalTime(10, "day")
SAME_DAY = LegalTime(0, "same_day")


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        ("2026-02-13 09:00", "2026-02-25 17:00"),  # the last day before Tết
        ("2026-02-17 09:00", "2026-02-26 17:00"),  # on the first day of Tết
        ("2026-04-29 09:00", "2026-05-06 17:00"),  # 30 April, 1 May, a weekend
        ("2026-04-24 18:00", "2026-05-05 17:00"),  # Hùng Kings kept on Monday 27 April
        ("2026-08-20 09:00", "2026-08-24 17:00"),  # Saturday 22 August is worked
        ("2026-08-28 09:00", "2026-09-07 17:00"),  # 31 August to 2 September
    ],
)
def test_three_working_days_over_the_holidays(received: str, ends: str) -> None:
    assert due(received, THREE) == ends


def test_calendar_days_that_end_on_tet_end_after_it() -> None:
    assert due("2026-02-06 09:00", TEN_DAYS) == "2026-02-23 17:00"


def test_calendar_days_count_from_a_make_up_saturday() -> None:
    assert due("2026-08-22 09:00", TEN_DAYS) == "2026-09-03 17:00"


def test_a_notice_moves_the_date_either_way() -> None:
    off = Calendar(overrides=(Override(date(2026, 11, 26), "off"),))
    work = Calendar(overrides=(Override(date(2026, 11, 24), "work"),))

    assert due("2026-11-20 10:00", THREE) == "2026-11-26 17:00"
    assert due("2026-11-20 10:00", THREE, calendar=off) == "2026-11-27 17:00"
    assert due("2026-11-20 10:00", THREE, calendar=work) == "2026-11-25 17:00"


def test_an_early_office_loses_other_minutes_at_noon() -> None:
    early = Calendar((("07:00", "11:30"), ("13:30", "17:00")))
    stop = a_stop("2026-11-18 11:30", "2026-11-18 13:30")

    assert due("2026-11-17 10:00", ONE, stop, calendar=early) == "2026-11-18 17:00"
    assert due("2026-11-17 10:00", ONE, stop) == "2026-11-19 17:00"


def test_a_short_day_is_a_working_day() -> None:
    short = Calendar((("08:00", "11:00"), ("13:30", "16:30")))

    assert due("2026-11-20 10:00", FIVE, calendar=short) == "2026-11-30 16:30"


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("2026-11-20 11:00", "2026-11-20 15:00"),  # on the day of receipt
        ("2026-11-21 08:00", "2026-11-22 20:00"),  # on the weekend after
        ("2026-11-23 11:30", "2026-11-23 13:00"),  # at lunch
        ("2026-11-23 17:00", "2026-11-25 07:30"),  # over a holiday
        ("2026-11-19 08:00", "2026-11-20 09:00"),  # before the receipt
        ("2026-11-30 08:00", "2026-12-30 08:00"),  # after the due date
        ("2026-11-26 17:00", "2026-12-30 08:00"),  # at the due time itself
    ],
)
def test_stops_that_take_no_working_time(since: str, until: str) -> None:
    assert due("2026-11-20 10:00", THREE, a_stop(since, until)) == "2026-11-26 17:00"


def test_a_stop_that_begins_before_the_first_counted_day_takes_what_it_lasts() -> None:
    stop = a_stop("2026-11-20 11:00", "2026-11-25 09:00")

    assert due("2026-11-20 10:00", ONE, stop) == "2026-11-26 17:00"


def test_stops_that_overlap_are_one() -> None:
    whole = a_stop("2026-11-25 10:00", "2026-12-02 10:00")
    first = a_stop("2026-11-25 10:00", "2026-11-30 10:00")
    second = a_stop("2026-11-26 10:00", "2026-12-02 10:00")
    inside = a_stop("2026-11-27 10:00", "2026-11-28 10:00")

    for legal in (FIVE, TEN_DAYS):
        alone = due("2026-11-20 10:00", legal, whole)
        assert due("2026-11-20 10:00", legal, second, inside, first) == alone


def test_an_answer_may_count_as_a_new_receipt_with_the_full_time() -> None:
    restart = a_stop("2026-11-26 10:00", "2026-12-02 16:00", "restart")
    evening = a_stop("2026-11-26 10:00", "2026-12-02 18:00", "restart")

    assert due("2026-11-20 10:00", THREE, restart) == "2026-12-07 17:00"
    assert due("2026-11-20 10:00", THREE, evening) == "2026-12-08 17:00"
    assert due("2026-11-20 10:00", TEN_DAYS, restart) == "2026-12-14 17:00"


def test_the_time_may_begin_anew_twice_and_forgets_earlier_pauses() -> None:
    stops = (
        a_stop("2026-11-23 10:00", "2026-11-23 16:00"),
        a_stop("2026-11-25 10:00", "2026-11-26 10:00", "restart"),
        a_stop("2026-11-30 10:00", "2026-12-01 10:00", "restart"),
    )

    assert due("2026-11-20 10:00", THREE, *stops) == "2026-12-04 17:00"


def test_an_answer_after_the_due_date_brings_no_new_time() -> None:
    late = a_stop("2026-11-27 10:00", "2026-12-02 16:00", "restart")

    assert due("2026-11-20 10:00", THREE, late) == "2026-11-26 17:00"


def test_a_stop_that_lasts_leaves_the_date_open() -> None:
    found = counted("2026-11-20 10:00", THREE, a_stop("2026-11-25 10:00", None))

    assert found.is_stopped
    assert found.lines[-1].code == "still-stopped"


def test_a_stop_after_the_due_date_that_lasts_leaves_the_date() -> None:
    found = counted("2026-11-20 10:00", THREE, a_stop("2026-11-27 10:00", None))

    assert not found.is_stopped
    assert found.due == at("2026-11-26 17:00")


@pytest.mark.parametrize(
    ("value", "unit", "ends"),
    [
        (5, "working_day", "2026-12-03 17:00"),
        (1, "day", "2026-11-27 17:00"),
        (2, "day", "2026-11-30 17:00"),  # nominally a Saturday
    ],
)
def test_an_extension_counts_from_the_current_date(
    value: int, unit: str, ends: str
) -> None:
    more = Extension(at("2026-11-25 10:00"), value, unit)

    for legal in (THREE, LegalTime(6, "day")):
        assert due("2026-11-20 10:00", legal, extensions=(more,)) == ends


def test_a_stop_after_an_extension_moves_the_extended_date() -> None:
    more = Extension(at("2026-11-25 10:00"), 2, "working_day")
    stop = a_stop("2026-11-27 17:00", "2026-12-01 17:00")

    assert due("2026-11-20 10:00", THREE, stop, extensions=(more,)) == (
        "2026-12-02 17:00"
    )


def test_the_hour_of_the_procedure_ends_the_day_when_it_is_earlier() -> None:
    assert due("2026-11-20 10:00", LegalTime(1, "working_day", due_time="16:00")) == (
        "2026-11-23 16:00"
    )
    assert due("2026-11-20 10:00", LegalTime(1, "working_day", due_time="18:00")) == (
        "2026-11-23 17:00"
    )


def test_the_same_day_is_not_promised_after_closing() -> None:
    morning = Calendar((("08:00", "12:00"),))

    assert due("2026-11-20 13:00", SAME_DAY, calendar=morning) == "2026-11-23 12:00"
