from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest

from services.portal.application import PortalApplication
from services.portal.errors import AccountTakenError
from services.portal.pools import Pool
from services.portal.sessions import (
    IDLE,
    LONGEST,
    STEPPED_UP_FOR,
    Box,
    Session,
    Sessions,
)
from shared import commands
from shared.actor import SYSTEM, Actor
from shared.commands import Command, KeyReusedError
from tests.builders.portal import Clock, an_account
from tests.integration.portal.conftest import Ask

OFFICER = Actor(
    "staff:lan", "ubnd_xa", ("reviewer",), kind="staff", level=2, name="Lê Thị Lan"
)
KEY = bytes(32)


def whether(session: Session | None) -> bool:
    return session is not None


def test_a_token_opens_its_session_and_is_not_stored(ask: Ask) -> None:
    claims = {"name": "Nguyễn Thị Mai", "personal_id": "001190012345"}

    async def story(pool: Pool) -> Any:
        sessions = Sessions(pool, Box(KEY), Clock())
        token, begun = await sessions.begin(OFFICER, claims)
        found = await sessions.find(token)
        async with pool.connection() as connection:
            rows = await connection.execute("SELECT * FROM portal_sessions")
            stored = str(await rows.fetchall())
        return token, begun, found, stored

    token, begun, found, stored = ask(story)
    assert found == begun
    assert found.claims == claims
    for secret in (token, "001190012345", "Lê Thị Lan", "Nguyễn"):
        assert secret not in stored


def test_a_session_ends_when_nobody_uses_it_and_at_the_end_of_the_day(
    ask: Ask,
) -> None:
    async def story(pool: Pool) -> Any:
        clock = Clock()
        sessions = Sessions(pool, Box(KEY), clock)
        token, _ = await sessions.begin(OFFICER)
        used = []
        for _ in range(int(LONGEST / IDLE * 2)):
            clock.pass_by(IDLE / 2 - timedelta(seconds=1))
            used.append(whether(await sessions.find(token)))
        clock.pass_by(timedelta(minutes=5))
        at_the_end = whether(await sessions.find(token))
        token, _ = await sessions.begin(OFFICER)
        clock.pass_by(IDLE + timedelta(seconds=1))
        return used, at_the_end, whether(await sessions.find(token))

    used, at_the_end, idle = ask(story)
    assert all(used)
    assert not at_the_end
    assert not idle


def test_out_means_out_everywhere(ask: Ask) -> None:
    async def story(pool: Pool) -> Any:
        sessions = Sessions(pool, Box(KEY), Clock())
        tokens = [(await sessions.begin(OFFICER))[0] for _ in range(2)]
        other, _ = await sessions.begin(Actor("citizen:1"))
        await sessions.end_all(OFFICER.subject)
        return [whether(await sessions.find(each)) for each in (*tokens, other)]

    assert ask(story) == [False, False, True]


def test_a_session_sealed_under_a_lost_key_opens_nothing(ask: Ask) -> None:
    async def story(pool: Pool) -> Any:
        token, _ = await Sessions(pool, Box(KEY), Clock()).begin(OFFICER)
        return await Sessions(pool, Box(b"1" * 32), Clock()).find(token)

    assert ask(story) is None


def test_an_account_ordered_twice_is_opened_once(accounts: PortalApplication) -> None:
    name = f"officer-{uuid4().hex[:8]}"
    command = Command(uuid4(), sha256(b"open").digest())

    def ordered(command: Command) -> int:
        commands.bind(command)
        try:
            return accounts.once(lambda: position_of_an_account(accounts, name))
        finally:
            commands.bind(None)

    assert ordered(command) == ordered(command)
    with pytest.raises(AccountTakenError):
        ordered(Command(uuid4(), command.digest))
    with pytest.raises(KeyReusedError):
        ordered(Command(command.key, sha256(b"something else").digest()))
    assert [each.username for each in accounts.accounts(by=SYSTEM)].count(name) == 1


def position_of_an_account(accounts: PortalApplication, name: str) -> int:
    an_account(accounts, name)
    return accounts.recorder.max_notification_id() or 0


def test_who_proved_it_again_is_believed_more_for_five_minutes(ask: Ask) -> None:
    async def story(pool: Pool) -> list[int]:
        clock = Clock()
        sessions, levels = Sessions(pool, Box(KEY), clock), []
        token, begun = await sessions.begin(OFFICER)
        await sessions.step_up(begun)
        for _ in range(2):
            found = await sessions.find(token)
            levels.append(found.actor.level if found else 0)
            clock.pass_by(STEPPED_UP_FOR)
        return levels

    assert ask(story) == [3, 2]


def test_a_business_stays_with_its_representatives_session(ask: Ask) -> None:
    person = Actor("citizen:1", level=2, on_behalf_of="citizen:2", business="citizen:2")

    async def story(pool: Pool) -> Session | None:
        sessions = Sessions(pool, Box(KEY), Clock())
        token, _ = await sessions.begin(person, provider="vneid", id_token="t.o.k")
        return await sessions.find(token)

    found = ask(story)
    assert found.actor == person
    assert (found.provider, found.id_token) == ("vneid", "t.o.k")
