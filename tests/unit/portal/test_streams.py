"""Open pages are told that their dossier changed: soon, once, and nothing about it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from starlette.types import Message

from services.portal.streams import events
from services.portal.streams.hub import ROUNDS, Hub, Viewer

MINE, OTHER = UUID(int=1), UUID(int=2)

Told = list[bytes]


class Reader:
    """The other end of a stream; it can stop reading for a while."""

    def __init__(self) -> None:
        self.told: Told = []
        self.is_over = False
        self._reads = asyncio.Event()
        self._reads.set()

    def stop_reading(self) -> None:
        self._reads.clear()

    def read_on(self) -> None:
        self._reads.set()

    async def send(self, message: Message) -> None:
        assert not self.is_over
        await self._reads.wait()
        self.told.append(message["body"])
        self.is_over = not message["more_body"]


class Time:
    """Seconds that pass when somebody waits for them; the last wait never ends."""

    def __init__(self, seconds: int) -> None:
        self.now = 0.0
        self._left = seconds

    def __call__(self) -> float:
        return self.now

    async def pause(self, seconds: float) -> None:
        if not self._left:
            raise asyncio.CancelledError
        self._left -= 1
        self.now += seconds
        await settled()


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def a_hub(limit: int = 10, time: Time | None = None) -> Hub:
    return Hub(limit, time or Time(0))


def watching(hub: Hub, reader: Reader, seen: int = 1) -> Viewer:
    return hub.join(MINE, 1, reader.send, seen=seen)


def inside(story: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    """A story in an event loop of its own."""

    def told() -> None:
        async def run() -> None:
            await story()

        asyncio.run(run())

    told.__name__, told.__doc__ = story.__name__, story.__doc__
    return told


@inside
async def test_who_watches_a_dossier_is_told_of_its_change_and_nobody_else() -> None:
    hub, mine, other = a_hub(), Reader(), Reader()
    watching(hub, mine)
    hub.join(OTHER, 1, other.send, seen=1)

    hub.tell(MINE, 2)
    await settled()

    assert mine.told == [events.changed(2)]
    assert other.told == []


@inside
async def test_the_same_revision_is_told_once() -> None:
    hub, reader = a_hub(), Reader()
    watching(hub, reader)

    for _ in range(3):
        hub.tell(MINE, 2)
        await settled()

    assert reader.told == [events.changed(2)]


@inside
async def test_a_slow_reader_gets_the_newest_and_holds_up_nobody() -> None:
    hub, slow, quick = a_hub(), Reader(), Reader()
    watching(hub, slow)
    watching(hub, quick)
    slow.stop_reading()

    for revision in range(2, 100):
        hub.tell(MINE, revision)
        await settled()
    slow.read_on()
    await settled()

    assert slow.told == [events.changed(2), events.changed(99)]
    assert len(quick.told) == 98


@inside
async def test_who_missed_a_change_is_told_when_they_come_back() -> None:
    hub, reader = a_hub(), Reader()

    hub.join(MINE, 5, reader.send, seen=3)
    await settled()

    assert reader.told == [events.changed(5)]


@inside
async def test_what_is_told_while_a_stream_opens_is_not_missed() -> None:
    hub, reader = a_hub(), Reader()

    hub.tell(MINE, 6)
    hub.join(MINE, 5, reader.send, seen=5)
    await settled()

    assert reader.told == [events.changed(6)]


@inside
async def test_who_left_is_told_nothing_and_makes_room() -> None:
    hub, reader = a_hub(limit=1), Reader()
    viewer = watching(hub, reader)
    was_full = not hub.has_room

    hub.leave(viewer)
    hub.tell(MINE, 2)
    await settled()

    assert was_full
    assert hub.has_room
    assert reader.told == []
    assert hub.dossiers() == []


@inside
async def test_every_stream_is_kept_alive_once_in_each_round() -> None:
    time, readers = Time(ROUNDS), [Reader() for _ in range(50)]
    hub = a_hub(limit=50, time=time)
    for reader in readers:
        watching(hub, reader)

    with pytest.raises(asyncio.CancelledError):
        await hub.keep_alive(time.pause)
    await settled()

    assert all(reader.told == [events.KEEP_ALIVE] for reader in readers)


@inside
async def test_a_stream_ends_after_ten_minutes_at_most() -> None:
    time, reader = Time(int(events.LONGEST) + ROUNDS), Reader()
    hub = a_hub(time=time)
    watching(hub, reader)

    with pytest.raises(asyncio.CancelledError):
        await hub.keep_alive(time.pause)

    assert reader.is_over
    assert reader.told[-1].startswith(b"retry: ")


@inside
async def test_at_the_end_everybody_is_asked_to_come_again_later() -> None:
    hub, readers = a_hub(limit=2000), [Reader() for _ in range(1200)]
    for reader in readers:
        watching(hub, reader)

    await hub.close()
    await settled()

    assert all(reader.is_over for reader in readers)
    assert len({reader.told[0] for reader in readers}) > 100
    assert not hub.has_room


@inside
async def test_after_its_last_word_a_stream_is_sent_nothing_more() -> None:
    hub, reader = a_hub(), Reader()
    viewer = watching(hub, reader)
    viewer.end()
    await settled()

    hub.tell(MINE, 2)
    viewer.keep_alive()
    await settled()

    assert len(reader.told) == 1


def test_nothing_but_a_number_goes_over_a_stream() -> None:
    said: dict[str, Any] = {"opened": events.opened(7), "changed": events.changed(7)}

    assert said["changed"] == b"id: 7\nevent: changed\ndata: 7\n\n"
    assert said["opened"].partition(b"\n")[2] == b"id: 7\nevent: listening\ndata: 7\n\n"
