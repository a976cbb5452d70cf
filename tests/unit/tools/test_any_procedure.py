"""Any procedure that satisfies the schema and the rules runs end to end, without code.

The demonstration's own people carry it through a whole Guichet in one process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.embedded.rehearsal import RehearsalClock
from services.intake.domain.catalogue import check
from shared import clock
from shared.directory import Directory
from tests.builders.citizenry import a_world
from tests.builders.guichet import Entrance, Guichet
from tests.builders.procedures import procedures
from tools.demo import casework
from tools.demo.journey import Journey
from tools.demo.plans import FINAL_STATUS, Ending, Plan, can_end, fit_for

DIRECTORY = Directory.load()
SLUG = "unseen"
LONG = 60  # times that something becomes due, before nothing more is

some = settings(
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture(autouse=True, scope="module")
def impatience() -> Iterator[None]:
    """Everything happens at once here: who waits, waits in vain."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(casework, "PATIENCE", 1.0)
        patch.setattr(casework, "SOON", 0.1)
        yield


@contextmanager
def rehearsed() -> Iterator[RehearsalClock]:
    """Time of one's own."""
    with TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        found = RehearsalClock(Path(home))
        found.begin()
        patch.setattr(clock, "REHEARSAL", str(found.file))
        yield found


def a_plan(definition: dict[str, Any], data: st.DataObject) -> Plan:
    """One of the endings it can have, on one of its ways in."""
    endings = [each for each in Ending if can_end(definition, each)]
    ending = data.draw(st.sampled_from(endings))
    channel = data.draw(st.sampled_from(definition["channels"]))
    seed = f"{data.draw(st.integers(0, 9999))}"
    return Plan(0, definition["slug"], fit_for(ending, channel), ending, seed)


def travelled(definition: dict[str, Any], plan: Plan) -> tuple[Journey, Entrance]:
    world, entrance = a_world([definition], DIRECTORY)
    journey = Journey(world, plan)
    asyncio.run(journey.travel())
    return journey, entrance


@settings(some, max_examples=40)
@given(definition=procedures())
def test_whatever_follows_the_rules_is_published(definition: dict[str, Any]) -> None:
    assert check([(f"{SLUG}.json", definition)], DIRECTORY) == []


@settings(some, max_examples=40)
@given(definition=procedures(), data=st.data())
def test_any_procedure_ends_as_planned(
    definition: dict[str, Any], data: st.DataObject
) -> None:
    plan = a_plan(definition, data)

    journey, entrance = travelled(definition, plan)

    status = entrance.guichet.status(UUID(journey.filing.id))
    assert status == FINAL_STATUS[plan.ending]
    assert entrance.bus.failures == []


class Slow(Journey):
    """Nobody acts before whatever was due has come and gone."""

    guichet: Guichet
    rehearsal: RehearsalClock

    async def _decide(self) -> None:
        await self.filing.accept()
        self.let_time_pass()
        while await self.casework.work_once():
            self.let_time_pass()

    def let_time_pass(self) -> None:
        for _ in range(LONG):
            if (moment := self.guichet.ring(UUID(self.filing.id))) is None:
                return
            self.rehearsal.advance_to(moment)
        raise AssertionError("something is due again and again")


@settings(some, max_examples=25)
@given(definition=procedures(), data=st.data())
def test_silence_at_every_step_keeps_nothing_from_ending(
    definition: dict[str, Any], data: st.DataObject
) -> None:
    channel = data.draw(st.sampled_from(definition["channels"]))
    world, entrance = a_world([definition], DIRECTORY)
    journey = Slow(world, Plan(0, SLUG, channel, Ending.GRANTED, "slow"))
    with rehearsed() as journey.rehearsal:
        journey.guichet = entrance.guichet

        asyncio.run(journey.travel())

    assert entrance.guichet.status(UUID(journey.filing.id)) == 10
    assert entrance.bus.failures == []
