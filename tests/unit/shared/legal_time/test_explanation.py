"""The reasons of a date, as people read them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from shared.legal_time import Calendar, Extension, LegalTime, Line, Override, Stop
from shared.legal_time.explanation import LANGUAGES, Number, Worked, said, sentences
from shared.legal_time.vietnam import holiday_name
from tests.unit.shared.legal_time.moments import a_stop, at, counted

THREE = LegalTime(3, "working_day")
UNCOUNTED = ("day-off", "weekend", "weekends")
ANYWHERE = re.compile(r"\{(\w+)\}")


def told(lines: tuple[Line, ...], language: str = "en") -> list[str]:
    return [line.sentence(language) for line in lines]


def codes(lines: tuple[Line, ...]) -> list[str]:
    return [line.code for line in lines]


def test_the_explanation_reads_from_the_receipt_to_the_date() -> None:
    found = counted("2026-11-20 10:00", THREE)

    assert told(found.lines) == [
        "Received on Friday 20/11/2026 at 10:00.",
        "The day of receipt is Friday 20/11/2026: a working day, before closing at "
        "17:00.",
        "Legal time: 3 working days, the day of receipt not counted.",
        "Not counted: 2 weekend days, from Saturday 21/11/2026 to Sunday 22/11/2026.",
        "The first day counted is Monday 23/11/2026.",
        "Not counted: Tuesday 24/11/2026, Vietnam Cultural Day.",
        "Due: Thursday 26/11/2026 at 17:00, closing time.",
    ]


def test_it_speaks_vietnamese_and_french() -> None:
    found = counted("2026-11-20 17:00", THREE)

    assert told(found.lines, "vi")[1] == (
        "Nộp từ giờ đóng cửa 17:00 trở đi: tính là tiếp nhận vào ngày làm việc tiếp "
        "theo, thứ Hai, 23/11/2026."
    )
    assert told(found.lines, "vi")[-1] == (
        "Hạn trả kết quả: 17:00 thứ Sáu, 27/11/2026, giờ đóng cửa."
    )
    assert told(found.lines, "fr")[4] == (
        "Non compté : mardi 24/11/2026, Journée de la culture vietnamienne."
    )


@pytest.mark.parametrize(
    ("received", "code"),
    [
        ("2026-11-20 14:59", "receipt-before-cutoff"),
        ("2026-11-20 15:00", "receipt-after-cutoff"),
        ("2026-11-21 09:00", "receipt-on-day-off"),
    ],
)
def test_it_says_why_the_day_of_receipt_is_not_the_day_it_came(
    received: str, code: str
) -> None:
    found = counted(received, LegalTime(3, "working_day", "15:00"))

    assert found.lines[1].code == code


def test_a_day_off_on_receipt_is_named() -> None:
    found = counted("2026-11-24 09:00", THREE)

    assert told(found.lines)[1] == (
        "That day is not a working day (Vietnam Cultural Day): it counts as received "
        "on the next working day, Wednesday 25/11/2026."
    )


def test_a_notice_is_named_with_its_number_and_its_place() -> None:
    notices = (
        Override(date(2026, 11, 25), "off", "agency", "A1", "12/TB-UBND"),
        Override(date(2026, 11, 24), "work", "province", "P1"),
        Override(date(2026, 11, 26), "off", "agency", "A2", "never mentioned"),
    )
    office = Calendar(overrides=notices, province="P1", agency="A1")

    found = told(counted("2026-11-20 10:00", THREE, calendar=office).lines)

    assert (
        "Not counted: Wednesday 25/11/2026, day off by a notice of the agency "
        "(12/TB-UBND)." in found
    )
    assert "Counted: Tuesday 24/11/2026, worked by a notice of the province." in found
    assert not any("never mentioned" in line for line in found)


def test_a_make_up_saturday_and_the_day_it_stands_for_are_told() -> None:
    found = told(counted("2026-08-20 10:00", LegalTime(8, "working_day")).lines)

    assert "Counted: Saturday 22/08/2026, worked in exchange for another day." in found
    assert (
        "Not counted: Monday 31/08/2026, day off in exchange for 22/08/2026." in found
    )


def test_a_stop_says_what_was_used_and_what_is_left() -> None:
    stops = (
        Stop(
            at("2026-11-25 09:30"),
            at("2026-11-26 08:00"),
            reasons=("supplement", "payment"),
        ),
        a_stop("2026-11-26 09:00", "2026-11-27 09:00"),
    )

    found = told(counted("2026-11-20 10:00", THREE, *stops).lines)

    assert (
        "The clock stopped on Wednesday 25/11/2026 at 09:30 (waiting for the "
        "supplement, waiting for the payment): 1 working day 2 hours used, 1 working "
        "day 6 hours left." in found
    )
    assert (
        "It ran again from Thursday 26/11/2026 at 08:00: what was left runs out on "
        "Friday 27/11/2026 at 15:30." in found
    )
    assert (
        "The clock stopped on Thursday 26/11/2026 at 09:00: 1 working day 3 hours "
        "used, 1 working day 5 hours left." in found
    )


def test_no_day_is_accounted_for_twice() -> None:
    stops = (
        a_stop("2026-11-21 10:00", "2026-11-22 10:00"),
        a_stop("2026-11-24 10:00", "2026-11-28 10:00"),
        a_stop("2026-12-01 10:00", "2026-12-02 10:00", "restart"),
    )

    found = counted("2026-11-20 10:00", LegalTime(9, "working_day"), *stops).lines

    uncounted = [line.sentence("en") for line in found if line.code in UNCOUNTED]
    assert len(uncounted) == len(set(uncounted)) > 3


def test_a_new_receipt_an_extension_and_a_late_stop_are_told() -> None:
    stops = (
        a_stop("2026-11-23 10:00", "2026-11-25 10:00", "restart"),
        a_stop("2027-01-15 10:00", "2027-01-16 10:00"),
    )
    more = (
        Extension(at("2026-11-30 10:00"), 1, "working_day"),
        Extension(at("2026-12-01 10:00"), 1, "day", "Quyết định 5/QĐ-UBND"),
    )

    found = counted("2026-11-20 10:00", THREE, *stops, extensions=more).lines

    assert codes(found)[-5:] == [
        "extended",
        "extended-by-notice",
        "stop-too-late",
        "weekends",
        "due",
    ]
    assert "new-receipt" in codes(found)
    assert (
        "Extended by 1 day by Quyết định 5/QĐ-UBND, on Tuesday 01/12/2026 at 10:00: "
        "from Tuesday 01/12/2026 at 17:00 to Wednesday 02/12/2026 at 17:00."
        in told(found)
    )


def test_a_day_off_at_the_end_of_calendar_days_is_told() -> None:
    found = told(counted("2026-11-14 10:00", LegalTime(8, "day")).lines)

    assert (
        "Tuesday 24/11/2026 is not a working day (Vietnam Cultural Day): the end moves "
        "to the next working day, Wednesday 25/11/2026." in found
    )


def test_a_clock_that_stands_says_since_when_and_for_what() -> None:
    stop = Stop(at("2026-11-25 10:00"), None, reasons=("supplement",))

    assert told(counted("2026-11-20 10:00", THREE, stop).lines)[-1] == (
        "The clock has stood still since Wednesday 25/11/2026 at 10:00 (waiting for "
        "the supplement): the due date is known once it runs again."
    )


def test_a_line_crosses_the_bus_in_three_languages() -> None:
    line = counted("2026-11-20 10:00", THREE).lines[-1]

    assert line.plain() == {
        "code": "due",
        "text": {
            "vi": "Hạn trả kết quả: 17:00 thứ Năm, 26/11/2026, giờ đóng cửa.",
            "en": "Due: Thursday 26/11/2026 at 17:00, closing time.",
            "fr": "Échéance : jeudi 26/11/2026 à 17:00, heure de fermeture.",
        },
        "at": "2026-11-26T17:00:00+07:00",
    }


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (0, "en", "0 working days"),
        (0, "fr", "0 jour ouvré"),
        (1, "en", "1 working day"),
        (2, "fr", "2 jours ouvrés"),
        (2, "vi", "2 ngày làm việc"),
    ],
)
def test_numbers_agree_with_their_nouns(value: int, language: str, text: str) -> None:
    assert said(Number(value, "working_day"), language) == text


def test_no_working_time_is_no_minutes() -> None:
    assert said(Worked(0, 480), "en") == "0 minutes"


@pytest.mark.parametrize("kind", ["forms", "nouns", "reasons", "lines"])
def test_every_sentence_says_the_same_in_each_language(kind: str) -> None:
    for code, texts in sentences()[kind].items():
        places = {language: ANYWHERE.findall(texts[language]) for language in LANGUAGES}
        assert texts.keys() == set(LANGUAGES), code
        assert len({tuple(sorted(each)) for each in places.values()}) == 1, code


@pytest.mark.parametrize(
    ("day", "english", "french"),
    [
        (
            date(2026, 2, 16),
            "Lunar New Year's Eve",
            "veille du Nouvel An lunaire (Têt)",
        ),
        (
            date(2026, 2, 18),
            "Second Day of Lunar New Year",
            "deuxième jour du Nouvel An lunaire",
        ),
        (date(2027, 2, 4), "29 of Lunar New Year", "29 du dernier mois lunaire (Têt)"),
        (
            date(2026, 4, 27),
            "Hung Kings' Commemoration Day (observed)",
            "fête des rois Hùng (jour de repos reporté)",
        ),
        (
            date(2025, 5, 2),
            "day off in exchange for 26/04/2025",
            "jour de repos en échange du 26/04/2025",
        ),
    ],
)
def test_holidays_have_names(day: date, english: str, french: str) -> None:
    assert holiday_name(day)["en"] == english
    assert holiday_name(day)["fr"] == french


@pytest.mark.parametrize("year", range(2020, 2051))
def test_every_holiday_has_a_french_name(year: int) -> None:
    days = (date.fromordinal(each) for each in range(*year_of(year)))
    names = [holiday_name(each) for each in days]

    assert [each for each in names if each["en"] and each["fr"] == each["en"]] == []


def year_of(year: int) -> tuple[int, int]:
    return date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
