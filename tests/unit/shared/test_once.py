"""A command is acted on once, whatever happens around it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError

from shared import commands
from shared.commands import Command, KeyMissingError
from shared.errors import NotAllowedError, StaleVersionError
from shared.eventsourcing import ATTEMPTS
from tests.unit.shared.things import some_things


def failing(times: int, error: Exception) -> tuple[Callable[[], int], list[int]]:
    """An act that fails so often, and how often it was tried."""
    tries: list[int] = []

    def act() -> int:
        tries.append(len(tries))
        if len(tries) <= times:
            raise error
        return 42

    return act, tries


@pytest.fixture(autouse=True)
def ordered() -> None:
    commands.bind(Command(uuid4(), b"what"))


def test_who_meets_another_save_looks_again() -> None:
    act, tries = failing(ATTEMPTS - 1, IntegrityError())

    assert some_things().once(act) == 42

    assert len(tries) == ATTEMPTS


def test_nobody_tries_for_ever() -> None:
    act, tries = failing(ATTEMPTS, IntegrityError())

    with pytest.raises(IntegrityError):
        some_things().once(act)

    assert len(tries) == ATTEMPTS


def test_a_refusal_is_not_tried_again() -> None:
    act, tries = failing(1, NotAllowedError())

    with pytest.raises(NotAllowedError):
        some_things().once(act)

    assert len(tries) == 1


def test_who_said_which_version_they_saw_is_held_to_it_at_every_try() -> None:
    commands.bind(None)
    things = some_things("a")
    commands.bind(Command(uuid4(), b"what"))
    commands.bind_version(7)

    def act() -> int:
        commands.require_version(things.recorder.max_notification_id() or 0)
        return 42

    with pytest.raises(StaleVersionError):
        things.once(act)


def test_a_command_without_key_is_refused() -> None:
    commands.bind(None)

    with pytest.raises(KeyMissingError):
        some_things().once(lambda: 42)
