from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.intake.application import IntakeApplication
from services.intake.domain import OfficeCalendar
from tests.builders.intake import (
    NOW,
    a_calendar_changed,
    a_submitted_dossier,
    an_accepted_dossier,
    an_intake,
    the_dossier,
)

PERMIT = "house-building-permit"
MONDAY = "2026-11-23"


@pytest.fixture
def intake() -> IntakeApplication:
    return an_intake(PERMIT)


def due(intake: IntakeApplication) -> str:
    found = the_dossier(intake, an_accepted_dossier(intake)).due_at
    return f"{found:%Y-%m-%d}"


def notices(intake: IntakeApplication) -> dict[UUID, Any]:
    found: OfficeCalendar = intake.repository.get(OfficeCalendar.create_id())
    return found.notices


@pytest.mark.parametrize(
    ("notice", "day"),
    [
        ({}, "2026-12-03"),
        ({"scope": "province", "scope_id": "66"}, "2026-12-03"),
        ({"scope": "agency", "scope_id": "ttpvhcc_xa"}, "2026-12-03"),
        ({"scope": "province", "scope_id": "01"}, "2026-12-02"),
        ({"scope": "agency", "scope_id": "ubnd_xa"}, "2026-12-02"),
        ({"valid_from": NOW + timedelta(days=1)}, "2026-12-02"),
    ],
)
def test_a_day_off_counts_where_its_notice_holds(
    notice: dict[str, Any], day: str, intake: IntakeApplication
) -> None:
    before = due(intake)

    intake.handle(a_calendar_changed(MONDAY, **notice))

    assert (before, due(intake)) == ("2026-12-02", day)


def test_a_worked_saturday_shortens_what_is_promised_from_then_on(
    intake: IntakeApplication,
) -> None:
    intake.handle(a_calendar_changed("2026-11-21", "work"))

    assert due(intake) == "2026-12-01"


def test_also_the_answer_to_an_online_filing_waits_for_a_day_off(
    intake: IntakeApplication,
) -> None:
    before = the_dossier(intake, a_submitted_dossier(intake)).acknowledge_by

    intake.handle(a_calendar_changed(MONDAY))

    after = the_dossier(intake, a_submitted_dossier(intake)).acknowledge_by
    assert f"{before:%d %H:%M}, {after:%d %H:%M}" == "23 10:00, 25 10:00"


def test_a_revoked_notice_counts_no_more(intake: IntakeApplication) -> None:
    notice_id = uuid4()
    intake.handle(a_calendar_changed(MONDAY, notice_id=notice_id))

    intake.handle(a_calendar_changed(MONDAY, notice_id=notice_id, is_revoked=True))

    assert due(intake) == "2026-12-02"
    assert notices(intake) == {}


def test_what_is_heard_twice_is_one_notice(intake: IntakeApplication) -> None:
    message = a_calendar_changed(MONDAY)

    intake.handle(message)
    intake.handle(message)
    intake.handle(a_calendar_changed(MONDAY, notice_id=message.notice_id))

    events = list(intake.events.get(OfficeCalendar.create_id()))
    assert [type(each).__name__ for each in events] == ["Begun", "NoticeEntered"]


def test_revoking_what_nobody_entered_changes_nothing(
    intake: IntakeApplication,
) -> None:
    intake.handle(a_calendar_changed(MONDAY, is_revoked=True))

    assert due(intake) == "2026-12-02"
