"""One letter for each officer and working day, at seven, when there is work."""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest

from services.portal.alarms import DigestAlarms
from services.portal.application import PortalApplication
from services.portal.digests import Postman
from services.portal.domain import Account, Contact, subject
from services.portal.errors import AccountDisabledError, EmailInvalidError
from shared.actor import Actor
from shared.clock import LOCAL
from shared.errors import NotAllowedError, Refused
from shared.personal import unseal
from tests.builders import an_officer
from tests.builders.portal import (
    Clock,
    MemoryBus,
    MemoryLine,
    an_account,
    some_accounts,
    some_settings,
)

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=LOCAL)
LAN = an_officer("reviewer", subject="staff:lan")
ADMIN = an_officer("administrator", subject="staff:admin")
CONTACT = Contact("lan@example.vn", "fr")


class Ticks:
    """Rows in memory."""

    def __init__(self) -> None:
        self.rows: set[tuple[date, UUID]] = set()
        self.calendar: list[dict[str, Any]] = []

    def done(self, day: date) -> set[UUID]:
        return {id for on, id in self.rows if on == day}

    def mark(self, day: date, account_id: UUID) -> None:
        self.rows.add((day, account_id))

    def notices(self, now: datetime) -> list[dict[str, Any]]:
        return self.calendar


class Letters:
    """Remembers whom it wrote to."""

    def __init__(self) -> None:
        self.written: list[tuple[str, date]] = []

    def deliver(self, account: Account, day: date) -> None:
        self.written.append((account.username, day))


@pytest.fixture
def accounts() -> PortalApplication:
    accounts = some_accounts()
    accounts.clock = Clock(MONDAY)
    an_account(accounts)
    an_account(accounts, "minh")
    accounts.change_contact("lan", CONTACT, by=LAN)
    return accounts


def rung(
    accounts: PortalApplication, rows: Ticks, at: datetime = MONDAY
) -> list[tuple[str, date]]:
    letters = Letters()
    alarms = DigestAlarms(accounts, rows, letters)
    for id in alarms.due(at, 10):
        alarms.ring(id)
    return letters.written


def test_at_seven_whoever_has_an_address_is_written_to_once(
    accounts: PortalApplication,
) -> None:
    rows = Ticks()

    assert rung(accounts, rows) == [("lan", MONDAY.date())]
    assert rung(accounts, rows) == []


@pytest.mark.parametrize("hour", [0, 6, 11, 23])
def test_at_other_hours_nobody_is(accounts: PortalApplication, hour: int) -> None:
    assert rung(accounts, Ticks(), MONDAY.replace(hour=hour)) == []


def test_days_off_are_days_off(accounts: PortalApplication) -> None:
    off = {"kind": "off", "scope": "national", "scope_id": None, "legal_notice": "x"}
    rows = Ticks()
    rows.calendar = [{"date": MONDAY.date(), **off}]

    assert rung(accounts, rows) == []
    assert rung(accounts, Ticks(), MONDAY.replace(day=22)) == []


def test_who_does_not_want_it_gets_none(accounts: PortalApplication) -> None:
    accounts.change_contact(
        "lan", Contact("lan@example.vn", "vi", wants_digest=False), by=LAN
    )

    assert rung(accounts, Ticks()) == []


def test_an_officer_changes_his_own_address_and_an_administrator_any(
    accounts: PortalApplication,
) -> None:
    accounts.change_contact("minh", CONTACT, by=ADMIN)

    for stranger in (LAN, Actor("citizen:1")):
        with pytest.raises(NotAllowedError):
            accounts.change_contact("minh", Contact(), by=stranger)
    minh = accounts.find_account("minh")
    assert minh
    assert minh.contact == CONTACT


@pytest.mark.parametrize("email", ["lan", "lan@", "lan@nowhere", "a b@c.vn"])
def test_an_address_is_one(accounts: PortalApplication, email: str) -> None:
    with pytest.raises(EmailInvalidError):
        accounts.change_contact("lan", Contact(email), by=LAN)


def test_a_closed_account_is_written_to_no_more(accounts: PortalApplication) -> None:
    accounts.disable_account("lan", by=ADMIN)

    with pytest.raises(AccountDisabledError):
        accounts.change_contact("lan", CONTACT, by=ADMIN)
    assert rung(accounts, Ticks()) == []


def test_an_address_is_never_stored_in_clear(accounts: PortalApplication) -> None:
    stored = accounts.recorder.select_notifications(1, 10)

    assert not any(b"example.vn" in each.state for each in stored)


def posted(accounts: PortalApplication, bus: MemoryBus) -> None:
    account = accounts.find_account("lan")
    assert account
    line = MemoryLine(bus)
    with closing(Postman(some_settings(), accounts.keys, line=line)) as postman:
        postman.deliver(account, MONDAY.date())


def test_what_workflow_counted_is_sent_sealed_and_under_one_key_a_day(
    accounts: PortalApplication,
) -> None:
    work = {"counts": {"mine": 2}, "urgent": []}
    bus = MemoryBus({"workflow.work_of": work})

    posted(accounts, bus)
    posted(accounts, bus)

    first, second = bus.orders
    assert first.method == "notifications.send_digest"
    assert first.key == second.key
    assert first.arguments["language"] == "fr"
    assert first.arguments["work"] == {"day": "2026-11-23", **work}
    told = unseal(first.arguments["recipient"], accounts.keys)
    assert told.subject == subject("lan")
    assert bus.questions[0][1] == {
        "officer": "staff:lan",
        "unit": "ubnd_xa",
        "roles": ["reviewer"],
    }


def test_who_has_nothing_to_do_gets_no_letter(accounts: PortalApplication) -> None:
    bus = MemoryBus({"workflow.work_of": {"counts": {}, "urgent": []}})

    posted(accounts, bus)

    assert bus.orders == []


def test_a_letter_that_was_written_before_is_not_written_again(
    accounts: PortalApplication,
) -> None:
    bus = MemoryBus({"workflow.work_of": {"counts": {"mine": 1}, "urgent": []}})
    bus.answers["notifications.send_digest"] = Refused("key-reused", "Before.")

    posted(accounts, bus)

    assert len(bus.orders) == 1
