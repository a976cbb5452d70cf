"""The gazette: notices move dates, decrees concern many dossiers at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from pydantic import TypeAdapter

from services.workflow.domain import Case
from services.workflow.domain.decree import Decree
from services.workflow.domain.gazette import CalendarNotice, Gazette
from services.workflow.domain.state import Act
from services.workflow.entrypoints.words import Moment
from services.workflow.errors import (
    CalendarNoticeNotFoundError,
    DecreeInvalidError,
    DecreeNotFoundError,
    LegalNoticeMissingError,
    NoticeDoubledError,
    ScopeUnknownError,
)
from shared.actor import Actor
from shared.clock import LOCAL
from tests.builders import an_officer, events
from tests.builders.workflow import (
    DUE,
    LATER,
    RECEIVED,
    REVIEW,
    Handling,
    a_case,
    a_definition,
    a_dossier_accepted,
    a_proposed_case,
    a_route,
    a_step,
    the_directory,
    the_usual,
)

MANAGER = an_officer("manager", subject="manager-1")
NOTICE = CalendarNotice(
    UUID(int=5), date(2026, 11, 18), "off", "national", None, "12/TB", RECEIVED
)
DECREE = Decree(UUID(int=6), {}, "freeze", "45/QĐ", LATER)


def at(day: int, hour: int = 17) -> datetime:
    return datetime(2026, 11, day, hour, 0, tzinfo=LOCAL)


def a_gazette(*entries: CalendarNotice | Decree) -> Gazette:
    gazette = Gazette()
    for each in entries:
        if isinstance(each, CalendarNotice):
            gazette.enter_notice(each, directory=the_directory(), by=MANAGER)
        else:
            gazette.issue_decree(each, directory=the_directory(), by=MANAGER)
    gazette.collect_events()
    return gazette


def enter(gazette: Gazette, notice: CalendarNotice, by: Actor = MANAGER) -> list[str]:
    gazette.enter_notice(notice, directory=the_directory(), by=by)
    return events(gazette)


def ring(handling: Handling, gazette: Gazette, now: datetime = LATER) -> list[str]:
    handling.case.ring(Act(handling.route, now, gazette=gazette))
    return events(handling.case)


def test_a_notice_is_entered_once() -> None:
    gazette = a_gazette()

    assert enter(gazette, NOTICE) == ["NoticeEntered"]
    assert enter(gazette, replace(NOTICE, valid_from=LATER)) == []


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"legal_notice": " "}, LegalNoticeMissingError),
        ({"scope_id": "66"}, ScopeUnknownError),
        ({"scope": "province", "scope_id": "99"}, ScopeUnknownError),
        ({"scope": "province"}, ScopeUnknownError),
        ({"scope": "agency", "scope_id": "moon"}, ScopeUnknownError),
        ({"scope": "galaxy"}, ScopeUnknownError),
    ],
)
def test_a_notice_names_its_law_and_a_place_we_know(
    more: dict[str, Any], refusal: type[Exception]
) -> None:
    gazette = a_gazette()

    with pytest.raises(refusal):
        enter(gazette, replace(NOTICE, **more))

    assert events(gazette) == []


def test_a_day_has_one_notice_for_the_same_offices_until_it_is_revoked() -> None:
    gazette, other = a_gazette(NOTICE), replace(NOTICE, id=uuid4(), kind="work")

    with pytest.raises(NoticeDoubledError):
        enter(gazette, other)
    ours: dict[str, Any] = {"id": uuid4(), "scope": "agency", "scope_id": "ubnd_xa"}
    assert enter(gazette, replace(other, **ours)) == ["NoticeEntered"]
    gazette.revoke_notice(NOTICE.id, "13/TB", by=MANAGER, now=LATER)
    assert enter(gazette, other) == ["NoticeRevoked", "NoticeEntered"]


def test_a_notice_is_revoked_once_and_by_law() -> None:
    gazette = a_gazette(NOTICE)

    with pytest.raises(LegalNoticeMissingError):
        gazette.revoke_notice(NOTICE.id, "", by=MANAGER, now=LATER)
    with pytest.raises(CalendarNoticeNotFoundError):
        gazette.revoke_notice(uuid4(), "13/TB", by=MANAGER, now=LATER)
    for _ in range(2):
        gazette.revoke_notice(NOTICE.id, "13/TB", by=MANAGER, now=LATER)
    assert events(gazette) == ["NoticeRevoked"]


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ({}, at(20)),
        ({"scope": "province", "scope_id": "66"}, at(20)),
        ({"scope": "agency", "scope_id": "ubnd_xa"}, at(20)),
        ({"scope": "agency", "scope_id": "ca_xa"}, DUE),
        ({"day": date(2026, 11, 20)}, DUE),  # after the due date
        ({"valid_from": at(18)}, DUE),
        ({"day": date(2026, 11, 21), "kind": "work"}, DUE),
    ],
)
def test_a_day_off_moves_the_date_of_the_offices_it_is_about(
    more: dict[str, Any], due: datetime
) -> None:
    handling = a_case()

    happened = ring(handling, a_gazette(replace(NOTICE, **more)))

    assert handling.case.due_at == handling.case.original_due_at == due
    assert happened[:1] == (["DueDateMoved"] if due != DUE else ["DueSoonReached"])


def test_the_narrower_notice_decides() -> None:
    ours: dict[str, Any] = {"kind": "work", "scope": "agency", "scope_id": "ubnd_xa"}
    gazette = a_gazette(NOTICE, replace(NOTICE, id=uuid4(), **ours))
    handling = a_case()

    ring(handling, gazette)

    assert handling.case.due_at == DUE


def test_what_was_promised_never_becomes_shorter() -> None:
    handling, gazette = a_case(), a_gazette(NOTICE)
    ring(handling, gazette)

    gazette.revoke_notice(NOTICE.id, "13/TB", by=MANAGER, now=LATER)
    ring(handling, gazette)

    assert handling.case.due_at == at(20)


def test_a_notice_that_is_not_yet_in_force_rings_when_it_is() -> None:
    handling = a_case()
    gazette = a_gazette(replace(NOTICE, valid_from=at(18, 7)))
    act = Act(handling.route, LATER, gazette=gazette)
    handling.case.ring(act)

    assert handling.case.next_alarm(act) == at(18, 7)
    handling.case.ring(replace(act, now=at(18, 7)))
    assert handling.case.due_at == at(20)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"legal_basis": " "}, "legal_basis"),
        ({"effect": "forget"}, "effect"),
        ({"until": LATER}, "until"),
        ({"effect": "extend", "unit": "day"}, "value"),
        ({"effect": "extend", "value": 3, "unit": "year"}, "unit"),
        ({"selection": {"units": ["moon"]}}, "selection.units"),
        ({"selection": {"units": "ubnd_xa"}}, "selection.units"),
        ({"selection": {"codes": [7]}}, "selection.codes"),
        ({"selection": {"received_from": "soon"}}, "selection.received_from"),
        ({"selection": {"colour": ["red"]}}, "selection.colour"),
    ],
)
def test_a_decree_says_by_which_law_for_whom_and_how_far(
    wrong: dict[str, Any], field: str
) -> None:
    gazette = a_gazette()

    with pytest.raises(DecreeInvalidError) as refusal:
        gazette.issue_decree(
            replace(DECREE, **wrong), directory=the_directory(), by=MANAGER
        )

    assert [each["field"] for each in refusal.value.details] == [field]
    assert events(gazette) == []


@pytest.mark.parametrize(
    ("selection", "is_selected"),
    [
        ({}, True),
        ({"procedures": ["small"], "units": ["ubnd_xa"]}, True),
        ({"procedures": []}, True),
        ({"procedures": ["other"]}, False),
        ({"units": ["ca_xa"]}, False),
        ({"codes": ["H15.66-261116-0001"]}, True),
        ({"codes": ["H15.66-261116-0002"]}, False),
        ({"received_from": "2026-11-16", "received_until": "2026-11-16"}, True),
        ({"received_from": "2026-11-17"}, False),
        ({"received_until": "2026-11-15"}, False),
    ],
)
def test_a_decree_concerns_the_dossiers_it_selects(
    selection: dict[str, Any], is_selected: bool
) -> None:
    handling = a_case()

    ring(handling, a_gazette(replace(DECREE, selection=selection)))

    assert bool(handling.case.decrees) is is_selected


def test_a_frozen_case_stands_until_the_decree_ends() -> None:
    handling, gazette = a_case(), a_gazette(replace(DECREE, until=at(25)))

    assert ring(handling, gazette, at(18)) == ["DueSoonReached", "DecreeApplied"]
    assert handling.case.holds.keys() == {"decree"}
    assert ring(handling, gazette, at(24)) == []
    assert ring(handling, gazette, at(25))[:2] == ["DecreeEnded", "DueDateMoved"]
    assert handling.case.due_at == handling.case.original_due_at == at(30)


def test_who_ends_the_decree_lets_the_clocks_run() -> None:
    handling, gazette = a_case(), a_gazette(DECREE)
    ring(handling, gazette, at(18))

    gazette.end_decree(DECREE.id, "46/QĐ", by=MANAGER, now=at(20))
    ring(handling, gazette, at(23))

    assert handling.case.holds == {}
    assert handling.case.due_at == at(26)


def test_a_bell_that_comes_after_all_counts_the_freeze_all_the_same() -> None:
    handling, gazette = a_case(), a_gazette(replace(DECREE, until=at(19)))

    happened = ring(handling, gazette, at(20, 9))

    assert "DecreeEnded" in happened
    assert handling.case.due_at == at(25)
    assert "OverdueReached" not in happened


def test_a_decree_gives_more_time_by_law() -> None:
    decree = replace(DECREE, effect="extend", value=2, unit="working_day")
    handling = a_case()

    happened = ring(handling, a_gazette(decree))

    assert happened == ["DueSoonReached", "DecreeApplied", "DueDateMoved"]
    assert handling.case.due_at == handling.case.original_due_at == at(23)


def test_a_decree_prefers_until_it_ends() -> None:
    decree = replace(DECREE, effect="priority", until=at(18))
    handling, gazette = a_case(), a_gazette(decree)

    ring(handling, gazette)
    assert handling.case.preferences == {decree.id}
    ring(handling, gazette, at(18))
    assert handling.case.preferences == set()
    assert handling.case.due_at == DUE


def test_two_freezes_end_with_the_later() -> None:
    other = replace(DECREE, id=uuid4(), until=at(19))
    handling, gazette = a_case(), a_gazette(DECREE, other)
    ring(handling, gazette, at(19))

    assert handling.case.clock_stands
    gazette.end_decree(DECREE.id, "46/QĐ", by=MANAGER, now=at(20))
    ring(handling, gazette, at(20))
    assert not handling.case.clock_stands


def test_who_comes_while_a_decree_is_in_force_falls_under_it() -> None:
    definition = the_usual()
    gazette = a_gazette(replace(DECREE, since=RECEIVED - timedelta(days=3)))
    act = Act(a_route(definition), RECEIVED, gazette=gazette)

    case = Case.open_for(a_dossier_accepted(definition), act=act)

    assert case.holds == {"decree": RECEIVED}


def test_who_comes_after_a_decree_does_not() -> None:
    long_ago = RECEIVED - timedelta(days=9)
    decree = replace(DECREE, since=long_ago, until=RECEIVED)
    handling = a_case()

    ring(handling, a_gazette(decree))

    assert handling.case.decrees == {}


def test_nobodys_silence_counts_while_the_case_is_frozen() -> None:
    timeout = {"value": 2, "unit": "working_day", "effect": "consent"}
    asked = a_step("asked", "review", timeout=timeout, clock="excluded")
    handling = a_case(a_definition(REVIEW, asked))
    handling.finish("review")  # on the 17th: silence would decide on the 19th
    gazette = a_gazette(replace(DECREE, since=at(18), until=at(25)))

    ring(handling, gazette, at(24))
    assert handling.state("asked") == "open"
    ring(handling, gazette, at(25))
    assert handling.state("asked") == "open"
    ring(handling, gazette, at(26))
    assert handling.state("asked") == "done"


@pytest.mark.parametrize(
    ("decree_id", "legal_basis", "refusal"),
    [
        (uuid4(), "46/QĐ", DecreeNotFoundError),
        (DECREE.id, " ", LegalNoticeMissingError),
    ],
)
def test_a_decree_ends_by_law(
    decree_id: UUID, legal_basis: str, refusal: type[Exception]
) -> None:
    gazette = a_gazette(DECREE)

    with pytest.raises(refusal):
        gazette.end_decree(decree_id, legal_basis, by=MANAGER, now=LATER)

    assert events(gazette) == []


def test_a_signed_case_that_waits_for_its_clerk_still_has_a_clock() -> None:
    handling = a_proposed_case()

    happened = ring(handling, a_gazette(NOTICE))

    assert happened[0] == "DueDateMoved"


@pytest.mark.parametrize(
    "said", ["2026-11-25T17:00", "2026-11-25T17:00+07:00", "2026-11-25T10:00Z"]
)
def test_a_moment_without_a_zone_is_meant_in_local_time(said: str) -> None:
    assert TypeAdapter(Moment).validate_python(said) == at(25)
