from __future__ import annotations

from datetime import date

import pytest

from shared.legal_time import Calendar, Override
from tests.unit.shared.legal_time.moments import at

MONDAY = date(2026, 11, 30)
SATURDAY = date(2026, 11, 28)
CULTURE_DAY = date(2026, 11, 24)


def a_calendar(*overrides: Override) -> Calendar:
    return Calendar(overrides=overrides, province="P1", agency="A1")


@pytest.mark.parametrize(
    ("scope", "scope_id"), [("national", ""), ("province", "P1"), ("agency", "A1")]
)
def test_a_notice_of_each_scope_makes_a_day_off(scope: str, scope_id: str) -> None:
    notice = Override(MONDAY, "off", scope, scope_id)  # type: ignore[arg-type]  # listed

    assert not a_calendar(notice).is_working_day(MONDAY)


@pytest.mark.parametrize(("scope", "scope_id"), [("province", "P2"), ("agency", "A2")])
def test_a_notice_of_another_place_changes_nothing(scope: str, scope_id: str) -> None:
    notice = Override(MONDAY, "off", scope, scope_id)  # type: ignore[arg-type]  # listed

    assert a_calendar(notice).is_working_day(MONDAY)


def test_the_agency_decides_before_the_province_and_the_nation() -> None:
    national = Override(MONDAY, "off", "national")
    province = Override(MONDAY, "work", "province", "P1")
    agency = Override(MONDAY, "off", "agency", "A1")

    assert not a_calendar(national).is_working_day(MONDAY)
    assert a_calendar(province, national).is_working_day(MONDAY)
    assert not a_calendar(agency, province, national).is_working_day(MONDAY)


def test_of_two_notices_of_one_scope_the_later_holds() -> None:
    off, work = Override(MONDAY, "off"), Override(MONDAY, "work")

    assert a_calendar(off, work).is_working_day(MONDAY)
    assert not a_calendar(work, off).is_working_day(MONDAY)


def test_a_day_says_by_what_rule_it_is_worked() -> None:
    notice = Override(CULTURE_DAY, "work", "agency", "A1", "15/TB-UBND")
    office = a_calendar(notice, Override(SATURDAY, "off"))

    assert office.day(MONDAY).why == "ordinary"
    assert office.day(SATURDAY).why == "weekend"  # the notice changes nothing
    assert office.day(date(2026, 8, 22)).why == "make-up"
    assert office.day(date(2026, 4, 26)).why == "holiday"  # a Sunday
    assert office.day(CULTURE_DAY).notice == notice
    assert Calendar().day(CULTURE_DAY).why == "holiday"


def test_a_saturday_worked_by_notice_has_full_hours() -> None:
    office = a_calendar(Override(SATURDAY, "work"))

    assert office.working_minutes(at("2026-11-28 00:00"), at("2026-11-29 00:00")) == 480


def test_working_minutes_are_used_up_after_a_moment() -> None:
    office = Calendar()

    assert office.after(at("2026-11-20 07:00"), 480) == at("2026-11-20 17:00")
    assert office.after(at("2026-11-20 12:00"), 480) == at("2026-11-23 11:30")
    assert office.after(at("2026-11-21 09:00"), 480) == at("2026-11-23 17:00")
    assert office.after(at("2026-11-21 09:00"), 0) == at("2026-11-23 07:30")


def test_working_minutes_are_left_before_a_moment() -> None:
    office = Calendar()

    assert office.before(at("2026-11-20 17:00"), 24 * 60) == at("2026-11-18 07:30")
    assert office.before(at("2026-11-25 12:00"), 300) == at("2026-11-23 16:00")
    assert office.before(at("2026-11-22 12:00"), 30) == at("2026-11-20 16:30")


@pytest.mark.parametrize("minutes", [1, 29, 240, 241, 480, 481, 1440])
def test_before_undoes_after(minutes: int) -> None:
    office, start = Calendar(), at("2026-11-18 09:17")

    assert office.before(office.after(start, minutes), minutes) == start


def test_the_hours_of_an_office_make_its_day() -> None:
    early = Calendar((("07:00", "11:30"), ("13:30", "17:00")))
    short = Calendar((("08:00", "10:00"), ("10:30", "12:00"), ("14:00", "16:00")))

    assert early.day_minutes == 480
    assert short.day_minutes == 330
    assert short.working_minutes(at("2026-11-23 09:00"), at("2026-11-23 15:00")) == 210


def test_the_nth_working_day_is_counted_from_the_day_after() -> None:
    assert Calendar().next_working_day(date(2026, 2, 12), 3) == date(2026, 2, 24)
