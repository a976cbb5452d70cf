from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from shared.clock import LOCAL
from shared.legal_time import Calendar, LegalTime, Stop, count

CALENDAR = Calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def due(
    received: str,
    value: int,
    unit: str,
    *stops: tuple[str, str],
    cutoff: str | None = None,
) -> str:
    ends = [Stop(at(stopped), at(started)) for stopped, started in stops]
    found = count(at(received), LegalTime(value, unit, cutoff), CALENDAR, stops=ends)
    return found.due.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("received", "value", "unit", "ends"),
    [
        ("2026-11-23 14:59", 0, "same_day", "2026-11-23 17:00"),
        ("2026-11-23 15:00", 0, "same_day", "2026-11-25 17:00"),
        ("2026-11-20 10:00", 3, "working_day", "2026-11-26 17:00"),
        ("2026-11-20 10:00", 13, "working_day", "2026-12-10 17:00"),
        ("2026-08-22 09:00", 1, "working_day", "2026-08-24 17:00"),
        ("2026-02-12 10:00", 3, "working_day", "2026-02-24 17:00"),
    ],
)
def test_the_vectors_of_the_law(
    received: str, value: int, unit: str, ends: str
) -> None:
    assert due(received, value, unit) == ends


def test_a_stop_leaves_the_working_days_that_were_not_used() -> None:
    stop = ("2026-11-25 17:00", "2026-12-02 17:00")

    assert due("2026-11-20 10:00", 7, "working_day", stop) == "2026-12-09 17:00"


@pytest.mark.parametrize(
    ("received", "counts_from"),
    [
        ("2026-11-19 06:00", "2026-11-20 17:00"),  # before opening
        ("2026-11-19 12:00", "2026-11-20 17:00"),  # in the lunch break
        ("2026-11-19 16:59", "2026-11-20 17:00"),
        ("2026-11-19 17:00", "2026-11-23 17:00"),  # at closing: received on Friday
        ("2026-11-21 09:00", "2026-11-25 17:00"),  # a Saturday: received on Monday
    ],
)
def test_the_day_of_receipt_ends_at_closing(received: str, counts_from: str) -> None:
    assert due(received, 1, "working_day") == counts_from


@pytest.mark.parametrize(
    ("received", "ends"),
    [
        ("2026-11-18 14:59", "2026-11-19 17:00"),
        ("2026-11-18 15:00", "2026-11-20 17:00"),
    ],
)
def test_a_cutoff_takes_the_place_of_closing(received: str, ends: str) -> None:
    assert due(received, 1, "working_day", cutoff="15:00") == ends


def test_received_on_a_day_off_for_the_same_day_is_due_on_the_next() -> None:
    assert due("2026-11-24 09:00", 0, "same_day") == "2026-11-25 17:00"


@pytest.mark.parametrize(
    ("received", "days", "ends"),
    [
        ("2026-11-02 10:00", 10, "2026-11-12 17:00"),
        ("2026-11-04 10:00", 10, "2026-11-16 17:00"),  # nominally a Saturday
        ("2026-11-14 10:00", 8, "2026-11-25 17:00"),  # nominally Culture Day
    ],
)
def test_calendar_days_end_on_a_working_day(
    received: str, days: int, ends: str
) -> None:
    assert due(received, days, "day") == ends


def test_calendar_days_move_by_the_days_of_a_stop() -> None:
    stop = ("2026-11-04 10:00", "2026-11-09 08:00")

    assert due("2026-11-02 10:00", 10, "day", stop) == "2026-11-17 17:00"


def test_the_same_day_counts_again_from_the_restart() -> None:
    stop = ("2026-11-18 10:00", "2026-11-19 15:30")

    assert due("2026-11-18 09:00", 0, "same_day", stop) == "2026-11-20 17:00"


def test_minutes_stay_exact_over_several_stops() -> None:
    half_a_day_used = ("2026-11-19 11:30", "2026-11-19 13:00")
    all_but_an_hour_used = ("2026-11-19 16:00", "2026-11-20 16:00")
    once_more = ("2026-11-20 16:30", "2026-11-23 16:30")

    ends = due("2026-11-18 10:00", 1, "working_day", half_a_day_used)
    assert ends == "2026-11-19 17:00"
    ends = due(
        "2026-11-18 10:00", 1, "working_day", half_a_day_used, all_but_an_hour_used
    )
    assert ends == "2026-11-20 17:00"
    ends = due("2026-11-18 10:00", 1, "working_day", all_but_an_hour_used, once_more)
    assert ends == "2026-11-23 17:00"


def test_the_rest_never_runs_from_before_the_first_counted_day() -> None:
    stop = ("2026-11-19 14:00", "2026-11-19 15:00")

    assert due("2026-11-19 10:00", 1, "working_day", stop) == "2026-11-20 17:00"


def test_a_stop_in_the_last_minutes_leaves_the_day_of_the_restart() -> None:
    stops = (
        ("2026-11-20 12:00", "2026-11-20 13:00"),
        ("2026-11-20 17:00", "2026-11-26 10:00"),
    )

    assert due("2026-11-19 10:00", 1, "working_day", *stops) == "2026-11-20 17:00"
    none_left = (
        ("2026-11-19 12:00", "2026-11-20 06:00"),
        ("2026-11-20 16:59", "2026-11-26 10:00"),
    )
    assert due("2026-11-19 10:00", 1, "working_day", *none_left) == "2026-11-26 17:00"


@pytest.mark.parametrize(
    ("value", "unit"), [(1, "working_day"), (1, "day"), (0, "same_day")]
)
def test_a_stop_after_the_due_time_changes_nothing(value: int, unit: str) -> None:
    late = ("2026-11-27 10:00", "2026-12-27 10:00")

    with_stop = due("2026-11-19 10:00", value, unit, late)

    assert with_stop == due("2026-11-19 10:00", value, unit)


def test_an_unknown_unit_is_a_defect() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        due("2026-11-19 10:00", 1, "fortnight")


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 8, 22), True),  # a Saturday worked for Monday 31 August
        (date(2026, 8, 31), False),
        (date(2026, 4, 27), False),  # for Sunday 26 April
        (date(2026, 11, 24), False),
        (date(2026, 11, 21), False),
        (date(2026, 11, 23), True),
    ],
)
def test_days_that_are_worked(day: date, is_worked: bool) -> None:
    assert CALENDAR.is_working_day(day) is is_worked


def test_working_minutes_leave_out_nights_lunch_and_days_off() -> None:
    assert (
        CALENDAR.working_minutes(at("2026-11-23 11:00"), at("2026-11-25 08:00")) == 300
    )
    assert CALENDAR.working_minutes(at("2026-11-25 08:00"), at("2026-11-23 11:00")) == 0


def test_moments_may_come_in_any_time_zone() -> None:
    start = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 local time

    assert CALENDAR.working_minutes(start, at("2026-11-23 09:00")) == 60
    assert CALENDAR.day_of_receipt(
        datetime(2026, 11, 22, 18, tzinfo=UTC), None
    ) == date(2026, 11, 23)


def test_an_office_has_its_own_hours() -> None:
    early = Calendar((("07:00", "11:30"), ("13:30", "17:00")))

    assert early.closing(date(2026, 11, 23)) == at("2026-11-23 17:00")
    assert early.working_minutes(at("2026-11-23 07:00"), at("2026-11-23 07:30")) == 30
