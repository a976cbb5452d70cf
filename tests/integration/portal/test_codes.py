"""Codes as the database keeps them: limited, counted, and good once."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.portal.code_store import GUESSES, LIVES, Asked, PostgresCodes
from services.portal.errors import TooManyCodesError
from services.portal.pools import Pool
from tests.builders.portal import Clock
from tests.integration.portal.conftest import Ask

Store = PostgresCodes


def asked(addressee: str, browser: str = "") -> Asked:
    mark = (browser or uuid4().hex).encode()
    return Asked(uuid4(), addressee.encode(), mark, b"digest", b"sealed", "citizen:1")


def a_store(pool: Pool, clock: Clock, a_minute: int = 1000) -> Store:
    return PostgresCodes(pool, clock, a_minute=a_minute)


async def refused(attempt: Coroutine[Any, Any, None]) -> bool:
    try:
        await attempt
    except TooManyCodesError:
        return True
    return False


def test_a_phone_gets_a_few_codes_an_hour(ask: Ask) -> None:
    async def story(pool: Pool) -> list[bool]:
        clock, phone = Clock(), uuid4().hex
        store, answers = a_store(pool, clock), []
        for _ in range(7):
            answers.append(await refused(store.keep(asked(phone))))
            clock.pass_by(timedelta(seconds=30))
        clock.pass_by(timedelta(hours=1))
        return [*answers, await refused(store.keep(asked(phone)))]

    assert ask(story) == [False] * 5 + [True] * 2 + [False]


def test_two_taps_send_one_code(ask: Ask) -> None:
    async def story(pool: Pool) -> list[bool]:
        store, phone = a_store(pool, Clock()), uuid4().hex
        taps = [refused(store.keep(asked(phone))) for _ in range(4)]
        return sorted(await asyncio.gather(*taps))

    assert ask(story) == [False, True, True, True]


def test_a_browser_that_asks_for_many_phones_is_stopped(ask: Ask) -> None:
    async def story(pool: Pool) -> int:
        store, browser = a_store(pool, Clock()), uuid4().hex
        tries = [
            await refused(store.keep(asked(uuid4().hex, browser))) for _ in "x" * 14
        ]
        return tries.count(False)

    assert ask(story) == 10


def test_all_together_get_no_more_than_was_set(ask: Ask) -> None:
    async def story(pool: Pool) -> bool:
        clock = Clock()
        clock.pass_by(timedelta(days=400))  # nobody else's codes are of this minute
        store = a_store(pool, clock, a_minute=3)
        for _ in range(3):
            await store.keep(asked(uuid4().hex))
        return await refused(store.keep(asked(uuid4().hex)))

    assert ask(story)


def test_a_code_is_spent_once_however_many_come_at_once(ask: Ask) -> None:
    async def story(pool: Pool) -> int:
        store, code = a_store(pool, Clock()), asked(uuid4().hex)
        await store.keep(code)
        spent = await asyncio.gather(*(store.spend(code.id) for _ in range(5)))
        return spent.count(True)

    assert ask(story) == 1


@pytest.mark.parametrize("guesses", [GUESSES - 1, GUESSES])
def test_guesses_are_counted_also_side_by_side(ask: Ask, guesses: int) -> None:
    async def story(pool: Pool) -> bool:
        store, code = a_store(pool, Clock()), asked(uuid4().hex)
        await store.keep(code)
        await asyncio.gather(*(store.guess(code.id) for _ in range(guesses)))
        return await store.guess(code.id) is not None

    assert ask(story) == (guesses < GUESSES)


def test_a_code_ends_with_its_time(ask: Ask) -> None:
    async def story(pool: Pool) -> bool:
        clock = Clock()
        store, code = a_store(pool, clock), asked(uuid4().hex)
        await store.keep(code)
        clock.pass_by(LIVES)
        return await store.guess(code.id) is None

    assert ask(story)
