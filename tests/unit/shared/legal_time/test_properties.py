"""What holds for every dossier, whenever it comes and however often it waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.clock import LOCAL
from shared.legal_time import Calendar, LegalTime, OfficeHours, Override, Stop, count

MINUTE = timedelta(minutes=1)
BEGIN = datetime(2026, 1, 5, tzinfo=LOCAL)

moments = st.integers(0, 340 * 1440).map(lambda minutes: BEGIN + minutes * MINUTE)
hours: st.SearchStrategy[OfficeHours] = st.sampled_from(
    [
        (("07:30", "11:30"), ("13:00", "17:00")),
        (("07:00", "11:30"), ("13:30", "17:00")),
        (("08:00", "12:00"),),
    ]
)
overrides = st.builds(
    Override,
    st.dates(date(2026, 1, 5), date(2026, 12, 31)),
    st.sampled_from(["off", "work"]),
    st.sampled_from(["national", "province", "agency"]),
    st.sampled_from(["P1", "A1", "P2"]),
)
calendars = st.builds(
    Calendar,
    hours,
    st.lists(overrides, max_size=6).map(tuple),
    st.just("P1"),
    st.just("A1"),
)
units = st.sampled_from(["working_day", "day", "same_day"])
legal_times = st.builds(
    LegalTime, st.integers(1, 30), units, st.sampled_from([None, "15:00"])
)


@st.composite
def a_stop_of(draw: st.DrawFn, received: datetime, effect: str) -> Stop:
    since = received + draw(st.integers(0, 30 * 1440)) * MINUTE
    return Stop(since, since + draw(st.integers(0, 20 * 1440)) * MINUTE, effect)


@st.composite
def stopped_dossiers(
    draw: st.DrawFn,
) -> tuple[datetime, LegalTime, Calendar, list[Stop]]:
    received = draw(moments)
    stops = st.sampled_from(["pause", "restart"]).flatmap(
        lambda effect: a_stop_of(received, effect)
    )
    stopped = draw(st.lists(stops, max_size=4))
    return received, draw(legal_times), draw(calendars), stopped


@given(stopped_dossiers())
def test_the_due_date_is_a_working_day_at_closing(
    dossier: tuple[datetime, LegalTime, Calendar, list[Stop]],
) -> None:
    received, legal, calendar, stops = dossier

    due = count(received, legal, calendar, stops=stops).due

    assert due == calendar.closing(due.date())
    assert calendar.is_working_day(due.date())
    assert due > received or legal.cutoff


@given(stopped_dossiers())
def test_the_last_line_says_the_date(
    dossier: tuple[datetime, LegalTime, Calendar, list[Stop]],
) -> None:
    received, legal, calendar, stops = dossier

    found = count(received, legal, calendar, stops=stops)

    for language in ("vi", "en", "fr"):
        said = [line.sentence(language) for line in found.lines]
        assert f"{found.due:%d/%m/%Y}" in said[-1]
        assert f"{found.due:%H:%M}" in said[-1]


@given(stopped_dossiers())
def test_more_time_never_ends_earlier(
    dossier: tuple[datetime, LegalTime, Calendar, list[Stop]],
) -> None:
    received, legal, calendar, _ = dossier
    more = LegalTime(legal.value + 1, legal.unit, legal.cutoff)

    assert count(received, more, calendar).due >= count(received, legal, calendar).due


@given(stopped_dossiers(), st.data())
def test_a_stop_never_makes_the_date_earlier(
    dossier: tuple[datetime, LegalTime, Calendar, list[Stop]], data: st.DataObject
) -> None:
    received, legal, calendar, _ = dossier
    stop = data.draw(a_stop_of(received, "pause"))

    stopped = count(received, legal, calendar, stops=[stop]).due

    assert stopped >= count(received, legal, calendar).due


@given(moments, st.integers(1, 20), calendars, st.data())
def test_a_stop_outside_working_time_moves_no_working_days(
    received: datetime, value: int, calendar: Calendar, data: st.DataObject
) -> None:
    day = received.date() + timedelta(days=data.draw(st.integers(0, 20)))
    night = Stop(
        calendar.closing(day), calendar.opening(calendar.next_working_day(day))
    )
    legal = LegalTime(value, "working_day")

    stopped = count(received, legal, calendar, stops=[night]).due

    assert stopped == count(received, legal, calendar).due


@given(stopped_dossiers())
def test_working_days_agree_with_a_clock_that_is_watched_minute_by_minute(
    dossier: tuple[datetime, LegalTime, Calendar, list[Stop]],
) -> None:
    received, legal, calendar, stops = dossier
    legal = LegalTime(legal.value % 4 + 1, "working_day", legal.cutoff)
    pauses = [Stop(each.since, each.until) for each in stops]

    found = count(received, legal, calendar, stops=pauses).due

    assert found == watched(received, legal, calendar, pauses)


def watched(
    received: datetime, legal: LegalTime, calendar: Calendar, stops: list[Stop]
) -> datetime:
    """Every minute in which the office works and nobody waits, one after the other."""
    receipt = calendar.day_of_receipt(received, legal.cutoff)
    now = calendar.opening(calendar.next_working_day(receipt))
    left = legal.value * calendar.day_minutes
    due: datetime | None = None
    while due is None or now < due:
        if any(each.since <= now < (each.until or now) for each in stops):
            due = None
        elif is_open(now, calendar):
            left -= 1
            if left <= 0:
                due = calendar.closing(now.date())
        now += MINUTE
    return due


def is_open(moment: datetime, calendar: Calendar) -> bool:
    clock = f"{moment:%H:%M}"
    opened = any(begins <= clock < ends for begins, ends in calendar.office_hours)
    return opened and calendar.is_working_day(moment.date())
